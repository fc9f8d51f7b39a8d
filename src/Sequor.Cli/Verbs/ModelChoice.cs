using System.CommandLine;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>A model and the search over it, as the options say.</summary>
internal sealed class ModelChoice
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The directory of a trained model." };
    private readonly SearchOverrides _search = new();
    private readonly ThreadsOption _threads = new();
    private readonly ComputeTypeOption _computeType = new();
    private readonly EnsembleChoice _ensemble = new();

    /// <summary>Gives the argument and the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_model);
        _search.AddTo(verb);
        _ensemble.AddTo(verb, searches: true);
        _threads.AddTo(verb);
        _computeType.AddTo(verb);
    }

    /// <summary>Opens the model; what should be known of it goes to standard error.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Where warnings go.</param>
    /// <param name="needsAttention">Whether the search must record what it looked at.</param>
    /// <returns>The model, to be disposed, and the search.</returns>
    public (Translator Translator, SearchOptions Search) Open(ParseResult given, Terminal terminal, bool needsAttention)
    {
        _threads.Apply(given);
        string path = given.GetValue(_model)!;
        RequireModel(path);
        SequorConfiguration configuration = SequorConfiguration.Load(Path.Combine(path, ModelDirectory.ConfigurationFile));
        if (configuration.Data.IsLanguageModel)
            throw new InputException($"{path} is a language model: it was trained without sources and translates nothing. Name a model that was trained on pairs.");
        DecodingConfiguration chosen = _search.Over(given, configuration.Decoding);
        EnsembleOptions together = _ensemble.Of(given) with { Lexicon = _search.Lexicon(given, chosen) };
        Translator Load() => Translator.Load([path, .. _ensemble.Others(given)], together, decoding: chosen, computeType: _computeType.Of(given));
        Translator translator = together.Lexicon is null ? Load() : UsageException.Guard(Load);
        if (!translator.HasAttention && NeedingAttention(chosen).ToArray() is { Length: > 0 } faults)
        {
            translator.Dispose();
            UsageException.ThrowIfAny(faults);
        }

        foreach (string warning in translator.Warnings)
            terminal.Errors.WriteLine(warning);
        return (translator, chosen.ToSearchOptions() with { RecordAttention = needsAttention });
    }

    private static IEnumerable<string> NeedingAttention(DecodingConfiguration chosen)
    {
        if (chosen.CoveragePenalty > 0)
            yield return "--coverage-penalty needs a model with attention, and this one has none: leave it out.";
        if (chosen.ReplaceUnknown)
            yield return "--replace-unknown needs a model with attention, which says what to put in place of an unknown piece; this one has none: leave it out.";
    }

    /// <summary>Says what is to be said when all is done.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Where it is said.</param>
    public void Finish(ParseResult given, Terminal terminal) => _ensemble.Report(given, terminal);

    /// <summary>What the model is called beside others: the name of its directory.</summary>
    /// <param name="given">The arguments.</param>
    public string NameOf(ParseResult given) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(given.GetValue(_model)!)));

    /// <summary>Makes sure that a directory holds a model.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="InputException">It does not.</exception>
    public static void RequireModel(string path)
    {
        if (File.Exists(path))
            throw new InputException($"{path} is a file; a model is a directory. Name the directory that 'sequor train' wrote.");
        if (!Directory.Exists(path))
            throw new InputException($"There is no model directory {path}. Check the path; relative ones start at {Environment.CurrentDirectory}.");
        if (!ModelDirectory.HoldsModel(path))
            throw new InputException($"The directory {path} holds no model: {ModelDirectory.ConfigurationFile} is missing.");
    }
}
