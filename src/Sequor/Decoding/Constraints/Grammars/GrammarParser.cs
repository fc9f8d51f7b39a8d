using System.Globalization;
using System.Text;

namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>Reads a grammar's text. Rules begin where a name stands before <c>::=</c>, so that lines may be broken anywhere.</summary>
internal sealed class GrammarParser
{
    private const int MostRepeats = 1000;

    private readonly GrammarReader _text;

    private GrammarParser(GrammarReader text) => _text = text;

    /// <summary>The rules of a grammar.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">What it is called in a fault.</param>
    /// <exception cref="InvalidDataException">The text is no grammar; line and column are named.</exception>
    internal static Dictionary<string, GrammarExpression> Parse(string text, string name)
    {
        var parser = new GrammarParser(new GrammarReader(text, name));
        var rules = new Dictionary<string, GrammarExpression>(StringComparer.Ordinal);
        parser._text.SkipSpace();
        while (!parser._text.IsAtEnd)
        {
            GrammarPlace place = parser._text.Place;
            string rule = parser._text.Name() ?? throw parser._text.Fault(place, "a rule must begin here, as in: root ::= \"yes\" | \"no\"");
            parser._text.SkipSpace();
            if (!parser._text.Take("::="))
            {
                throw parser._text.Fault(parser._text.Place, $"'::=' must follow the name '{rule}' of a rule");
            }

            if (!rules.TryAdd(rule, parser.Choice()))
            {
                throw parser._text.Fault(place, $"the rule '{rule}' stands here a second time; put its alternatives into one rule with '|'");
            }
        }

        return rules;
    }

    private GrammarExpression Choice()
    {
        var parts = new List<GrammarExpression>();
        do
        {
            parts.Add(Sequence());
        }
        while (_text.Take("|"));
        return parts.Count == 1 ? parts[0] : new OneOf(parts);
    }

    private InSequence Sequence()
    {
        var parts = new List<GrammarExpression>();
        while (true)
        {
            _text.SkipSpace();
            if (_text.IsAtEnd || _text.Peek is '|' or ')' || _text.IsAtRule)
            {
                return new InSequence(parts);
            }

            parts.Add(Repeats(Part()));
        }
    }

    private GrammarExpression Part()
    {
        GrammarPlace place = _text.Place;
        switch (_text.Peek)
        {
            case '"':
                return Literal(place);
            case '[':
                return Set(place);
            case '.':
                _text.Skip();
                return new CharacterSet([(0, 0x10FFFF)]);
            case '(':
                _text.Skip();
                GrammarExpression inner = Choice();
                return _text.Take(")") ? inner : throw _text.Fault(place, "this '(' has no ')'");
            default:
                return _text.Name() is { } rule
                    ? new RuleReference(rule, place)
                    : throw _text.Fault(place, $"'{new Rune(_text.Peek)}' stands where a \"text\", a [set], '.', '(' or the name of a rule must");
        }
    }

    private GrammarExpression Repeats(GrammarExpression part)
    {
        _text.SkipSpace();
        GrammarPlace place = _text.Place;
        if (_text.Take("*"))
        {
            return new Repeated(part, 0, null);
        }

        if (_text.Take("+"))
        {
            return new Repeated(part, 1, null);
        }

        if (_text.Take("?"))
        {
            return new Repeated(part, 0, 1);
        }

        if (!_text.Take("{"))
        {
            return part;
        }

        int fewest = _text.Number() ?? throw _text.Fault(_text.Place, "a number must stand here, as in {2} or {1,3}");
        int? most = _text.Take(",") ? _text.Number() : fewest;
        return !_text.Take("}") ? throw _text.Fault(_text.Place, "'}' must stand here")
            : most < fewest || fewest > MostRepeats || most > MostRepeats
                ? throw _text.Fault(place, string.Create(CultureInfo.InvariantCulture, $"the numbers must rise and be {MostRepeats} or less"))
                : new Repeated(part, fewest, most);
    }

    private InSequence Literal(GrammarPlace place)
    {
        _text.Skip();
        var characters = new List<GrammarExpression>();
        while (!_text.Take("\""))
        {
            int character = Character(place, "this text has no closing '\"' on its line");
            characters.Add(new CharacterSet([(character, character)]));
        }

        return new InSequence(characters);
    }

    private CharacterSet Set(GrammarPlace place)
    {
        const string NotClosed = "this '[' has no ']' on its line";
        _text.Skip();
        bool isInverse = _text.Take("^");
        var ranges = new List<(int Low, int High)>();
        while (!_text.Take("]"))
        {
            GrammarPlace at = _text.Place;
            int low = Character(place, NotClosed);
            int high = _text.IsRange && _text.Take("-") ? Character(place, NotClosed) : low;
            ranges.Add(low <= high ? (low, high) : throw _text.Fault(at, "the range ends before it begins"));
        }

        return ranges.Count == 0 && !isInverse
            ? throw _text.Fault(place, "this set is empty: nothing could be written")
            : new CharacterSet(isInverse ? Others(ranges) : ranges);
    }

    private static List<(int Low, int High)> Others(List<(int Low, int High)> ranges)
    {
        var others = new List<(int, int)>();
        int next = 0;
        foreach ((int low, int high) in ranges.Order())
        {
            if (low > next)
            {
                others.Add((next, low - 1));
            }

            next = Math.Max(next, high + 1);
        }

        if (next <= 0x10FFFF)
        {
            others.Add((next, 0x10FFFF));
        }

        return others;
    }

    private int Character(GrammarPlace opening, string notClosed)
    {
        if (_text.IsAtEnd || _text.Peek == '\n')
        {
            throw _text.Fault(opening, notClosed);
        }

        GrammarPlace place = _text.Place;
        int character = _text.Skip();
        if (character != '\\')
        {
            return character;
        }

        return (_text.IsAtEnd ? 0 : _text.Skip()) switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'x' => _text.Hexadecimal(2, place),
            'u' => _text.Hexadecimal(4, place),
            'U' => _text.Hexadecimal(8, place),
            int sign and ('"' or '\\' or '[' or ']' or '-' or '^') => sign,
            _ => throw _text.Fault(place, "after '\\' stands n, r, t, \", \\, [, ], -, ^, x and 2, u and 4 or U and 8 hexadecimal digits"),
        };
    }
}
