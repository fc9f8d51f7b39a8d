using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Cli.Verbs;

/// <summary>What is asked of single outputs, and what became of it.</summary>
/// <param name="prefixes">Prefixes, a line each; null for none.</param>
/// <param name="constraints">Constraints, a line each; null for none.</param>
/// <param name="glossary">Terms of sources; null for none.</param>
/// <param name="reportPath">Where the glossary's report goes; null for nowhere.</param>
internal sealed class LineRequests(LineSource? prefixes, LineSource? constraints, Glossary? glossary, string? reportPath) : IDisposable
{
    private readonly SortedDictionary<string, (int Found, int Written)> _terms = new(StringComparer.Ordinal);
    private long _asked;
    private long _met;
    private long _linesWithout;

    /// <summary>Whether prefixes are given.</summary>
    public bool HavePrefixes => prefixes is not null;

    /// <summary>What the next lines ask for; null for nothing.</summary>
    /// <param name="window">The lines.</param>
    /// <param name="name">What their source is called.</param>
    /// <param name="read">Lines read of it, these included.</param>
    /// <exception cref="InputException">A file has fewer lines.</exception>
    public IReadOnlyList<DecodingRequest>? For(IReadOnlyList<string> window, string name, long read)
    {
        if (prefixes is null && constraints is null && glossary is null)
            return null;
        long first = constraints?.Line + 1 ?? 0;
        string[] begun = Next(prefixes, window.Count, name, read, "prefix");
        string[] asked = Next(constraints, window.Count, name, read, "list of constraints");
        return [.. window.Select((text, i) =>
        {
            DecodingRequest request = constraints is null ? DecodingRequest.None : RequestLine.Parse(asked[i], constraints.Name, first + i);
            return request with
            {
                Prefix = prefixes is null ? request.Prefix : begun[i],
                Constraints = [.. request.Constraints, .. glossary?.Match(text) ?? []],
            };
        })];
    }

    /// <summary>Generates outputs; a constraint that cannot be held is the fault of who asked for it.</summary>
    /// <param name="translator">The model.</param>
    /// <param name="search">How outputs are looked for.</param>
    /// <param name="window">The lines.</param>
    /// <param name="requests">What each asks for; null for nothing.</param>
    /// <param name="done">Lines before them.</param>
    /// <param name="stop">Looked at between steps.</param>
    /// <exception cref="InputException">A constraint cannot be held.</exception>
    public static IReadOnlyList<GeneratedText> Generate(
        Translator translator, SearchOptions search, IReadOnlyList<string> window, IReadOnlyList<DecodingRequest>? requests, long done, CancellationToken stop)
    {
        try
        {
            return translator.Generate(window, search, requests, done, stop);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    /// <summary>Takes note of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="terminal">Where unmet constraints are told.</param>
    public void Note(GeneratedText output, long line, Terminal terminal)
    {
        if (output.Hypotheses is not [var best, ..])
            return;
        bool isWhole = true;
        foreach (ConstraintOutcome outcome in best.Hypothesis.Constraints)
        {
            _asked++;
            _met += outcome.IsMet ? 1 : 0;
            isWhole &= outcome.IsMet;
            if (!outcome.IsMet)
                terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {line}: {outcome.Reason}"));
            if (outcome.Constraint is RequiredPhrase { SourceTerm: { } term } phrase)
            {
                string key = $"{term}\t{string.Join('|', phrase.Alternatives)}";
                (int found, int written) = _terms.GetValueOrDefault(key);
                _terms[key] = (found + 1, written + (outcome.IsMet ? 1 : 0));
            }
        }

        _linesWithout += isWhole ? 0 : 1;
    }

    /// <summary>Tells how many constraints were met, and writes the glossary's report.</summary>
    /// <param name="terminal">Whose files and messages are meant.</param>
    /// <param name="isAtEnd">Whether the input was read to its end, so that these files should be at theirs.</param>
    public void Tell(Terminal terminal, bool isAtEnd = true)
    {
        if (_met < _asked)
            terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_met:N0} of {_asked:N0} constraints are met; {_linesWithout:N0} lines miss one or more."));
        foreach (LineSource? lines in (LineSource?[])[prefixes, constraints])
        {
            if (isAtEnd && lines?.Rest().Any() == true)
                terminal.Errors.WriteLine($"{lines.Name} has more lines than the input; those behind its end asked for nothing. Are both files of the same lines?");
        }

        if (reportPath is null)
            return;
        using LineSink report = LineSink.Open(reportPath, terminal);
        report.WriteLine("term\ttranslation\tfound\twritten");
        foreach ((string term, (int found, int written)) in _terms)
            report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term}\t{found}\t{written}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        prefixes?.Dispose();
        constraints?.Dispose();
    }

    private static string[] Next(LineSource? lines, int count, string name, long read, string what)
    {
        if (lines is null)
            return [];
        string[] next = [.. lines.Rest().Take(count)];
        return next.Length == count ? next : throw new InputException(string.Create(
            CultureInfo.InvariantCulture, $"{lines.Name} has {lines.Line} lines, but {name} has {read} or more. It must have one {what} for each line."));
    }
}
