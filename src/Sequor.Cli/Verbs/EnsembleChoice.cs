using System.CommandLine;
using System.Globalization;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>Models that translate together with the first, and what stands beside them.</summary>
internal sealed class EnsembleChoice
{
    private readonly Option<string[]> _others = new("--ensemble") { HelpName = "MODEL", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true, Description = "More models of the same vocabularies that translate together with MODEL." };
    private readonly Option<string?> _weights = new("--ensemble-weights") { HelpName = "X,Y", Description = "How much each model counts, MODEL first. Default: all alike." };
    private readonly Option<string?> _mode = new("--ensemble-mode") { HelpName = "NAME", Description = "linear (mean of probabilities, the default) or log-linear (mean of log-probabilities)." };
    private readonly Option<string?> _language = new("--lm") { HelpName = "FILE|DIR", Description = "A language model that has a say: n-grams in ARPA form, or a model directory." };
    private readonly Option<double?> _languageWeight = new("--lm-weight") { HelpName = "X", Description = "What its log-probabilities are multiplied by. Default: 0.2." };
    private readonly Option<string?> _shortlist = new("--shortlist") { HelpName = "FILE", Description = "Each line chooses among its likeliest pieces only; made by 'align --vocab MODEL --shortlist FILE'." };
    private readonly Option<bool> _report = new("--shortlist-report") { Description = "Say how often the best piece of all was not in the shortlist; slower." };

    private readonly ShortlistExactness _exactness = new();

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="searches">Whether the verb writes outputs: only then can a shortlist spare work.</param>
    public void AddTo(Command verb, bool searches)
    {
        foreach (Option option in (Option[])[_others, _weights, _mode, _language, _languageWeight])
            verb.Options.Add(option);
        if (!searches)
            return;
        verb.Options.Add(_shortlist);
        verb.Options.Add(_report);
    }

    /// <summary>The other models.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="InputException">One of them is no model.</exception>
    public IReadOnlyList<string> Others(ParseResult given)
    {
        string[] others = given.GetValue(_others) ?? [];
        Array.ForEach(others, ModelChoice.RequireModel);
        return others;
    }

    /// <summary>How they translate together.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">The options contradict each other or are out of range; every fault is named.</exception>
    public EnsembleOptions Of(ParseResult given)
    {
        int models = 1 + (given.GetValue(_others)?.Length ?? 0);
        UsageException.ThrowIfAny([.. Faults(given, models)]);
        string? language = given.GetValue(_language);
        if (language is not null && !Directory.Exists(language))
            InputFile.Require(language);
        if (given.GetValue(_shortlist) is { } shortlist)
            InputFile.Require(shortlist);
        return new EnsembleOptions
        {
            Weights = Weights(given) ?? [],
            Mode = given.GetValue(_mode) == "log-linear" ? EnsembleMode.LogLinear : EnsembleMode.Linear,
            LanguageModel = language,
            LanguageModelWeight = (float)(given.GetValue(_languageWeight) ?? new EnsembleOptions().LanguageModelWeight),
            Shortlist = given.GetValue(_shortlist),
            ShortlistExactness = given.GetValue(_report) ? _exactness : null,
        };
    }

    /// <summary>Says how exact the shortlist was, where that was asked for.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Where it is said.</param>
    public void Report(ParseResult given, Terminal terminal)
    {
        if (given.GetValue(_report))
        {
            terminal.Errors.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Shortlist: {_exactness.MeanSize:F0} pieces a line in the mean; of {_exactness.Steps:N0} steps that were looked at the best piece of all was outside in {_exactness.Outside:N0} ({100 * _exactness.OutsideShare:F2} %)."));
        }
    }

    private IEnumerable<string> Faults(ParseResult given, int models)
    {
        if (given.GetValue(_mode) is not (null or "linear" or "log-linear"))
            yield return $"--ensemble-mode is '{given.GetValue(_mode)}', but must be linear or log-linear.";
        else if (models == 1 && given.GetValue(_mode) is not null)
            yield return "--ensemble-mode has no effect without --ensemble.";
        if (given.GetValue(_weights) is { } text)
        {
            if (Weights(given) is not { } weights || weights.Any(weight => !(weight > 0) || !float.IsFinite(weight)))
                yield return $"--ensemble-weights is '{text}', but must be numbers above 0 parted by commas, such as 0.5,0.5.";
            else if (weights.Length != models)
                yield return $"--ensemble-weights has {weights.Length} numbers, but there are {models} models; one for each is needed.";
        }

        if (given.GetValue(_language) is null && given.GetValue(_languageWeight) is not null)
            yield return "--lm-weight has no effect without --lm.";
        if (given.GetValue(_languageWeight) is { } weight && !double.IsFinite(weight))
            yield return $"--lm-weight is {weight}, but must be a finite number.";
        if (given.GetValue(_shortlist) is null && given.GetValue(_report))
            yield return "--shortlist-report has no effect without --shortlist.";
    }

    private float[]? Weights(ParseResult given)
    {
        if (given.GetValue(_weights) is not { } text)
            return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        float[] weights = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out weights[i]))
                return null;
        }

        return weights;
    }
}
