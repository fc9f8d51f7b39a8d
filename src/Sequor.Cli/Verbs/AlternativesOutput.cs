using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>The ways in which each translation may go on at a position, instead of the translations.</summary>
internal sealed class AlternativesOutput
{
    private static readonly string[] IdleOptions = ["--nbest", "--alignments", "--soft-alignments", "--attention-svg", "--glossary-report"];

    private const string Bar = " ||| ";

    private readonly Option<int?> _count = new("--alternatives") { HelpName = "N", Description = "For each line the N likeliest next words, as 'line ||| word ||| probability ||| best output with it ||| score'; behind its prefix, or at --at; else at the beginning." };
    private readonly Option<int?> _at = new("--at") { HelpName = "N", Description = "With --alternatives: which word of the best output is asked about, from 1." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_count);
        verb.Options.Add(_at);
    }

    /// <summary>Whether alternatives are asked for.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="hasPrefixes">Whether prefixes are given.</param>
    /// <exception cref="UsageException">The options contradict each other or are out of range; every fault is named.</exception>
    public bool AreAskedFor(ParseResult given, bool hasPrefixes)
    {
        (int? count, int? at) = (given.GetValue(_count), given.GetValue(_at));
        List<string> faults = [];
        if (count is < 1)
            faults.Add($"--alternatives is {count}, but must be 1 or more.");
        if (at is < 1)
            faults.Add($"--at is {at}, but must be 1 (the first word) or more.");
        if (at is not null && count is null)
            faults.Add("--at has no effect without --alternatives.");
        if (at is not null && hasPrefixes)
            faults.Add("--at and --prefix-file both say where the alternatives begin: leave one out.");
        if (count is not null)
        {
            faults.AddRange(IdleOptions.Where(name => given.GetResult(name) is OptionResult { Implicit: false })
                .Select(name => $"{name} has no effect with --alternatives, which tell words, probabilities and texts: leave it out."));
        }

        UsageException.ThrowIfAny(faults);
        return count is not null;
    }

    /// <summary>The alternatives of one line, a line of text or JSON each.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="translator">Who translates.</param>
    /// <param name="search">How whole outputs are looked for.</param>
    /// <param name="text">The line.</param>
    /// <param name="request">What is asked of the line's output; null for nothing.</param>
    /// <param name="index">The line's number, from 0.</param>
    /// <param name="json">Whether JSON is wanted.</param>
    /// <param name="stop">Looked at between steps.</param>
    public IEnumerable<string> Lines(ParseResult given, Translator translator, SearchOptions search, string text, DecodingRequest? request, long index, bool json, CancellationToken stop)
    {
        search = request is null ? search : search with { Constraints = [.. search.Constraints, .. request.Constraints] };
        string prefix = given.GetValue(_at) is { } position
            ? Before(position, translator.Generate([text], search, firstNumber: index, cancellation: stop)[0].Text) : request?.Prefix ?? "";
        foreach (Alternative one in Find(translator, search, text, prefix, given.GetValue(_count)!.Value, stop))
            yield return json ? Json(one, index) : Plain(one, index);
    }

    // A prefix that is too long, or a search that cannot go on from one, is the fault of who asked for it.
    private static IReadOnlyList<Alternative> Find(Translator translator, SearchOptions search, string text, string prefix, int count, CancellationToken stop)
    {
        try
        {
            return translator.Alternatives(text, prefix, count, search, stop);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static string Before(int position, string output) => string.Join(' ', output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(position - 1));

    private static string Plain(Alternative one, long index) => string.Join(
        Bar, index.ToString(CultureInfo.InvariantCulture), one.Word, Number(one.Probability), one.Output.Text, Number(one.Output.Hypothesis.Score));

    private static string Json(Alternative one, long index) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("word", one.Word);
        writer.WriteString("piece", one.Piece);
        writer.WriteNumber("probability", one.Probability);
        writer.WriteString("text", one.Output.Text);
        writer.WriteNumber("score", one.Output.Hypothesis.Score);
        writer.WriteEndObject();
    });

    private static string Number(double value) => value.ToString("F6", CultureInfo.InvariantCulture);
}
