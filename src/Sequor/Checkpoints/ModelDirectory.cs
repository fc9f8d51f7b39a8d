using Sequor.Configuration;

namespace Sequor.Checkpoints;

/// <summary>
/// A directory that holds a whole model and says everything about it: <c>config.yaml</c>, <c>weights.safetensors</c>, the vocabulary
/// files that the configuration names, <c>card.json</c> and <c>card.md</c>. Other files, such as checkpoints and logs of the run
/// that made it, may lie beside them.
/// </summary>
public sealed class ModelDirectory : IDisposable
{
    /// <summary>The configuration's file.</summary>
    public const string ConfigurationFile = "config.yaml";

    /// <summary>The weights' file.</summary>
    public const string WeightsFile = Checkpoint.WeightsFile;

    /// <summary>The card's file.</summary>
    public const string CardFile = "card.json";

    /// <summary>The file of the card for people.</summary>
    public const string CardTextFile = "card.md";

    private ModelDirectory(string path, SequorConfiguration configuration, ModelCard? card)
    {
        (Path, Configuration, Card) = (path, configuration, card);
        Weights = SafetensorsFile.Open(In(path, WeightsFile));
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The model's configuration.</summary>
    public SequorConfiguration Configuration { get; }

    /// <summary>The model's weights, found to be those that were written.</summary>
    public SafetensorsFile Weights { get; }

    /// <summary>The <see cref="WeightsHash"/> of the weights.</summary>
    public string WeightsSha256 { get; private set; } = "";

    /// <summary>The model's card, or null when the directory has none.</summary>
    public ModelCard? Card { get; }

    /// <summary>The vocabulary files: one when joint, source and target otherwise.</summary>
    public IReadOnlyList<string> VocabularyPaths => [.. Configuration.Vocabulary.Model.Select(name => In(Path, name))];

    /// <summary>What does not keep the model from being used, but should be known: one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Whether a directory holds a model, whole or not.</summary>
    public static bool HoldsModel(string path) => File.Exists(In(path, ConfigurationFile));

    /// <summary>Opens a model and checks that nothing of it is missing or altered.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">A file is missing, damaged or of a newer format; the message names it.</exception>
    /// <exception cref="ConfigurationException">Its configuration has faults.</exception>
    public static ModelDirectory Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no model directory {path}.");
        }
        RequireFile(path, ConfigurationFile);
        SequorConfiguration configuration = SequorConfiguration.Load(In(path, ConfigurationFile));
        ModelCard? card = File.Exists(In(path, CardFile)) ? ModelCard.Parse(File.ReadAllBytes(In(path, CardFile)), In(path, CardFile)) : null;
        foreach (string vocabulary in configuration.Vocabulary.Model)
        {
            RequireFile(path, vocabulary);
            CheckVocabulary(In(path, vocabulary), card?.Files.GetValueOrDefault(vocabulary));
        }
        RequireFile(path, WeightsFile);
        var model = new ModelDirectory(path, configuration, card);
        try
        {
            model.CheckWeights();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Closes the weights.</summary>
    public void Dispose() => Weights.Dispose();

    internal static string In(string directory, string file) => System.IO.Path.Combine(directory, file);

    private static void RequireFile(string path, string file)
    {
        if (!File.Exists(In(path, file)))
        {
            throw new ModelFormatException($"{path} does not hold a whole model: {file} is missing.");
        }
    }

    private static void CheckVocabulary(string file, string? stated)
    {
        if (stated is not null && Checksums.Of(file) is var actual && actual != stated)
        {
            throw new ModelFormatException(
                $"{file} is not the vocabulary this model was trained with (SHA-256 {actual}, and the card states {stated}).");
        }
    }

    private void CheckWeights()
    {
        WeightsSha256 = Weights.VerifyHash(mustBeStated: true);
        if (Card is null)
        {
            Warnings = [$"{Path} has no {CardFile}: what the model was trained on and how well it does is not known."];
        }
        else if (Card.WeightsSha256 != WeightsSha256)
        {
            // Both are renamed into place one after the other; a run killed between the two leaves sound weights and an older card.
            Warnings = [$"{In(Path, CardFile)} describes other weights: the last save was interrupted, and its scores may be of an earlier state."];
        }
    }
}
