using System.Text;

namespace Sequor.Text;

/// <summary>The words that a piece is part of; most pieces are part of one.</summary>
/// <param name="First">Place of the first word, from 0.</param>
/// <param name="Last">Place of the last word, not before <paramref name="First"/>.</param>
public readonly record struct WordSpan(int First, int Last);

/// <summary>
/// Finds the words that the pieces of a text belong to, for any tokenizer: each word is cut alone, which tells the characters that
/// normalisation makes of it, and the pieces of the whole text are laid over these characters. Words stand between spaces or tabs.
/// </summary>
internal static class PieceWords
{
    private const char SpaceMark = '\u2581';
    private const string SpaceByte = "<0x20>";

    /// <summary>The words of each piece.</summary>
    /// <param name="tokenizer">What cut the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="ids">Its pieces, of the best segmentation or of a sampled one.</param>
    /// <returns>As many spans as ids; null when pieces and words do not spell the same characters.</returns>
    internal static WordSpan[]? Of(Tokenizer tokenizer, string text, ReadOnlySpan<int> ids)
    {
        (string characters, List<int> words) = Characters(tokenizer, text);
        string?[] spelled = Spelled(tokenizer, text, ids);
        var spans = new WordSpan[spelled.Length];
        int place = 0;
        for (int i = 0; i < spelled.Length; i++)
        {
            int end = spelled[i] is { } piece
                ? characters.AsSpan(place).StartsWith(piece, StringComparison.Ordinal) ? place + piece.Length : -1
                : EndOfUnknown(characters, place, spelled.AsSpan(i + 1));
            if (end < 0 || words.Count == 0)
            {
                return null;
            }

            // A space that is a piece of its own belongs to the word after it.
            int first = words[Math.Min(place, words.Count - 1)];
            spans[i] = new WordSpan(first, end > place ? words[end - 1] : first);
            place = end;
        }

        return place == characters.Length ? spans : null;
    }

    /// <summary>The text's characters without spaces, and the word that each of them is part of.</summary>
    private static (string Characters, List<int> Words) Characters(Tokenizer tokenizer, string text)
    {
        StringBuilder characters = new();
        List<int> owners = [];
        string[] words = AlignmentLine.WordsOf(text);
        for (int word = 0; word < words.Length; word++)
        {
            foreach (string piece in tokenizer.Pieces(words[word]))
            {
                characters.Append(WithoutSpaces(piece));
            }

            while (owners.Count < characters.Length)
            {
                owners.Add(word);
            }
        }

        return (characters.ToString(), owners);
    }

    /// <summary>What each piece spells, without spaces; null for an unknown piece of a sampled segmentation, whose spelling is lost.</summary>
    private static string?[] Spelled(Tokenizer tokenizer, string text, ReadOnlySpan<int> ids)
    {
        IReadOnlyList<string> best = tokenizer.Pieces(text);
        bool isBest = best.Count == ids.Length;
        for (int i = 0; isBest && i < ids.Length; i++)
        {
            isBest = tokenizer.Vocabulary.IdOf(best[i]) == ids[i];
        }

        var spelled = new string?[ids.Length];
        for (int i = 0; i < spelled.Length; i++)
        {
            spelled[i] = isBest ? WithoutSpaces(best[i])
                : ids[i] == tokenizer.Vocabulary.UnknownId ? null
                : WithoutSpaces(tokenizer.Vocabulary[ids[i]]);
        }

        return spelled;
    }

    /// <summary>An unknown piece goes on to where the next piece that spells something can begin.</summary>
    private static int EndOfUnknown(string characters, int place, ReadOnlySpan<string?> after)
    {
        foreach (string? piece in after)
        {
            if (piece is { Length: > 0 } && place < characters.Length)
            {
                return characters.IndexOf(piece, place + 1, StringComparison.Ordinal);
            }
        }

        return characters.Length;
    }

    private static string WithoutSpaces(string piece) => piece == SpaceByte
        ? ""
        : piece.AsSpan().IndexOfAny(SpaceMark, ' ', '\t') < 0 ? piece : string.Concat(piece.Where(unit => unit is not (SpaceMark or ' ' or '\t')));
}
