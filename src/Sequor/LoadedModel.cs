using System.Globalization;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor;

/// <summary>A model in memory, with what its directory says of it.</summary>
/// <param name="Path">Its directory.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Model">The model.</param>
/// <param name="Source">Cuts sources.</param>
/// <param name="Target">Joins outputs.</param>
/// <param name="ComputeType">How matrices are held.</param>
/// <param name="Warnings">What should be known: one sentence each.</param>
internal sealed record LoadedModel(
    string Path, SequorConfiguration Configuration, EncoderDecoder Model, Tokenizer Source, Tokenizer Target, WeightType ComputeType, IReadOnlyList<string> Warnings)
{
    /// <summary>Opens a model directory.</summary>
    internal static LoadedModel Open(string path, Device? device, WeightType? computeType, DecodingConfiguration? decoding = null)
    {
        using ModelDirectory directory = ModelDirectory.Open(path);
        SequorConfiguration configuration = directory.Configuration with { Decoding = decoding ?? directory.Configuration.Decoding };
        Tokenizer[] tokenizers = [.. directory.VocabularyPaths.Select(Tokenizer.Load)];
        WeightType type = computeType ?? configuration.Decoding.ToWeightType() ?? PackedTensors.TypeOf(directory.Weights);
        EncoderDecoder model = configuration.Model.BuildWithoutWeights(tokenizers[0].Vocabulary.Size, tokenizers[^1].Vocabulary.Size, device);
        try
        {
            PackedTensors.Load(directory.Weights, model.Parameters, type);
            return new LoadedModel(path, configuration, model, tokenizers[0], tokenizers[^1], type, directory.Warnings);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that this model reads and writes the pieces of another.</summary>
    /// <exception cref="ModelFormatException">It does not; the message names the first piece that differs.</exception>
    internal void RequireVocabulariesOf(LoadedModel first)
    {
        RequireSame(first.Target.Vocabulary.Pieces, Target.Vocabulary.Pieces, $"The target vocabulary of {Path} is not that of {first.Path}", "Models that decode together must share it.");
        RequireSame(first.Source.Vocabulary.Pieces, Source.Vocabulary.Pieces, $"The source vocabulary of {Path} is not that of {first.Path}", "Models that decode together read the same pieces.");
    }

    /// <summary>Makes sure that two vocabularies have the same pieces in the same order.</summary>
    /// <exception cref="ModelFormatException">They have not; the message names the first piece that differs.</exception>
    internal static void RequireSame(IReadOnlyList<string> wanted, IReadOnlyList<string> given, string what, string advice)
    {
        int same = 0;
        while (same < wanted.Count && same < given.Count && wanted[same] == given[same])
        {
            same++;
        }

        if (same < wanted.Count || same < given.Count)
        {
            string difference = same < wanted.Count && same < given.Count
                ? string.Create(CultureInfo.InvariantCulture, $"piece {same} is '{given[same]}', not '{wanted[same]}'")
                : string.Create(CultureInfo.InvariantCulture, $"it has {given.Count} pieces, not {wanted.Count}");
            throw new ModelFormatException($"{what}: {difference}. {advice}");
        }
    }
}
