using Sequor.Text;

namespace Sequor.Server.Generation;

/// <summary>Which characters of a text came with which piece.</summary>
internal static class TokenSpans
{
    /// <summary>The spans, in UTF-16 units; the space before a word belongs to no piece.</summary>
    /// <param name="ids">The pieces.</param>
    /// <param name="text">Their text.</param>
    /// <param name="tokenizer">Joins pieces to text.</param>
    /// <returns>For each piece where its characters begin and how many there are; none where a character needs further pieces.</returns>
    internal static (int Start, int Length)[] Of(int[] ids, string text, Tokenizer tokenizer)
    {
        var spans = new (int Start, int Length)[ids.Length];
        int known = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            // A character that is not yet whole comes out as another one, which the text does not have there.
            int reached = i == ids.Length - 1 ? text.Length : Math.Max(known, text.AsSpan().CommonPrefixLength(tokenizer.Decode(ids.AsSpan(0, i + 1))));
            reached -= reached > known && reached < text.Length && char.IsHighSurrogate(text[reached - 1]) ? 1 : 0;
            int start = known;
            while (start < reached && text[start] == ' ')
            {
                start++;
            }

            spans[i] = (start, reached - start);
            known = reached;
        }

        return spans;
    }
}
