using Sequor.Decoding;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tests.Decoding;
using Sequor.Tests.Models.Recurrent;

namespace Sequor.Tests.Models;

/// <summary>Models with packed matrices keep every promise of decoding: the same bits in any batch, and those of forced decoding.</summary>
public sealed class PackedModelTests
{
    private const int Vocabulary = 61;

    private static readonly BeamSearchOptions _beam = new() { BeamSize = 3, NBest = 2, Length = new LengthLimits { MaximumRatio = 1, MaximumExtra = 4 } };

    public static TheoryData<WeightType> Types => [.. Enum.GetValues<WeightType>()];

    public static TheoryData<string> Variants => [.. RecurrentVariants.All.Keys];

    [Theory, MemberData(nameof(Types))]
    public void A_Transformer_gives_the_same_in_any_batch_with_the_scores_of_forced_decoding(WeightType type)
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 3);
        model.Parameters.Pack(type);
        CheckPromises(model);
    }

    [Theory, MemberData(nameof(Types))]
    public void A_recurrent_model_gives_the_same_in_any_batch_with_the_scores_of_forced_decoding(WeightType type)
    {
        using RecurrentModel model = RecurrentDecodingTests.Opinionated("bahdanau lstm, two layers, residual");
        model.Parameters.Pack(type);
        CheckPromises(model);
    }

    [Theory, MemberData(nameof(Variants))]
    public void Every_recurrent_model_runs_in_eight_bits(string variant)
    {
        using RecurrentModel model = RecurrentDecodingTests.Opinionated(variant);
        model.Parameters.Pack(WeightType.Int8);
        CheckPromises(model);
    }

    [Fact]
    public void Packed_as_float32_outputs_have_the_bits_of_the_model_that_trains()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 3);
        int[][] sources = TinyModels.Sentences(4, Vocabulary, 9, 3);
        string before = Texts(model, sources);
        model.Parameters.Pack(WeightType.Float32);
        Assert.Equal(before, Texts(model, sources));
    }

    [Theory, MemberData(nameof(Types))]
    public void Chunks_and_selections_of_the_vocabulary_have_the_bits_of_all_logits(WeightType type)
    {
        using RecurrentModel recurrent = RecurrentDecodingTests.Opinionated("bahdanau");
        using TransformerModel transformer = TinyModels.Make(Vocabulary, 3);
        foreach (EncoderDecoder model in (EncoderDecoder[])[recurrent, transformer])
        {
            model.Parameters.Pack(type);
            using var step = new Step(model.Parameters.Device);
            using (step.Begin())
            {
                int width = model.Projection.Weight.Shape.Width;
                Tensor states = step.From([.. Enumerable.Range(0, 2 * width).Select(i => MathF.Sin(i))], [2, width]);
                float[] all = model.Project(states).ToArray();
                float[] last = model.ProjectRows(states, 32, Vocabulary - 32).ToArray();
                int[] ids = [60, 0, 33, 33];
                using OutputSelection selection = model.SelectOutputs(ids);
                float[] selected = model.ProjectSelected(states, selection).ToArray();
                Assert.Equal(ids, selection.Ids);
                for (int row = 0; row < 2; row++)
                {
                    Assert.Equal(all[((row * Vocabulary) + 32)..((row + 1) * Vocabulary)], last[(row * (Vocabulary - 32))..((row + 1) * (Vocabulary - 32))]);
                    Assert.Equal(ids.Select(id => all[(row * Vocabulary) + id]), selected[(row * 4)..((row + 1) * 4)]);
                }
            }
        }
    }

    [Fact]
    public void A_model_without_weights_has_no_memory_for_them_and_takes_those_of_another()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 3);
        using TransformerModel empty = TransformerModel.WithoutWeights(model.Options);
        Assert.Equal(0, empty.Parameters.Bytes);
        Assert.Equal(model.Parameters.Names, empty.Parameters.Names);
        empty.Parameters.AllocatePacked(WeightType.Int8);
        Assert.True(empty.Parameters.Bytes < 4 * model.Parameters.Count);
    }

    private static void CheckPromises(EncoderDecoder model)
    {
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 9, 5);
        string[] alone = [.. sources.Select(source => Texts(model, [source]))];
        Assert.True(alone.Distinct().Count() > 1);
        Assert.Equal(string.Join('\n', alone), Texts(model, sources));
        Assert.Equal(string.Join('\n', alone.Reverse()), Texts(model, [.. sources.Reverse()]));
        IReadOnlyList<Hypothesis> found = TinyModels.Search(model, _beam, [sources[0]])[0];
        IReadOnlyList<float[]> forced = TinyModels.Force(model, sources[0], [.. found.Select(one => one.Ids)]);
        for (int n = 0; n < found.Count; n++)
        {
            int known = found[n].TokenLogProbabilities.Length;
            Assert.Equal(TinyModels.Bits(forced[n][..known]), TinyModels.Bits(found[n].TokenLogProbabilities));
        }
    }

    private static string Texts(EncoderDecoder model, int[][] sources) =>
        string.Join('\n', TinyModels.Search(model, _beam, sources).Select(outputs => string.Join('|', outputs.Select(one => string.Join(
            ' ', one.Ids.Concat(TinyModels.Bits(one.TokenLogProbabilities)))))));
}
