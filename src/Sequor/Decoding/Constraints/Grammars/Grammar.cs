using System.Globalization;

namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>
/// A set of texts in the notation of llama.cpp's GBNF: rules <c>name ::= …</c> over "texts", [sets] and names of rules, with <c>|</c>, parentheses, <c>* + ? {1,3}</c> and
/// comments behind <c>#</c>. The texts are those of the rule <c>root</c>. No rule may refer to itself, so that the grammar is a regular expression with names.
/// </summary>
public sealed class Grammar
{
    private const string Root = "root";
    private const int MostStates = 1_000_000;

    private readonly Dictionary<string, GrammarExpression> _rules;
    private readonly NondeterministicAutomaton _states = new();
    private readonly List<string> _open = [];

    private Grammar(string text, string name)
    {
        Name = name;
        _rules = GrammarParser.Parse(text, name);
        if (!_rules.ContainsKey(Root))
        {
            throw new InvalidDataException($"The grammar {name} has no rule '{Root}', which stands for the whole output. Name the first rule so.");
        }

        int start = _states.Add();
        int end = Build(new RuleReference(Root, default), start);
        Automaton = _states.Determinize(start, end) ?? throw TooLarge();
    }

    /// <summary>What the grammar is called.</summary>
    public string Name { get; }

    /// <summary>The grammar as an automaton.</summary>
    internal ByteAutomaton Automaton { get; }

    /// <summary>Reads a grammar.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">What it is called in a fault.</param>
    /// <exception cref="InvalidDataException">The text is no grammar, or one that refers to itself; line and column are named.</exception>
    public static Grammar Parse(string text, string name = "grammar")
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Grammar(text, name);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <exception cref="InvalidDataException">The text is no grammar, or one that refers to itself; line and column are named.</exception>
    public static Grammar Load(string path) => new(File.ReadAllText(path), path);

    /// <summary>Adds the states that read an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="from">Where it begins.</param>
    /// <returns>Where it ends.</returns>
    private int Build(GrammarExpression expression, int from)
    {
        if (_states.Count > MostStates)
        {
            throw TooLarge();
        }

        switch (expression)
        {
            case CharacterSet set:
                int behind = _states.Add();
                foreach ((int low, int high) in set.Ranges)
                {
                    _states.Connect(from, behind, low, high);
                }

                return behind;
            case InSequence sequence:
                return sequence.Parts.Aggregate(from, (state, part) => Build(part, state));
            case OneOf choice:
                int end = _states.Add();
                foreach (GrammarExpression part in choice.Parts)
                {
                    int start = _states.Add();
                    _states.Connect(from, start);
                    _states.Connect(Build(part, start), end);
                }

                return end;
            case Repeated repeated:
                return BuildRepeated(repeated, from);
            default:
                return BuildRule((RuleReference)expression, from);
        }
    }

    private int BuildRepeated(Repeated repeated, int from)
    {
        int state = from;
        for (int i = 0; i < repeated.Fewest; i++)
        {
            state = Build(repeated.Part, state);
        }

        int end = _states.Add();
        if (repeated.Most is not { } most)
        {
            int again = _states.Add();
            _states.Connect(state, again);
            _states.Connect(Build(repeated.Part, again), again);
            _states.Connect(again, end);
            return end;
        }

        for (int i = repeated.Fewest; i < most; i++)
        {
            _states.Connect(state, end);
            state = Build(repeated.Part, state);
        }

        _states.Connect(state, end);
        return end;
    }

    private int BuildRule(RuleReference reference, int from)
    {
        if (!_rules.TryGetValue(reference.Rule, out GrammarExpression? rule))
        {
            throw Fault(reference.Place, $"there is no rule '{reference.Rule}'");
        }

        if (_open.Contains(reference.Rule))
        {
            throw Fault(reference.Place, $"the rule '{reference.Rule}' refers to itself ({string.Join(" > ", [.. _open, reference.Rule])}); only '*', '+' and '{{m,n}}' may repeat");
        }

        _open.Add(reference.Rule);
        int start = _states.Add();
        _states.Connect(from, start);
        int end = Build(rule, start);
        _open.RemoveAt(_open.Count - 1);
        return end;
    }

    private InvalidDataException Fault(GrammarPlace place, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name}, line {place.Line}, column {place.Column}: {problem}."));

    private InvalidDataException TooLarge() => new($"The grammar {Name} is too large to be followed. Make its repeats smaller.");
}
