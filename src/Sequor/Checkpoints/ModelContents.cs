using System.Text;
using Sequor.Configuration;

namespace Sequor.Checkpoints;

/// <summary>A vocabulary file of a model.</summary>
/// <param name="Name">Its name in the directory, such as <c>vocabulary.model</c>.</param>
/// <param name="Write">Writes its content, the same each time it is called.</param>
public sealed record VocabularyPart(string Name, Action<Stream> Write)
{
    /// <summary>A vocabulary file with the content of another.</summary>
    /// <param name="name">Its name in the directory.</param>
    /// <param name="path">The file to copy; read each time it is written.</param>
    public static VocabularyPart CopyOf(string name, string path) => new(name, stream =>
    {
        using FileStream file = File.OpenRead(path);
        file.CopyTo(stream);
    });
}

/// <summary>What a model directory is made of.</summary>
public sealed record ModelContents
{
    /// <summary>The configuration; the paths of its vocabulary files are replaced by the names in the directory.</summary>
    public required SequorConfiguration Configuration { get; init; }

    /// <summary>The weights.</summary>
    public required IReadOnlyList<TensorSource> Weights { get; init; }

    /// <summary>Further texts for the metadata of the weights' file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How many numbers the weights are; counted when left out, which is right unless they are quantised.</summary>
    public long? Parameters { get; init; }

    /// <summary>The vocabulary files: one when joint, source and target otherwise.</summary>
    public required IReadOnlyList<VocabularyPart> Vocabularies { get; init; }

    /// <summary>The card; hashes and the number of parameters are filled in.</summary>
    public required ModelCard Card { get; init; }

    /// <summary>
    /// Saves the model. A new directory appears whole or not at all; in a directory that has files, each is replaced by rename,
    /// the configuration last.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="replace">Whether a different model there may be overwritten; the same one, trained further, always is.</param>
    /// <returns>The <see cref="WeightsHash"/>.</returns>
    /// <exception cref="ModelConflictException">The directory holds a different model and <paramref name="replace"/> is false; nothing was changed.</exception>
    /// <exception cref="IOException">Something could not be written; the message says what.</exception>
    public string Save(string path, bool replace = false) => Save(path, replace, Disk.Instance);

    internal string Save(string path, bool replace, IFileSystem files)
    {
        Dictionary<string, string> hashes = Vocabularies.ToDictionary(file => file.Name, HashOf);
        SequorConfiguration configuration = Configuration with
        {
            Vocabulary = Configuration.Vocabulary with { Model = [.. Vocabularies.Select(file => file.Name)] },
        };
        if (!replace && ModelDirectory.HoldsModel(path) && !IsSame(path, ModelIdentity.Of(configuration, hashes.Values)))
        {
            throw new ModelConflictException(path);
        }
        ModelCard card = Card with
        {
            WeightsSha256 = WeightsHash.Compute(Weights),
            Parameters = Parameters ?? Weights.Sum(tensor => tensor.ElementCount),
            Files = hashes,
        };
        (string Name, Action<Stream> Write)[] parts =
        [
            .. Vocabularies.Select(file => (file.Name, file.Write)),
            (ModelDirectory.WeightsFile, stream => SafetensorsWriter.Write(stream, Weights, Metadata)),
            (ModelDirectory.CardFile, stream => stream.Write(Encoding.UTF8.GetBytes(card.ToJson()))),
            (ModelDirectory.CardTextFile, stream => stream.Write(Encoding.UTF8.GetBytes(card.ToMarkdown()))),
            (ModelDirectory.ConfigurationFile, stream => stream.Write(Encoding.UTF8.GetBytes(configuration.ToYaml()))),
        ];
        WriteParts(path, parts, files);
        return card.WeightsSha256;
    }

    private static void WriteParts(string path, (string Name, Action<Stream> Write)[] parts, IFileSystem files)
    {
        string parent = TemporaryNames.ParentOf(path);
        files.CreateDirectory(parent);
        TemporaryNames.ClearLeftovers(parent, files, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            foreach ((string name, Action<Stream> write) in parts)
            {
                TemporaryNames.ClearLeftovers(path, files, name);
                AtomicFile.Write(ModelDirectory.In(path, name), write, files);
            }
            return;
        }
        using var directory = new AtomicDirectory(path, files);
        Array.ForEach(parts, part => directory.WriteFile(part.Name, part.Write));
        directory.Commit();
    }

    private static bool IsSame(string path, string identity)
    {
        try
        {
            SequorConfiguration existing = SequorConfiguration.Load(ModelDirectory.In(path, ModelDirectory.ConfigurationFile));
            return ModelIdentity.Of(existing, existing.Vocabulary.Model.Select(name => Checksums.Of(ModelDirectory.In(path, name)))) == identity;
        }
        catch (Exception fault) when (fault is ConfigurationException or IOException)
        {
            // A model that cannot be read is certainly not this one.
            return false;
        }
    }

    private static string HashOf(VocabularyPart file)
    {
        using var hashing = new HashingStream(Stream.Null);
        file.Write(hashing);
        return hashing.Hash();
    }
}
