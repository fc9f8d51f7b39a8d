using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Constraints.Grammars;

namespace Sequor.Cli.Verbs;

/// <summary>The options that say what outputs must hold, must not hold, or may be.</summary>
internal sealed class ConstraintOptions
{
    private readonly Option<string?> _prefixes = new("--prefix-file", "--target-prefix") { HelpName = "FILE", Description = "For each line what its output must begin with; an empty line for nothing." };
    private readonly Option<string?> _constraints = new("--constraints") { HelpName = "FILE", Description = "For each line what its output must hold: phrases parted by tabs ('a|b' for one of several), or JSON {\"constraints\":[…],\"avoid\":[…]}." };
    private readonly Option<string?> _glossary = new("--glossary") { HelpName = "FILE", Description = "Terms and how they must be translated: 'term<tab>translation', or JSON {\"term\":\"translation\"}." };
    private readonly Option<bool> _ignoreCase = new("--glossary-ignore-case") { Description = "Find the glossary's terms in any case." };
    private readonly Option<string?> _glossaryReport = new("--glossary-report") { HelpName = "FILE", Description = "Write for each term how often it stood in the input and how often its translation was written." };
    private readonly Option<string[]> _force = new("--force") { HelpName = "WORDS", Description = "Words that every output must hold; 'a|b' for one of several. May be given several times." };
    private readonly Option<string[]> _ban = new("--ban") { HelpName = "WORDS", Description = "Words that no output may hold. May be given several times." };
    private readonly Option<string?> _banFile = new("--ban-file") { HelpName = "FILE", Description = "Words that no output may hold, a line each." };
    private readonly Option<string?> _grammar = new("--grammar") { HelpName = "FILE", Description = "Outputs must be texts of this grammar: rules 'root ::= \"yes\" | \"no\"'." };
    private readonly Option<string?> _allowed = new("--allowed") { HelpName = "FILE", Description = "Every output must be one of these lines." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        Option[] options = [_prefixes, _constraints, _glossary, _ignoreCase, _glossaryReport, _force, _ban, _banFile, _grammar, _allowed];
        Array.ForEach(options, verb.Options.Add);
    }

    /// <summary>The search with what is asked of every output.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose files are meant.</param>
    /// <param name="search">The search without it.</param>
    /// <exception cref="UsageException">The search cannot hold what is asked, or an option is empty.</exception>
    /// <exception cref="InputException">A file is not there.</exception>
    public SearchOptions Over(ParseResult given, Terminal terminal, SearchOptions search)
    {
        List<string> faults = [];
        if (given.GetValue(_glossary) is null && (given.GetValue(_ignoreCase) || given.GetValue(_glossaryReport) is not null))
            faults.Add("--glossary-ignore-case and --glossary-report have no effect without --glossary.");
        string[] needy = [.. ((Option[])[_force, _constraints, _glossary]).Where(option => given.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (search is not BeamSearchOptions && needy.Length > 0)
            faults.Add($"{string.Join(", ", needy)}: words that must be written take a beam, which tries several places for them. Search with a beam.");
        string[] force = given.GetValue(_force) ?? [];
        faults.AddRange(force.Where(words => Alternatives.Parse(words) is null).Select(words => $"--force '{words}': a phrase is empty."));
        faults.AddRange((given.GetValue(_ban) ?? []).Where(string.IsNullOrWhiteSpace).Select(_ => "--ban: the words are empty."));
        UsageException.ThrowIfAny(faults);

        List<OutputConstraint> all = [.. force.Select(words => new RequiredPhrase(Alternatives.Parse(words)!))];
        string[] banned = [.. given.GetValue(_ban) ?? [], .. LinesOf(given.GetValue(_banFile), terminal)];
        if (banned.Length > 0)
            all.Add(new BannedPhrases(banned));
        if (given.GetValue(_grammar) is { } grammar)
            all.Add(new AllowedGrammar(Grammar.Parse(string.Join('\n', LineSource.ReadAll(grammar, terminal)), grammar)));
        if (given.GetValue(_allowed) is { } allowed)
            all.Add(new AllowedOutputs(LinesOf(allowed, terminal) is { Length: > 0 } lines ? lines : throw new InputException($"{allowed} is empty; every output must be one of its lines.")));
        return all.Count == 0 ? search : search with { Constraints = [.. search.Constraints, .. all] };
    }

    /// <summary>Opens what is asked of single outputs.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose files are meant.</param>
    public LineRequests OpenLines(ParseResult given, Terminal terminal)
    {
        Glossary? glossary = given.GetValue(_glossary) is { } path
            ? Glossary.Parse(string.Join('\n', LineSource.ReadAll(path, terminal)), path, given.GetValue(_ignoreCase))
            : null;
        return new LineRequests(Open(given.GetValue(_prefixes), terminal), Open(given.GetValue(_constraints), terminal), glossary, given.GetValue(_glossaryReport));
    }

    private static LineSource? Open(string? path, Terminal terminal) => path is null ? null : LineSource.Open(path, terminal);

    private static string[] LinesOf(string? path, Terminal terminal) =>
        path is null ? [] : [.. LineSource.ReadAll(path, terminal).Where(line => !string.IsNullOrWhiteSpace(line))];
}
