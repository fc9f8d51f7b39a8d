namespace Sequor.Configuration;

/// <summary>Everything a run or a model directory says in <c>config.yaml</c>.</summary>
public sealed record SequorConfiguration
{
    /// <summary>The newest format this library reads and the one it writes.</summary>
    public const int CurrentFormatVersion = 1;

    internal static Schema<SequorConfiguration> Schema { get; } = new Schema<SequorConfiguration>(_ => new())
        .Integer("format_version", new(1, CurrentFormatVersion), c => c.FormatVersion, (c, v) => c with { FormatVersion = v })
        .Text("name", c => c.Name, (c, v) => c with { Name = v })
        .Long("seed", new(0, long.MaxValue), c => c.Seed, (c, v) => c with { Seed = v }, "random_seed")
        .Child("data", DataConfiguration.Schema, c => c.Data, (c, v) => c with { Data = v })
        .Child("vocabulary", VocabularyConfiguration.Schema, c => c.Vocabulary, (c, v) => c with { Vocabulary = v })
        .Child("model", ModelConfiguration.Schema, c => c.Model, (c, v) => c with { Model = v })
        .Child("training", TrainingConfiguration.Schema, c => c.Training, (c, v) => c with { Training = v })
        .Child("decoding", DecodingConfiguration.Schema, c => c.Decoding, (c, v) => c with { Decoding = v })
        .Child("card", CardConfiguration.Schema, c => c.Card, (c, v) => c with { Card = v })
        .Require(["data.filters.max_length", "model.max_positions"],
            c => c.Model.LongestSequence is not { } positions || c.Data.Filters.MaxLength < positions ? null
            : $"sentences of {c.Data.Filters.MaxLength} pieces and a sign do not fit a model of {positions} positions; lower max_length or raise max_positions")
        .Require(["training.guided_attention", "data.train"],
            c => c.Training.GuidedAttention is null || c.Data.Train.Count == 0 || c.Data.Train.Any(corpus => corpus.Alignments is not null) ? null
            : "no training corpus has alignments to guide by; give one, as alignments: FILE beside source and target")
        .Require(["vocabulary.joint", "data.train"],
            c => !c.Data.IsLanguageModel || c.Vocabulary.Joint ? null
            : "a language model has the pieces of its targets and no others; set joint to true")
        .Require(["training.early_stopping.metric", "data.train"],
            c => !c.Data.IsLanguageModel || c.Training.EarlyStopping.Metric is not (MetricChoice.Bleu or MetricChoice.Chrf) ? null
            : "a language model translates nothing that could be scored; take loss, perplexity or accuracy")
        .Require(["model.tie_embeddings", "vocabulary.joint"],
            c => c.Model.TieEmbeddings != TieChoice.All || c.Vocabulary.Joint ? null
            : "all embeddings can be one only with a joint vocabulary; set tie_embeddings to decoder or none, or vocabulary.joint to true");

    /// <summary>The format of the file. Default: <see cref="CurrentFormatVersion"/>.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>What the run and its model are called. Default: empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The seed from which every random number of the run follows, 0 or more. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What is learned from.</summary>
    public DataConfiguration Data { get; init; } = new();

    /// <summary>The pieces of text.</summary>
    public VocabularyConfiguration Vocabulary { get; init; } = new();

    /// <summary>The shape of the model.</summary>
    public ModelConfiguration Model { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainingConfiguration Training { get; init; } = new();

    /// <summary>How it is searched.</summary>
    public DecodingConfiguration Decoding { get; init; } = new();

    /// <summary>What the model's card says that no run can know.</summary>
    public CardConfiguration Card { get; init; } = new();

    /// <summary>Reads a configuration file.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="overrides">Settings laid over it, each <c>section.key=value</c>; a later one wins.</param>
    /// <exception cref="ConfigurationException">Something is wrong with it; every fault is named.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static SequorConfiguration Load(string path, IReadOnlyList<string>? overrides = null) =>
        Read(ConfigurationReader.Open(path, overrides));

    /// <summary>Reads configuration text.</summary>
    /// <param name="yaml">The YAML.</param>
    /// <param name="name">What faults call the text.</param>
    /// <param name="overrides">Settings laid over it, each <c>section.key=value</c>; a later one wins.</param>
    /// <exception cref="ConfigurationException">Something is wrong with it; every fault is named.</exception>
    public static SequorConfiguration Parse(string yaml, string name = "configuration", IReadOnlyList<string>? overrides = null) =>
        Read(ConfigurationReader.Parse(yaml, name, overrides));

    /// <summary>The configuration as YAML, every setting written out, always in the same order; reading it gives an equal record.</summary>
    public string ToYaml()
    {
        var writer = new YamlWriter();
        Schema.Write(writer, this);
        return writer.ToString();
    }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);

    private static SequorConfiguration Read(ConfigurationReader reader)
    {
        reader.RequireFormat(CurrentFormatVersion);
        SequorConfiguration configuration = Schema.Read(reader.Root);
        reader.ThrowIfFaulty();
        return configuration;
    }
}
