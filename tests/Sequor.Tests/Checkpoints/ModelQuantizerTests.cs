using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.Tensors.Kernels;

namespace Sequor.Tests.Checkpoints;

/// <summary>A model directory in another type: it says so, it translates, and it is refused where it cannot serve.</summary>
public sealed class ModelQuantizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public ModelQuantizerTests()
    {
        _model = _folder["model"];
        TinyModel.Write(_model);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightType.Int8, 0.02)]
    [InlineData(WeightType.Int7, 0.03)]
    [InlineData(WeightType.Float16, 0.001)]
    [InlineData(WeightType.BFloat16, 0.005)]
    public void A_quantised_model_describes_itself_and_translates_as_the_model_packed_at_load(WeightType type, double largestError)
    {
        string output = _folder[WeightTypes.NameOf(type)];
        List<string> told = [];
        QuantizationReport report = ModelQuantizer.Quantize(_model, type, output, (done, all, matrix) => told.Add($"{done}/{all} {matrix.Name}"), TestContext.Current.CancellationToken);

        Assert.Equal(report.Matrices.Count, told.Count);
        Assert.Contains("embedding.weight", told[0], StringComparison.Ordinal);
        Assert.All(report.Matrices, matrix => Assert.InRange(matrix.LargestError, largestError / 100, largestError));
        Assert.True(report.BytesAfter < report.BytesBefore);
        using (ModelDirectory directory = ModelDirectory.Open(output))
        {
            Assert.Empty(directory.Warnings);
            Assert.Equal((WeightTypes.NameOf(type), report.Parameters), (directory.Card!.WeightType, directory.Card.Parameters));
            Assert.Equal(report.WeightsSha256, directory.WeightsSha256);
            Assert.Equal(type, PackedTensors.TypeOf(directory.Weights));
            Assert.Equal(report.Parameters, PackedTensors.CountOf(directory.Weights));
            Assert.Contains(WeightTypes.NameOf(type), directory.Configuration.ToYaml(), StringComparison.Ordinal);
        }

        using Translator stored = Translator.Load(output);
        using Translator packed = Translator.Load(_model, computeType: type);
        Assert.Equal((type, type), (stored.ComputeType, packed.ComputeType));
        string[] texts = ["one two", "six five four three two", "three"];
        Assert.Equal(Bits(packed.Generate(texts, cancellation: TestContext.Current.CancellationToken)), Bits(stored.Generate(texts, cancellation: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_model_stored_in_16_bits_can_be_used_in_any_type()
    {
        string output = _folder["half"];
        ModelQuantizer.Quantize(_model, WeightType.Float16, output, cancellation: TestContext.Current.CancellationToken);
        using Translator widened = Translator.Load(output, computeType: WeightType.Float32);
        using Translator kept = Translator.Load(output);
        Assert.True(kept.WeightBytes < widened.WeightBytes);
        Assert.Equal(
            Bits(widened.Generate(["one two three"], cancellation: TestContext.Current.CancellationToken)),
            Bits(kept.Generate(["one two three"], cancellation: TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(WeightType.Float16, 65_520f, "holds 65520, and float16 ends at 65504")]
    [InlineData(WeightType.Float16, float.NegativeInfinity, "holds -Infinity, which is no number to decode with")]
    [InlineData(WeightType.BFloat16, float.NaN, "holds NaN, which is no number to decode with")]
    [InlineData(WeightType.Int8, float.PositiveInfinity, "holds Infinity, which is no number to decode with")]
    [InlineData(WeightType.Float16, 65_519f, "")]
    [InlineData(WeightType.BFloat16, 65_520f, "")]
    public void A_weight_that_the_type_cannot_hold_is_refused_with_its_name(WeightType type, float weight, string sentence)
    {
        string name = Spoil(_folder["spoilt"], weight);
        void Quantize() => ModelQuantizer.Quantize(_folder["spoilt"], type, _folder["out"], cancellation: TestContext.Current.CancellationToken);
        if (sentence.Length == 0)
        {
            Quantize();
            return;
        }

        Assert.Contains($"{name} {sentence}", Assert.Throws<ModelFormatException>(Quantize).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    /// <summary>Writes the model with another last number in its last matrix, whose name it gives.</summary>
    private string Spoil(string output, float weight)
    {
        using ModelDirectory directory = ModelDirectory.Open(_model);
        SafetensorsFile file = directory.Weights;
        SafetensorsEntry last = file.Entries.Last(entry => entry.Shape.Count == 2);
        new ModelContents
        {
            Configuration = directory.Configuration,
            Weights = [.. file.Entries.Select(entry => TensorSource.Floats(
                entry.Name, [.. entry.Shape],
                (first, destination) =>
                {
                    file.ReadFloats(entry.Name, first, destination);
                    if (entry == last && first + destination.Length == entry.ElementCount)
                    {
                        destination[^1] = weight;
                    }
                },
                StoredType.F32))],
            Vocabularies = [.. directory.Configuration.Vocabulary.Model.Select(part => VocabularyPart.CopyOf(part, Path.Combine(_model, part)))],
            Card = new ModelCard { Name = "tiny" },
        }.Save(output);
        return last.Name;
    }

    [Fact]
    public void The_configuration_can_ask_for_a_type_and_the_caller_can_ask_for_another()
    {
        DecodingConfiguration decoding = new() { ComputeType = ComputeTypeChoice.Int8 };
        using Translator asked = Translator.Load(_model, decoding: decoding);
        using Translator other = Translator.Load(_model, decoding: decoding, computeType: WeightType.BFloat16);
        using Translator plain = Translator.Load(_model);
        Assert.Equal((WeightType.Int8, WeightType.BFloat16, WeightType.Float32), (asked.ComputeType, other.ComputeType, plain.ComputeType));
    }

    [Fact]
    public void What_was_quantised_is_not_quantised_again_and_no_model_is_overwritten()
    {
        string output = _folder["int8"];
        ModelQuantizer.Quantize(_model, WeightType.Int8, output, cancellation: TestContext.Current.CancellationToken);
        byte[] weights = File.ReadAllBytes(Path.Combine(_model, ModelDirectory.WeightsFile));

        Assert.Contains("cannot be quantised again", Assert.Throws<ModelFormatException>(() => ModelQuantizer.Quantize(output, WeightType.Int8, _folder["twice"], cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used as int7", Assert.Throws<ModelFormatException>(() => Translator.Load(output, computeType: WeightType.Int7)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelConflictException>(() => ModelQuantizer.Quantize(_model, WeightType.Int8, _model, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ModelConflictException>(() => ModelQuantizer.Quantize(_model, WeightType.Int7, output, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(_model, ModelDirectory.WeightsFile)));
        Assert.False(Directory.Exists(_folder["twice"]));
    }

    [Fact]
    public void Two_translators_share_a_mapped_model_and_either_may_go_first()
    {
        string output = _folder["shared"];
        ModelQuantizer.Quantize(_model, WeightType.Int8, output, cancellation: TestContext.Current.CancellationToken);
        Translator first = Translator.Load(output);
        using Translator second = Translator.Load(output);
        string expected = first.Translate("one two three");
        first.Dispose();
        Assert.Equal(expected, second.Translate("one two three"));
    }

    private static string Bits(IReadOnlyList<GeneratedText> outputs) => string.Join('\n', outputs.Select(output => string.Join(
        " | ", output.Hypotheses.Select(one => $"{one.Text} {BitConverter.DoubleToInt64Bits(one.Hypothesis.Score)}"))));
}
