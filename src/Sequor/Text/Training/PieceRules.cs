using System.Text;

namespace Sequor.Text.Training;

/// <summary>Which strings may be a piece: length, white space, script and digit rules, as SentencePiece has them.</summary>
internal sealed class PieceRules(SubwordTrainingOptions options)
{
    /// <summary>Stands for a space in normalised text.</summary>
    public const char Space = '\u2581';

    /// <summary>Stands for a character outside the covered alphabet; text that holds it already is skipped.</summary>
    public const char UnknownCharacter = '\u2585';

    /// <summary>Stands where a special or user-defined symbol was cut out of the text.</summary>
    public const char SymbolGap = '\t';

    private const int AnyScript = -1;
    private const int LongVowelMark = 0x30FC;

    private readonly bool _byScript = options.SplitByUnicodeScript;
    private readonly bool _bySpace = options.SplitByWhitespace;
    private readonly bool _byNumber = options.SplitByNumber;
    private readonly bool _singleDigits = options.SplitDigits;
    private readonly int _maxLength = options.MaxPieceLength;

    /// <summary>Says whether training may make a piece of this text, 1 to <see cref="SubwordTrainingOptions.MaxPieceLength"/> code points.</summary>
    public bool IsValid(string piece)
    {
        int length = CodePoints.Count(piece);
        if (length == 0 || length > _maxLength)
            return false;

        int script = AnyScript;
        int position = 0;
        foreach (Rune rune in piece.EnumerateRunes())
        {
            int codePoint = rune.Value;
            if (IsForbidden(codePoint) || (_singleDigits && length > 1 && IsDigit(codePoint)))
                return false;
            if (codePoint == Space)
            {
                // A space opens a piece, or stands inside one that spans words; it never closes one.
                if (position > 0 && (_bySpace || position == length - 1))
                    return false;
            }
            else if (!Joins(ref script, codePoint))
            {
                return false;
            }
            position++;
        }
        return true;
    }

    /// <summary>Says whether no valid piece can hold these two neighbours, so that text may be cut between them without loss.</summary>
    public bool IsBoundary(int left, int right)
    {
        if (IsForbidden(left) || IsForbidden(right))
            return true;
        if (_bySpace && right == Space)
            return true;
        if (_singleDigits && (IsDigit(left) || IsDigit(right)))
            return true;
        if (!_byScript || left == Space || right == Space)
            return false;
        int leftScript = ScriptAfter(AnyScript, left);
        // A mark that inherits its script may stand at the head of a piece and then joins whatever follows.
        return leftScript != AnyScript && !Joins(ref leftScript, right);
    }

    private bool Joins(ref int script, int codePoint)
    {
        int next = ScriptAfter(script, codePoint);
        if (_byScript && next != AnyScript && script != AnyScript && next != script)
            return false;
        script = next;
        return true;
    }

    private int ScriptAfter(int previous, int codePoint)
    {
        if (!_byNumber && IsDigit(codePoint))
            return AnyScript;
        byte script = UnicodeScripts.Of(codePoint);
        // Japanese words mix the three scripts freely, so they count as one.
        if (script is UnicodeScripts.Hiragana or UnicodeScripts.Katakana || codePoint == LongVowelMark)
            return UnicodeScripts.Han;
        return script == UnicodeScripts.Inherited ? previous : script;
    }

    private static bool IsForbidden(int codePoint) => codePoint is UnknownCharacter or SymbolGap or 0 or ' ';

    private static bool IsDigit(int codePoint) => codePoint is (>= '0' and <= '9') or (>= 0xFF10 and <= 0xFF19);
}
