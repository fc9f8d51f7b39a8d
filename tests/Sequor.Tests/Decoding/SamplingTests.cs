using Sequor.Decoding;

namespace Sequor.Tests.Decoding;

/// <summary>Draws follow the distribution that temperature and cut-offs leave, and depend on their key alone.</summary>
public sealed class SamplingTests
{
    private const int Draws = 4000;

    // Begin and end, then four pieces.
    private static readonly double[] _probabilities = [0, 0.05, 0.5, 0.25, 0.15, 0.05];

    [Fact]
    public void Ancestral_sampling_follows_the_model() => Near(_probabilities, Shares(new SamplingSearchOptions()));

    [Fact]
    public void Temperature_sharpens_and_flattens()
    {
        Near(Powered(2), Shares(new SamplingSearchOptions { Temperature = 0.5f }));
        Near(Powered(0.5), Shares(new SamplingSearchOptions { Temperature = 2 }));
    }

    [Fact]
    public void Top_k_draws_from_the_k_best_in_their_proportions() =>
        Near([0, 0, 0.5 / 0.75, 0.25 / 0.75, 0, 0], Shares(new SamplingSearchOptions { TopK = 2 }));

    [Theory]
    [InlineData(0.4f, 1)]
    [InlineData(0.6f, 2)]
    [InlineData(0.76f, 3)]
    [InlineData(1f, 5)]
    public void Top_p_draws_from_the_fewest_best_that_reach_p(float p, int pieces) =>
        Assert.Equal(pieces, Shares(new SamplingSearchOptions { TopP = p }).Count(share => share > 0));

    [Fact]
    public void Min_p_draws_pieces_of_a_share_of_the_best_ones_probability() =>
        Near([0, 0, 0.5 / 0.9, 0.25 / 0.9, 0.15 / 0.9, 0], Shares(new SamplingSearchOptions { MinP = 0.29f }));

    [Fact]
    public void Epsilon_draws_pieces_of_its_probability_or_more() =>
        Near([0, 0, 0.5 / 0.75, 0.25 / 0.75, 0, 0], Shares(new SamplingSearchOptions { Epsilon = 0.2f }));

    // The entropy is 1.28; the surprises are 0.69 (piece 2), 1.39 (3), 1.90 (4) and 3.00.
    [Fact]
    public void Typical_sampling_draws_the_pieces_whose_surprise_is_nearest_to_the_expected_one()
    {
        Near([0, 0, 0, 1, 0, 0], Shares(new SamplingSearchOptions { TypicalP = 0.2f }));
        Near([0, 0, 0.5 / 0.75, 0.25 / 0.75, 0, 0], Shares(new SamplingSearchOptions { TypicalP = 0.6f }));
    }

    [Fact]
    public void A_cut_works_on_what_the_one_before_has_left() =>
        Near([0, 0, 1, 0, 0, 0], Shares(new SamplingSearchOptions { TopK = 2, Epsilon = 0.6f }));

    [Fact]
    public void Of_equal_pieces_top_k_keeps_those_with_lower_ids()
    {
        double[] shares = Shares(new SamplingSearchOptions { TopK = 2 }, [0, 0.25, 0.25, 0.25, 0.25, 0]);
        Near([0, 0.5, 0.5, 0, 0, 0], shares);
    }

    [Fact]
    public void A_draw_is_keyed_by_seed_sentence_sample_and_step()
    {
        int[] Draw(int samples, ulong seed, long number) =>
            Drawn(new SamplingSearchOptions { NBest = samples, Seed = seed }, number, [0, 0, 0.25, 0.25, 0.25, 0.25]);
        int[] first = Draw(50, 3, 8);
        Assert.Equal(first, Draw(50, 3, 8));
        Assert.Equal(first[..20], Draw(20, 3, 8));
        Assert.NotEqual(first, Draw(50, 4, 8));
        Assert.NotEqual(first, Draw(50, 3, 9));
        Assert.True(first.Distinct().Count() > 1);
    }

    [Fact]
    public void Scores_are_the_models_own_log_probabilities_whatever_the_temperature()
    {
        var model = new ScriptedModel(6, (_, written) => ScriptedModel.Logits(written.Length == 1 ? _probabilities : [0, 1, 0, 0, 0, 0]));
        foreach (Hypothesis one in TinyModels.Search(model, new SamplingSearchOptions { NBest = 20, Temperature = 3 }, [[2, 1]])[0])
        {
            int id = one.Ids.Length == 0 ? TinyModels.End : one.Ids[0];
            Assert.Equal(Math.Log(_probabilities[id]), one.TokenLogProbabilities[0], 5);
        }
    }

    private static double[] Powered(double exponent)
    {
        double[] powers = [.. _probabilities.Select(p => p == 0 ? 0 : Math.Pow(p, exponent))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    /// <summary>How often each piece is drawn first.</summary>
    private static double[] Shares(SamplingSearchOptions options, double[]? probabilities = null)
    {
        int[] drawn = Drawn(options with { NBest = Draws }, 0, probabilities);
        return [.. Enumerable.Range(0, 6).Select(id => drawn.Count(one => one == id) / (double)Draws)];
    }

    /// <summary>The first pieces of all samples in their order, those that ended at once behind the others.</summary>
    private static int[] Drawn(SamplingSearchOptions options, long number, double[]? probabilities = null)
    {
        var drawn = new List<int>();
        var model = new ScriptedModel(6, (_, written) =>
        {
            if (written.Length == 2)
            {
                drawn.Add(written[1]);
            }

            return ScriptedModel.Logits(written.Length == 1 ? probabilities ?? _probabilities : [0, 1, 0, 0, 0, 0]);
        });
        int ended = TinyModels.Search(model, options, [[2, 1]], [number])[0].Count(one => one.Ids.Length == 0);
        return [.. drawn, .. Enumerable.Repeat(TinyModels.End, ended)];
    }

    // Five standard deviations of a share of 4,000 draws are 0.04 at most.
    private static void Near(double[] expected, double[] actual)
    {
        for (int id = 0; id < expected.Length; id++)
        {
            Assert.InRange(actual[id], expected[id] - 0.04, expected[id] + 0.04);
            Assert.Equal(expected[id] == 0, actual[id] == 0);
        }
    }
}
