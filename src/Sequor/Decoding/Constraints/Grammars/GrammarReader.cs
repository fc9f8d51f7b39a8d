using System.Globalization;
using System.Text;

namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>A grammar's text, character by character.</summary>
internal sealed class GrammarReader
{
    private readonly int[] _characters;
    private readonly string _name;
    private int _at;

    /// <summary>Begins with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in a fault.</param>
    internal GrammarReader(string text, string name)
    {
        _characters = [.. text.EnumerateRunes().Select(rune => rune.Value)];
        _name = name;
    }

    internal bool IsAtEnd => _at == _characters.Length;

    /// <summary>The next character.</summary>
    internal int Peek => _characters[_at];

    /// <summary>Whether a '-' and the end of a range follow.</summary>
    internal bool IsRange => _at + 1 < _characters.Length && _characters[_at] == '-' && _characters[_at + 1] != ']';

    /// <summary>Whether the next rule begins here.</summary>
    internal bool IsAtRule
    {
        get
        {
            int before = _at;
            bool isRule = Name() is not null && SkipSpace() && Take("::=");
            _at = before;
            return isRule;
        }
    }

    /// <summary>Where the next character stands.</summary>
    internal GrammarPlace Place
    {
        get
        {
            ReadOnlySpan<int> read = _characters.AsSpan(0, _at);
            return new GrammarPlace(read.Count((int)'\n') + 1, _at - read.LastIndexOf('\n'));
        }
    }

    /// <summary>Takes the next character.</summary>
    internal int Skip() => _characters[_at++];

    /// <summary>Takes white space and comments; always true.</summary>
    internal bool SkipSpace()
    {
        bool isComment = false;
        for (; !IsAtEnd && (isComment || Peek is ' ' or '\t' or '\r' or '\n' or '#'); _at++)
        {
            isComment = Peek == '#' || (isComment && Peek != '\n');
        }

        return true;
    }

    /// <summary>Takes some characters if they follow.</summary>
    internal bool Take(string characters)
    {
        for (int i = 0; i < characters.Length; i++)
        {
            if (_at + i >= _characters.Length || _characters[_at + i] != characters[i])
            {
                return false;
            }
        }

        _at += characters.Length;
        return true;
    }

    /// <summary>Takes the name of a rule: a letter, then letters, digits, '-' and '_'; null if none follows.</summary>
    internal string? Name()
    {
        int first = _at;
        while (!IsAtEnd && Peek < 0x80 && (char.IsAsciiLetter((char)Peek) || (_at > first && (char.IsAsciiDigit((char)Peek) || Peek is '-' or '_'))))
        {
            _at++;
        }

        return _at == first ? null : string.Concat(_characters[first.._at].Select(character => (char)character));
    }

    /// <summary>Takes a number of up to six digits; null if none follows.</summary>
    internal int? Number()
    {
        int first = _at;
        int number = 0;
        for (; !IsAtEnd && _at < first + 6 && Peek is >= '0' and <= '9'; _at++)
        {
            number = (10 * number) + Peek - '0';
        }

        return _at == first ? null : number;
    }

    /// <summary>Takes the number of a character.</summary>
    internal int Hexadecimal(int digits, GrammarPlace place)
    {
        long value = 0;
        for (int i = 0; i < digits; i++)
        {
            int digit = IsAtEnd || Peek > 'f' || !char.IsAsciiHexDigit((char)Peek) ? -1 : Convert.ToInt32(((char)Skip()).ToString(), 16);
            value = digit < 0 ? throw Fault(place, string.Create(CultureInfo.InvariantCulture, $"{digits} hexadecimal digits must follow here")) : (16 * value) + digit;
        }

        return Rune.IsValid((int)Math.Min(value, int.MaxValue)) ? (int)value : throw Fault(place, "there is no character of this number");
    }

    /// <summary>A fault of the text.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="problem">What is wrong.</param>
    internal InvalidDataException Fault(GrammarPlace place, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_name}, line {place.Line}, column {place.Column}: {problem}."));
}
