using Sequor.Decoding;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding;

/// <summary>What outputs know of their source: alignments, and the penalty for what was not looked at.</summary>
public sealed class AttentionTests
{
    [Fact]
    public void A_piece_is_aligned_with_what_it_looked_at_most_of_equals_the_first_and_never_with_the_end_sign()
    {
        var hypothesis = new Hypothesis(
            [7, 8, 9], 0, 0, [], StopReason.EndOfSentence,
            [[0.1f, 0.7f, 0.1f, 0.1f], [0.2f, 0.1f, 0.1f, 0.6f], [0.1f, 0.4f, 0.4f, 0.1f]]);
        Assert.Equal([1, 0, 1], Alignment.Hard(hypothesis));
        Assert.Equal("1-0 0-1 1-2", Alignment.Pharaoh(hypothesis));
    }

    [Fact]
    public void Recorded_attention_has_a_row_for_each_piece_over_its_own_source_and_sums_to_one()
    {
        using TransformerModel model = TinyModels.Make(30, 3);
        int[][] sources = TinyModels.Sentences(5, 30, 9, 2);
        foreach (SearchOptions options in (SearchOptions[])[
            new GreedySearchOptions { RecordAttention = true },
            new BeamSearchOptions { BeamSize = 3, RecordAttention = true },
            new SamplingSearchOptions { RecordAttention = true }])
        {
            var found = TinyModels.Search(model, options, sources);
            for (int i = 0; i < sources.Length; i++)
            {
                Hypothesis one = found[i][0];
                Assert.Equal(one.Ids.Length, one.Attention.Count);
                Assert.All(one.Attention, row => Assert.Equal(sources[i].Length, row.Length));
                Assert.All(one.Attention, row => Assert.Equal(1, row.Sum(), 1e-5));
            }
        }
    }

    [Fact]
    public void Nothing_is_recorded_unasked()
    {
        using TransformerModel model = TinyModels.Make(30, 3);
        Assert.Empty(TinyModels.Search(model, new GreedySearchOptions(), [[4, 5, 1]])[0][0].Attention);
    }

    [Fact]
    public void The_coverage_penalty_is_equation_14_of_Wu_et_al()
    {
        // Two outputs of two pieces: 2 2 (0.6) always looks at the first source piece, 3 3 (0.4) at one after the other.
        var model = new ScriptedModel(
            4,
            (_, written) => written.Length == 1 ? ScriptedModel.Logits(0, 0, 0.6, 0.4)
                : written.Length == 3 ? ScriptedModel.Logits(0, 1, 0, 0)
                : written[^1] == 2 ? ScriptedModel.Logits(0, 0, 1, 0) : ScriptedModel.Logits(0, 0, 0, 1),
            (_, written) => written.Length == 3 ? [0.25f, 0.25f, 0.5f] : written[1..] is [3] ? [0, 1, 0] : [1, 0, 0]);
        var options = new BeamSearchOptions { BeamSize = 2, NBest = 2, Normalization = LengthNormalization.None };

        Assert.Equal([2, 2], TinyModels.Search(model, options, [[2, 2, 1]])[0][0].Ids);

        IReadOnlyList<Hypothesis> covered = TinyModels.Search(model, options with { CoveragePenalty = 0.5f }, [[2, 2, 1]])[0];
        Assert.Equal([3, 3], covered[0].Ids);

        // 3 3 gives the source pieces 1 + 0.25, 1 + 0.25 and 0.5: only the last falls short of 1. 2 2 gives them 2.25, 0.25 and 0.5.
        Assert.Equal(Math.Log(0.4) + (0.5 * Math.Log(0.5)), covered[0].Score, 5);
        Assert.Equal(Math.Log(0.6) + (0.5 * (Math.Log(0.25) + Math.Log(0.5))), covered[1].Score, 5);
        Assert.Equal(Math.Log(0.4), covered[0].LogProbability, 5);
    }

    [Fact]
    public void A_model_without_attention_is_searched_as_if_nothing_had_been_asked_of_it()
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 0.6, 0.4, 0));
        var options = new BeamSearchOptions { BeamSize = 2, RecordAttention = true, CoveragePenalty = 1, Normalization = LengthNormalization.None };
        Hypothesis one = TinyModels.Search(model, options, [[2, 1]])[0][0];
        Assert.Empty(one.Attention);
        Assert.Equal(Math.Log(0.6), one.Score, 5);
    }
}
