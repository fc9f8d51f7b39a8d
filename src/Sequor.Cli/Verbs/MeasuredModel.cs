using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Decoding.Benchmarks;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>A model whose decoding is measured: one that was trained, or a shape with weights drawn by chance.</summary>
internal abstract class MeasuredModel : IDisposable
{
    private const int LargeVocabulary = 32_000;
    private const int UsualVocabulary = 10_000;

    private static readonly Dictionary<string, PresetChoice> _shapes = new(StringComparer.Ordinal)
    {
        ["base"] = PresetChoice.TransformerBase,
        ["small"] = PresetChoice.TransformerSmall,
        ["tiny"] = PresetChoice.TransformerTiny,
        ["gru"] = PresetChoice.GruBahdanau,
        ["lstm"] = PresetChoice.LstmLuong,
    };

    private MeasuredModel(EncoderDecoder model, SpecialIds special, string name, DecodingConfiguration decoding) =>
        (Model, Special, Name, Decoding) = (model, special, name, decoding);

    /// <summary>The shapes that have names.</summary>
    public static IEnumerable<string> ShapeNames => _shapes.Keys;

    /// <summary>The model.</summary>
    public EncoderDecoder Model { get; }

    /// <summary>The signs that are not text.</summary>
    public SpecialIds Special { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How its own configuration would decode.</summary>
    public DecodingConfiguration Decoding { get; }

    /// <summary>Opens a trained model.</summary>
    /// <param name="path">Its directory.</param>
    /// <param name="device">Where to work.</param>
    /// <param name="computeType">How matrices are held; null for what the model says.</param>
    /// <exception cref="InputException">The directory holds no model.</exception>
    public static MeasuredModel Open(string path, Device device, WeightType? computeType)
    {
        ModelChoice.RequireModel(path);
        using ModelDirectory directory = ModelDirectory.Open(path);
        return new Trained(directory, device, computeType);
    }

    /// <summary>Draws a model.</summary>
    /// <param name="shape">The name of a shape, or a configuration file whose <c>model:</c> says it.</param>
    /// <param name="vocabulary">Pieces of the joint vocabulary; null for what is usual for the shape.</param>
    /// <param name="seed">What weights and sources are drawn from.</param>
    /// <param name="device">Where to work.</param>
    /// <param name="computeType">How matrices are held; null for float32.</param>
    /// <exception cref="UsageException">There is no such shape.</exception>
    public static MeasuredModel Draw(string shape, int? vocabulary, int seed, Device device, WeightType? computeType)
    {
        SequorConfiguration configuration = _shapes.TryGetValue(shape, out PresetChoice preset)
            ? new SequorConfiguration { Name = shape, Model = ModelConfiguration.For(preset) }
            : File.Exists(shape) ? SequorConfiguration.Load(shape)
            : throw new UsageException($"--shape is '{shape}', but must be {string.Join(", ", ShapeNames)} or a configuration file.");
        int size = vocabulary ?? (preset == PresetChoice.TransformerBase ? LargeVocabulary : UsualVocabulary);
        EncoderDecoder model = configuration.Model.Build(size, size, (ulong)seed, device);
        model.Parameters.Pack(computeType ?? WeightType.Float32);
        return new Drawn(model, configuration, shape, size, seed);
    }

    /// <summary>Cuts lines into pieces, each line with its end sign; empty lines are left out.</summary>
    /// <param name="lines">The lines.</param>
    public abstract IReadOnlyList<int[]> Cut(IReadOnlyList<string> lines);

    /// <summary>Gives the weights back.</summary>
    public void Dispose() => Model.Dispose();

    /// <summary>The first pieces, as many as the model can read, and the end sign.</summary>
    private int[] Closed(int[] pieces) => [.. pieces.AsSpan(0, Math.Min(pieces.Length, Model.LongestSequence - 1)), Special.End];

    private sealed class Trained : MeasuredModel
    {
        private readonly Tokenizer _tokenizer;
        private readonly DataConfiguration _data;

        public Trained(ModelDirectory directory, Device device, WeightType? computeType)
            : this(directory, [.. directory.VocabularyPaths.Select(Tokenizer.Load)], device, computeType)
        {
        }

        private Trained(ModelDirectory directory, Tokenizer[] tokenizers, Device device, WeightType? computeType)
            : base(directory.Configuration.Model.BuildWithoutWeights(tokenizers[0].Vocabulary.Size, tokenizers[^1].Vocabulary.Size, device),
                SpecialOf(tokenizers[^1].Vocabulary), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory.Path))),
                directory.Configuration.Decoding)
        {
            (_tokenizer, _data) = (tokenizers[0], directory.Configuration.Data);
            PackedTensors.Load(directory.Weights, Model.Parameters, computeType ?? Decoding.ToWeightType() ?? PackedTensors.TypeOf(directory.Weights));
        }

        public override IReadOnlyList<int[]> Cut(IReadOnlyList<string> lines) =>
            [.. lines.Select(line => _tokenizer.Encode(Normalized(line))).Where(pieces => pieces.Length > 0).Select(Closed)];

        private static SpecialIds SpecialOf(Vocabulary vocabulary) => new(vocabulary.BeginId, vocabulary.EndId, vocabulary.PadId);

        private string Normalized(string line)
        {
            line = _data.Nfc ? TextTransforms.Nfc(line) : line;
            line = _data.Lowercase ? TextTransforms.Lowercase(line) : line;
            return _data.SourcePrefix.Length > 0 ? $"{_data.SourcePrefix} {line}" : line;
        }
    }

    private sealed class Drawn(EncoderDecoder model, SequorConfiguration configuration, string name, int vocabulary, int seed)
        : MeasuredModel(model, RandomSources.Special, name, configuration.Decoding)
    {
        public override IReadOnlyList<int[]> Cut(IReadOnlyList<string> lines) =>
            [.. RandomSources.Draw([.. lines.Where(line => RandomSources.PiecesOf(line) > 0)], vocabulary, seed).Select(source => Closed(source[..^1]))];
    }
}
