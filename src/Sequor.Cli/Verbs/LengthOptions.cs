using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Scoring;
using Sequor.Training.Reports;

namespace Sequor.Cli.Verbs;

/// <summary>The options of scores by the length of the source.</summary>
internal sealed class LengthOptions
{
    private const string Metrics = "bleu,chrf";

    private readonly Option<bool> _byLength = new("--by-length") { Description = "Add BLEU and chrF by the length of the source, in words." };

    private readonly Option<string?> _bounds = new("--bounds")
    {
        HelpName = "NUMBERS",
        Description = "With --by-length: the longest source of each bucket, in words. Default: 10,20,30,40,50,60; what is longer comes last.",
    };

    private readonly Option<string?> _svg = new("--svg") { HelpName = "FILE", Description = "With --by-length: draw BLEU by length into this file." };

    private readonly Option<string[]> _others = new("--hyp", "--hypotheses")
    {
        HelpName = "NAME=FILE",
        Description = "With --by-length: the lines of another system, to be compared. May be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_byLength);
        verb.Options.Add(_bounds);
        verb.Options.Add(_svg);
        verb.Options.Add(_others);
    }

    /// <summary>Reads what the options name, before any work is done; null where scores by length are not asked for.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose input is meant.</param>
    /// <param name="scoring">The metrics' settings.</param>
    /// <param name="sourcePath">The file of the sources.</param>
    /// <param name="sources">The sources.</param>
    /// <exception cref="UsageException">An option is without --by-length, or is malformed.</exception>
    /// <exception cref="InputException">A file has another number of lines than there are sources.</exception>
    public LengthScoring? Open(ParseResult given, Terminal terminal, MetricOptions scoring, string sourcePath, IReadOnlyList<string> sources)
    {
        string[] others = given.GetValue(_others) ?? [];
        string? svg = given.GetValue(_svg);
        if (!given.GetValue(_byLength))
        {
            string[] idle = [.. new[] { (_bounds.Name, given.GetValue(_bounds) is not null), (_svg.Name, svg is not null), (_others.Name, others.Length > 0) }
                .Where(option => option.Item2).Select(option => $"{option.Item1} has no effect without --by-length.")];
            UsageException.ThrowIfAny(idle);
            return null;
        }

        (string Name, string Path)[] named = [.. others.Select(Named)];
        (string Name, IReadOnlyList<string> Lines)[] systems = [.. named.Select(one => (one.Name, LineSource.ReadAll(one.Path, terminal)))];
        LineCounts.RequireEqual(sourcePath, sources.Count, named.Zip(systems, (one, system) => (one.Path, system.Lines.Count)));
        return new LengthScoring(MetricSet.Parse(Metrics, scoring), sources, Bounds(given.GetValue(_bounds)), systems, svg);
    }

    private static (string Name, string Path) Named(string value) =>
        value.IndexOf('=', StringComparison.Ordinal) is var place and > 0 ? (value[..place], value[(place + 1)..]) : (Path.GetFileName(value), value);

    private static IReadOnlyList<int> Bounds(string? text)
    {
        if (text is null)
            return LengthBuckets.DefaultBounds;
        List<int> bounds = [];
        foreach (string field in text.Split(','))
        {
            if (!int.TryParse(field.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int bound) || bound <= (bounds.Count > 0 ? bounds[^1] : 0))
                throw new UsageException($"--bounds is '{text}', but must be rising numbers of words from 1 on, such as 10,20,30.");
            bounds.Add(bound);
        }

        return bounds;
    }
}

/// <summary>Everything that scores by length need but the translations themselves.</summary>
/// <param name="Metrics">BLEU and chrF.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Bounds">The longest source of each bucket.</param>
/// <param name="Others">Other systems with their lines.</param>
/// <param name="SvgPath">Where the figure goes; null for nowhere.</param>
internal sealed record LengthScoring(
    MetricSet Metrics, IReadOnlyList<string> Sources, IReadOnlyList<int> Bounds, IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> Others, string? SvgPath)
{
    /// <summary>Scores every system and draws the figure where one is asked for.</summary>
    /// <param name="name">What the system at hand is called.</param>
    /// <param name="translations">Its lines.</param>
    /// <param name="references">The correct lines.</param>
    /// <param name="terminal">Where a figure without a file goes.</param>
    public LengthReport Score(string name, IReadOnlyList<string> translations, IReadOnlyList<IReadOnlyList<string>> references, Terminal terminal)
    {
        LengthCurves curves = new([.. Others.Prepend((name, translations)).Select(system =>
            (system.Item1, LengthBuckets.Score(Metrics, Sources, system.Item2, references, Bounds)))]);
        if (SvgPath is not null)
        {
            using LineSink sink = LineSink.Open(SvgPath, terminal);
            curves.WriteSvg(sink.Writer);
        }

        return new LengthReport(curves);
    }
}
