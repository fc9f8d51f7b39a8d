using Sequor.Decoding;
using Sequor.Models.Recurrent;
using Sequor.Tensors;
using Sequor.Tests.Decoding;

namespace Sequor.Tests.Models.Recurrent;

/// <summary>Everything that decodes a Transformer decodes recurrent models, with the same promises.</summary>
[Collection(nameof(ThreadCounts))]
public sealed class RecurrentDecodingTests
{
    private const int Vocabulary = 61;

    public static TheoryData<string> Variants => [.. RecurrentVariants.All.Keys];

    [Theory, MemberData(nameof(Variants))]
    public void Scores_of_the_n_best_are_those_of_forced_decoding_in_bits(string variant)
    {
        using RecurrentModel model = Opinionated(variant);
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 9, 3);
        var options = new BeamSearchOptions { BeamSize = 4, NBest = 4, Length = new LengthLimits { MaximumRatio = 1.5, MaximumExtra = 3 } };
        IReadOnlyList<IReadOnlyList<Hypothesis>> found = TinyModels.Search(model, options, sources);
        for (int i = 0; i < sources.Length; i++)
        {
            IReadOnlyList<float[]> forced = TinyModels.Force(model, sources[i], [.. found[i].Select(one => one.Ids)]);
            for (int n = 0; n < found[i].Count; n++)
            {
                int known = found[i][n].TokenLogProbabilities.Length;
                Assert.Equal(TinyModels.Bits(forced[n][..known]), TinyModels.Bits(found[i][n].TokenLogProbabilities));
            }
        }
    }

    [Theory, MemberData(nameof(Variants))]
    public void Outputs_and_attention_do_not_depend_on_the_batch_or_the_threads(string variant)
    {
        using RecurrentModel model = Opinionated(variant);
        var options = new BeamSearchOptions { BeamSize = 3, NBest = 2, RecordAttention = true, Length = new LengthLimits { MaximumRatio = 1, MaximumExtra = 4 } };
        int[][] sources = TinyModels.Sentences(7, Vocabulary, 13, 5);
        string[] alone = ThreadCounts.With(1, () => (string[])[.. sources.SelectMany(source => Texts(model, options, [source]))]);
        Assert.True(alone.Distinct().Count() > 3);
        foreach (int threads in new[] { 1, 2 })
        {
            foreach (int[] batch in (int[][])[[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [4, 4, 1]])
            {
                Assert.Equal(
                    [.. batch.Select(i => alone[i])], ThreadCounts.With(threads, () => Texts(model, options, [.. batch.Select(i => sources[i])])));
            }
        }
    }

    [Theory, MemberData(nameof(Variants))]
    public void A_beam_of_one_is_greedy_search_and_attention_is_a_distribution(string variant)
    {
        using RecurrentModel model = Opinionated(variant);
        int[][] sources = TinyModels.Sentences(6, Vocabulary, 8, 4);
        var greedy = TinyModels.Search(model, new GreedySearchOptions { RecordAttention = true }, sources);
        var beam = TinyModels.Search(model, new BeamSearchOptions { BeamSize = 1 }, sources);
        for (int i = 0; i < sources.Length; i++)
        {
            Assert.Equal(greedy[i][0].Ids, beam[i][0].Ids);
            Assert.Equal(model.Options.HasAttention ? greedy[i][0].Ids.Length : 0, greedy[i][0].Attention.Count);
            Assert.All(greedy[i][0].Attention, row => Assert.Equal(sources[i].Length, row.Length));
            if (variant != "local-p")
            {
                Assert.All(greedy[i][0].Attention, row => Assert.Equal(1, row.Sum(), 1e-5));
            }
        }
    }

    /// <summary>Larger weights than fresh ones, so that distributions are far from even, and an end sign that comes sooner or later.</summary>
    internal static RecurrentModel Opinionated(string variant)
    {
        var model = new RecurrentModel(RecurrentVariants.Of(variant, Vocabulary), 7);
        model.Parameters.Values.CopyFrom([.. model.Parameters.Values.ToArray().Select(weight => 2.5f * weight)]);
        model.Parameters.TryGet("output.bias", out Tensor bias);
        float[] values = bias.ToArray();
        values[TinyModels.End] = 1;
        bias.CopyFrom(values);
        model.Parameters.MarkChanged();
        return model;
    }

    private static string[] Texts(RecurrentModel model, SearchOptions options, int[][] sources) =>
        [.. TinyModels.Search(model, options, sources).Select(outputs => string.Join('\n', outputs.Select(one => string.Join(
            " | ", string.Join(' ', one.Ids), BitConverter.DoubleToInt64Bits(one.Score),
            string.Join(' ', TinyModels.Bits(one.TokenLogProbabilities)), string.Join(' ', TinyModels.Bits(one.Attention.SelectMany(row => row)))))))];
}
