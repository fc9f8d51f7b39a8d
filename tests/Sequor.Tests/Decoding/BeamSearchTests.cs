using Sequor.Decoding;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding;

/// <summary>Beam search against looking at every output there is.</summary>
public sealed class BeamSearchTests
{
    private const int Vocabulary = 5;
    private const int Longest = 5;

    public static TheoryData<LengthNormalization, float, ulong> Normalizations => new()
    {
        { LengthNormalization.None, 1, 1 },
        { LengthNormalization.Power, 1, 2 },
        { LengthNormalization.Power, 0.4f, 3 },
        { LengthNormalization.Gnmt, 0.6f, 4 },
        { LengthNormalization.Gnmt, 1.5f, 5 },
    };

    [Theory, MemberData(nameof(Normalizations))]
    public void An_unbounded_beam_ranks_all_outputs_as_trying_each_of_them_does(LengthNormalization normalization, float penalty, ulong seed)
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, seed);
        int[] source = [3, 2, 4, 4, TinyModels.End];
        List<Hypothesis> expected = [.. Exhaustive(model, source, normalization, penalty).OrderByDescending(one => one.Score)];
        Assert.Equal(1 + 3 + 9 + 27 + 81 + 243, expected.Count);

        IReadOnlyList<Hypothesis> found = TinyModels.Search(
            model,
            new BeamSearchOptions
            {
                BeamSize = 1000,
                NBest = 364,
                Normalization = normalization,
                LengthPenalty = penalty,
                Length = new LengthLimits { Maximum = Longest },
            },
            [source])[0];

        Assert.Equal(expected.Count, found.Count);
        Assert.Equal(expected[0].Ids, found[0].Ids);
        Assert.Equal(expected.Select(one => one.Score), found.Select(one => one.Score));
        Assert.Equal(
            expected.Select(one => string.Join(' ', one.Ids) + one.StoppedBy).Order(),
            found.Select(one => string.Join(' ', one.Ids) + one.StoppedBy).Order());
    }

    [Fact]
    public void Beam_of_one_is_greedy_search()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using TransformerModel model = TinyModels.Make(20, seed);
            int[][] sources = TinyModels.Sentences(6, 20, 9, seed);
            var beam = TinyModels.Search(model, new BeamSearchOptions { BeamSize = 1 }, sources);
            var greedy = TinyModels.Search(model, new GreedySearchOptions(), sources);
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.Equal(greedy[i][0].Ids, beam[i][0].Ids);
                Assert.Equal(greedy[i][0].LogProbability, beam[i][0].LogProbability);
                Assert.Equal(greedy[i][0].StoppedBy, beam[i][0].StoppedBy);
            }
        }
    }

    [Fact]
    public void A_wider_beam_leaves_the_greedy_path_where_the_second_choice_turns_out_better()
    {
        // 2 looks better at first (0.6), but what follows it is unsure; behind 3 (0.4) comes the end for certain.
        var model = new ScriptedModel(5, (_, written) => written switch
        {
            [0] => ScriptedModel.Logits(0, 0, 0.6, 0.4, 0),
            [0, 3] => ScriptedModel.Logits(0, 1, 0, 0, 0),
            [0, 2] => ScriptedModel.Logits(0, 0.25, 0.25, 0.25, 0.25),
            _ => ScriptedModel.Logits(0, 1, 0, 0, 0),
        });
        var options = new BeamSearchOptions { BeamSize = 1, Normalization = LengthNormalization.None };

        Assert.Equal([2], TinyModels.Search(model, options, [[2, 1]])[0][0].Ids);
        IReadOnlyList<Hypothesis> both = TinyModels.Search(model, options with { BeamSize = 2, NBest = 2 }, [[2, 1]])[0];
        Assert.Equal([3], both[0].Ids);
        Assert.Equal(Math.Log(0.4), both[0].Score, 6);
        Assert.Equal([2], both[1].Ids);
        Assert.Equal(Math.Log(0.6 * 0.25), both[1].Score, 6);
    }

    [Fact]
    public void An_end_sign_counts_only_among_the_best_of_the_beam()
    {
        // In the second step "2 end" (0.45) is first, "3 2" (0.3) second and "3 end" (0.2) third: outside a beam of 2 it is passed over.
        var model = new ScriptedModel(4, (_, written) => written switch
        {
            [0] => ScriptedModel.Logits(0, 0, 0.5, 0.5),
            [0, 2] => ScriptedModel.Logits(0, 0.9, 0.05, 0.05),
            [0, 3] => ScriptedModel.Logits(0, 0.4, 0.6, 0),
            _ => ScriptedModel.Logits(0, 1, 0, 0),
        });
        var options = new BeamSearchOptions { BeamSize = 2, NBest = 2, Normalization = LengthNormalization.None };
        IReadOnlyList<Hypothesis> found = TinyModels.Search(model, options, [[2, 1]])[0];

        Assert.Equal([2], found[0].Ids);
        Assert.Equal([3, 2], found[1].Ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Scores_are_those_of_forced_decoding_in_bits(int beamSize)
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            using TransformerModel model = TinyModels.Make(31, seed, width: 24, inner: 40);
            int[][] sources = TinyModels.Sentences(5, 31, 12, seed);
            var found = TinyModels.Search(model, new BeamSearchOptions { BeamSize = beamSize, NBest = beamSize }, sources);
            for (int i = 0; i < sources.Length; i++)
            {
                IReadOnlyList<float[]> forced = TinyModels.Force(model, sources[i], [.. found[i].Select(one => one.Ids)]);
                for (int n = 0; n < found[i].Count; n++)
                {
                    Hypothesis one = found[i][n];
                    int written = one.StoppedBy == StopReason.EndOfSentence ? one.Ids.Length + 1 : one.Ids.Length;
                    Assert.Equal(written, one.TokenLogProbabilities.Length);
                    Assert.Equal(TinyModels.Bits(forced[n].Take(written)), TinyModels.Bits(one.TokenLogProbabilities));
                    Assert.Equal(one.TokenLogProbabilities.Sum(value => (double)value), one.LogProbability);
                    Assert.Equal(one.LogProbability / written, one.Score);
                }
            }
        }
    }

    private static List<Hypothesis> Exhaustive(TransformerModel model, int[] source, LengthNormalization normalization, float penalty)
    {
        var options = new BeamSearchOptions { Normalization = normalization, LengthPenalty = penalty };
        List<int[]> outputs = [[]];
        for (int first = 0; outputs[first].Length < Longest; first++)
        {
            int[] beginning = outputs[first];
            outputs.AddRange(Enumerable.Range(2, Vocabulary - 2).Select(id => (int[])[.. beginning, id]));
        }

        IReadOnlyList<float[]> forced = TinyModels.Force(model, source, outputs);
        return [.. outputs.Select((output, i) =>
        {
            bool isCut = output.Length == Longest;
            float[] tokens = isCut ? forced[i][..Longest] : forced[i];
            double total = tokens.Sum(value => (double)value);
            double length = tokens.Length;
            double score = normalization switch
            {
                LengthNormalization.Power => total / Math.Pow(length, options.LengthPenalty),
                LengthNormalization.Gnmt => total / Math.Pow((5 + length) / 6, options.LengthPenalty),
                _ => total,
            };
            return new Hypothesis(output, score, total, tokens, isCut ? StopReason.MaximumLength : StopReason.EndOfSentence, []);
        })];
    }
}
