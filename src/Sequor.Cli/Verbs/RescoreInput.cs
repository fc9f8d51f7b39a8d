using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Verbs;

/// <summary>What is rescored: pairs of two files, pairs of one, or an n-best list.</summary>
internal sealed class RescoreInput
{
    private const int WindowLines = 1000;

    private readonly Option<string?> _source = new("--source", "--src", "-s") { HelpName = "FILE", Description = "The sources, one a line." };
    private readonly Option<string?> _target = new("--target", "--tgt", "--hyp", "-t") { HelpName = "FILE", Description = "An output for each line of --source." };
    private readonly Option<string?> _nBest = new("--nbest", "--n-best") { HelpName = "FILE", Description = "An n-best list, 'i ||| hypothesis ||| features ||| score', of the lines of --source; '-' for standard input." };
    private readonly Option<string?> _pairs = new("--input", "-i") { HelpName = "FILE", Description = "Source and output in a line, parted by a tab. Default: standard input." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_source, _target, _nBest, _pairs])
            verb.Options.Add(option);
    }

    /// <summary>The file that is read, which must not be written.</summary>
    /// <param name="given">The arguments.</param>
    public string? Path(ParseResult given) => given.GetValue(_nBest) ?? given.GetValue(_target) ?? given.GetValue(_pairs);

    /// <summary>Whether an n-best list is rescored.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">The options contradict each other; every fault is named.</exception>
    public bool IsNBest(ParseResult given)
    {
        (bool source, bool target, bool list, bool pairs) =
            (given.GetValue(_source) is not null, given.GetValue(_target) is not null, given.GetValue(_nBest) is not null, given.GetValue(_pairs) is not null);
        List<string> faults = [];
        if (list && !source)
            faults.Add("--nbest says nothing of the sources: name their file with --source.");
        if (list && target)
            faults.Add("--nbest and --target both give outputs: leave one out.");
        if (target && !source)
            faults.Add("--target is scored against sources: name their file with --source, or give both in one file with a tab between them.");
        if (source && !target && !list)
            faults.Add("--source needs outputs: name their file with --target or --nbest.");
        if (pairs && (source || target || list))
            faults.Add("--input holds sources and outputs: leave out --source, --target and --nbest.");
        UsageException.ThrowIfAny(faults);
        return list;
    }

    /// <summary>The pairs, some at a time.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose input is meant.</param>
    /// <exception cref="InputException">A line is no pair, or the files have not as many lines.</exception>
    public IEnumerable<IReadOnlyList<(string Source, string Target)>> Pairs(ParseResult given, Terminal terminal)
    {
        if (given.GetValue(_source) is not { } sourcePath)
        {
            using LineSource lines = LineSource.Open(given.GetValue(_pairs), terminal);
            while (lines.ReadWindow(WindowLines) is { Count: > 0 } window)
                yield return [.. window.Select((line, i) => Cut(line, lines.Name, lines.Line - window.Count + i + 1))];
            yield break;
        }

        using LineSource sources = LineSource.Open(sourcePath, terminal);
        using LineSource targets = LineSource.Open(given.GetValue(_target), terminal);
        while (true)
        {
            string[] left = [.. sources.Rest().Take(WindowLines)];
            string[] right = [.. targets.Rest().Take(WindowLines)];
            if (left.Length != right.Length)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(left.Length < right.Length ? sources : targets).Name} ends after {Math.Min(sources.Line, targets.Line)} lines, but {(left.Length < right.Length ? targets : sources).Name} goes on. They must have as many lines."));
            }

            if (left.Length == 0)
                yield break;
            yield return [.. left.Zip(right)];
        }
    }

    /// <summary>The n-best lists, some whole ones at a time, each entry with its source.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose input is meant.</param>
    /// <exception cref="InputException">A line is not of an n-best list, or there is no such source.</exception>
    public IEnumerable<IReadOnlyList<(NBestEntry Entry, string Source, string Where)>> Lists(ParseResult given, Terminal terminal)
    {
        string sourcePath = given.GetValue(_source)!;
        IReadOnlyList<string> sources = LineSource.ReadAll(sourcePath, terminal);
        using LineSource lines = LineSource.Open(given.GetValue(_nBest), terminal);
        List<(NBestEntry Entry, string Source, string Where)> window = [];
        foreach (string line in lines.Rest())
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"Line {lines.Line} of {lines.Name}");
            NBestEntry entry = NBestEntry.Parse(line, where);
            if (entry.Index >= sources.Count)
                throw new InputException($"{where} is an output of source line {entry.Index} (from 0), but {sourcePath} has {sources.Count} lines.");
            if (window.Count >= WindowLines && window[^1].Entry.Index != entry.Index)
            {
                yield return window;
                window = [];
            }

            window.Add((entry, sources[entry.Index], where));
        }

        if (window.Count > 0)
            yield return window;
    }

    private static (string, string) Cut(string line, string name, long number) => line.Split('\t') is [var source, var target]
        ? (source, target)
        : throw new InputException(string.Create(
            CultureInfo.InvariantCulture, $"Line {number} of {name} is no pair: it must be a source and an output with one tab between them. Two files are given with --source and --target."));
}
