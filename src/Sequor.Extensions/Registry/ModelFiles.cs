using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sequor.Checkpoints;
using Sequor.Configuration;

namespace Sequor.Extensions.Registry;

/// <summary>What a model directory says without its weights being read.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Version">Stands for its files.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Card">Its card; null for none.</param>
internal sealed record ModelFiles(string Path, string Version, SequorConfiguration Configuration, ModelCard? Card)
{
    /// <summary>Reads configuration and card.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The directory holds no model, or a language model.</exception>
    /// <exception cref="ConfigurationException">The configuration has faults.</exception>
    internal static ModelFiles Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no model directory {path}.");
        }

        if (!ModelDirectory.HoldsModel(path))
        {
            throw new ModelFormatException($"{path} does not hold a model: {ModelDirectory.ConfigurationFile} is missing.");
        }

        SequorConfiguration configuration = SequorConfiguration.Load(In(path, ModelDirectory.ConfigurationFile));
        if (configuration.Data.IsLanguageModel)
        {
            throw new ModelFormatException($"{path} is a language model: it was trained without sources and generates nothing from them. Name a model that was trained on pairs.");
        }

        string card = In(path, ModelDirectory.CardFile);
        return new ModelFiles(path, VersionOf(path, configuration.Vocabulary.Model), configuration, File.Exists(card) ? ModelCard.Parse(File.ReadAllBytes(card), card) : null);
    }

    /// <summary>The version of a directory, whatever state it is in; empty where it is not there.</summary>
    internal static string VersionOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return "";
        }

        try
        {
            return VersionOf(path, SequorConfiguration.Load(In(path, ModelDirectory.ConfigurationFile)).Vocabulary.Model);
        }
        catch (Exception fault) when (fault is ConfigurationException or FormatException or IOException or UnauthorizedAccessException)
        {
            return VersionOf(path, []);
        }
    }

    /// <summary>Names, sizes and times of the files that make a model, as a short text; what else lies there, such as the log of a training, does not count. Links are followed,
    /// so that one that is set to another model counts as a change.</summary>
    private static string VersionOf(string path, IEnumerable<string> vocabularies)
    {
        var text = new StringBuilder();
        foreach (string name in (string[])[ModelDirectory.ConfigurationFile, ModelDirectory.WeightsFile, ModelDirectory.CardFile, .. vocabularies])
        {
            var info = new FileInfo(In(path, name));
            FileInfo target = info.LinkTarget is null ? info : (FileInfo?)info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            text.Append(CultureInfo.InvariantCulture, $"{name}\n{(target.Exists ? target.Length : -1)}\n{target.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static string In(string directory, string file) => System.IO.Path.Combine(directory, file);
}
