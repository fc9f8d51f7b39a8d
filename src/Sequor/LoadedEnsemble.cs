using Sequor.Alignments;
using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.LanguageModels;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;

namespace Sequor;

/// <summary>Models in memory that decode together, and what stands beside them.</summary>
internal sealed class LoadedEnsemble : IDisposable
{
    private readonly List<LoadedModel> _models = [];
    private readonly LoadedModel? _languageModel;

    /// <summary>Opens everything.</summary>
    /// <param name="paths">Model directories, 1 or more.</param>
    /// <param name="options">How they decode together.</param>
    /// <param name="device">Where to work; null for the default device.</param>
    /// <param name="decoding">How to decode in place of what the first model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what each configuration says.</param>
    internal LoadedEnsemble(IReadOnlyList<string> paths, EnsembleOptions options, Device? device, DecodingConfiguration? decoding, WeightType? computeType)
    {
        if (paths.Count == 0)
        {
            throw new ArgumentException("A translator needs the directory of one model or more; none was given.", nameof(paths));
        }

        try
        {
            foreach (string path in paths)
            {
                _models.Add(LoadedModel.Open(path, device, computeType, _models.Count == 0 ? decoding : null));
                _models[^1].RequireVocabulariesOf(First);
            }

            FusedLanguageModel? fused = null;
            if (options.LanguageModel is { } language)
            {
                _languageModel = Directory.Exists(language) ? OpenLanguageModel(language, device) : null;
                fused = _languageModel is null
                    ? new FusedLanguageModel(OpenNgrams(language), options.LanguageModelWeight)
                    : new FusedLanguageModel(_languageModel.Model, _languageModel.Source.Vocabulary.EndId, options.LanguageModelWeight);
            }

            Ensemble = new Ensemble
            {
                Models = [.. _models.Select(loaded => loaded.Model)],
                Weights = options.Weights,
                Mode = options.Mode,
                LanguageModels = fused is null ? [] : [fused],
                Shortlist = options.Shortlist is { } shortlist ? OpenShortlist(shortlist, options.ShortlistExactness) : null,
            };
            Ensemble.ThrowIfInvalid();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The model that was named first: its configuration and tokenizers are used.</summary>
    internal LoadedModel First => _models[0];

    /// <summary>What predicts.</summary>
    internal Ensemble Ensemble { get; }

    /// <summary>Whether any translation model has attention.</summary>
    internal bool HasAttention => _models.Exists(loaded => loaded.Configuration.Model.HasAttention);

    /// <summary>The number of weights of all models.</summary>
    internal long Parameters => Sets.Sum(model => model.Parameters.Count);

    /// <summary>Bytes that all weights take.</summary>
    internal long WeightBytes => Sets.Sum(model => model.Parameters.Bytes);

    /// <summary>What should be known of all models: one sentence each.</summary>
    internal IReadOnlyList<string> Warnings => [.. All.SelectMany(loaded => loaded.Warnings)];

    private IEnumerable<LoadedModel> All => _languageModel is null ? _models : [.. _models, _languageModel];

    private IEnumerable<EncoderDecoder> Sets => All.Select(loaded => loaded.Model);

    public void Dispose()
    {
        foreach (LoadedModel loaded in All)
        {
            loaded.Model.Dispose();
        }
    }

    private LoadedModel OpenLanguageModel(string path, Device? device)
    {
        LoadedModel loaded = LoadedModel.Open(path, device, computeType: null);
        if (loaded.Configuration.Data is { IsLanguageModel: false, Train.Count: > 0 })
        {
            loaded.Model.Dispose();
            throw new ModelFormatException(
                $"{path} is no language model: it was trained on pairs. Train one on targets alone, with a corpus of 'target' without 'source'.");
        }

        try
        {
            LoadedModel.RequireSame(
                First.Target.Vocabulary.Pieces, loaded.Target.Vocabulary.Pieces, $"The vocabulary of the language model {path} is not the target vocabulary of {First.Path}",
                "Train the language model with that vocabulary ('vocabulary.model').");
        }
        catch (ModelFormatException)
        {
            loaded.Model.Dispose();
            throw;
        }

        return loaded;
    }

    private ILanguageModel OpenNgrams(string path)
    {
        NgramModel ngrams = NgramModel.Load(path);
        try
        {
            return ngrams.Over(First.Target.Vocabulary);
        }
        catch (ArgumentException fault)
        {
            throw new ModelFormatException($"{path}: {fault.Message}", fault);
        }
    }

    private OutputShortlist OpenShortlist(string path, ShortlistExactness? exactness)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no lexical table {path} for the shortlist. 'sequor align --vocab' makes one.", path);
        }

        LexicalTable table = LexicalTable.Load(path);
        if (!table.IsOfPieces)
        {
            throw new ModelFormatException($"{path} is a table of words; a shortlist needs one of the model's pieces. Make it with 'sequor align --vocab'.");
        }

        const string Advice = "Make the table with the model's own vocabularies ('sequor align --vocab').";
        LoadedModel.RequireSame(First.Target.Vocabulary.Pieces, table.TargetWords, $"The target pieces of {path} are not those of {First.Path}", Advice);
        LoadedModel.RequireSame(First.Source.Vocabulary.Pieces, table.SourceWords, $"The source pieces of {path} are not those of {First.Path}", Advice);
        int unknown = First.Target.Vocabulary.UnknownId;
        return new OutputShortlist(table)
        {
            Always = unknown >= 0 ? [unknown] : [],
            Copies = First.Configuration.Vocabulary.Joint,
            Exactness = exactness,
        };
    }
}
