using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Scoring;

namespace Sequor.Cli.Verbs;

/// <summary>The options by which metrics are chosen, the same for every verb that scores.</summary>
/// <param name="usual">The metrics where none is named, between commas.</param>
internal sealed class MetricChoice(string usual)
{
    private readonly Option<string> _metrics = new("--metrics", "-m")
    {
        HelpName = "NAMES",
        Description = $"Names between commas, of {string.Join(", ", MetricSet.KnownKeys)}. Default: {usual}.",
        DefaultValueFactory = _ => usual,
    };

    private readonly Option<string> _tokenizer = new("--tokenize", "-tok")
    {
        HelpName = "NAME",
        Description = $"How BLEU cuts words: {string.Join(", ", BleuTokenizers.Names)}. Default: 13a.",
        DefaultValueFactory = _ => "13a",
    };

    private readonly Option<bool> _lowercase = new("--lowercase", "-lc") { Description = "Ignore case." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_metrics);
        verb.Options.Add(_tokenizer);
        verb.Options.Add(_lowercase);
    }

    /// <summary>The metrics that were chosen.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">A metric or a tokenizer is unknown.</exception>
    public MetricSet Of(ParseResult given) => UsageException.Guard(() => MetricSet.Parse(given.GetValue(_metrics)!, OptionsOf(given)));

    /// <summary>The settings that were chosen for all metrics.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">The tokenizer is unknown.</exception>
    public MetricOptions OptionsOf(ParseResult given) => UsageException.Guard(() =>
        MetricOptions.For(BleuTokenizers.Parse(given.GetValue(_tokenizer)!), given.GetValue(_lowercase)));
}
