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

        string version = VersionOf(path);
        SequorConfiguration configuration = SequorConfiguration.Load(System.IO.Path.Combine(path, ModelDirectory.ConfigurationFile));
        if (configuration.Data.IsLanguageModel)
        {
            throw new ModelFormatException($"{path} is a language model: it was trained without sources and generates nothing from them. Name a model that was trained on pairs.");
        }

        string card = System.IO.Path.Combine(path, ModelDirectory.CardFile);
        return new ModelFiles(path, version, configuration, File.Exists(card) ? ModelCard.Parse(File.ReadAllBytes(card), card) : null);
    }

    /// <summary>Names, sizes and times of the files of a directory, as a short text; links are followed, so that one that is set to another model counts as a change.</summary>
    internal static string VersionOf(string path)
    {
        var text = new StringBuilder();
        foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
        {
            var info = new FileInfo(file);
            FileInfo target = info.LinkTarget is null ? info : (FileInfo?)info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            text.Append(CultureInfo.InvariantCulture, $"{info.Name}\n{(target.Exists ? target.Length : -1)}\n{target.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
