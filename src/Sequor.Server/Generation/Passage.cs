namespace Sequor.Server.Generation;

/// <summary>A stretch of a text: a sentence, or what lies between sentences.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Length">How long it is, in UTF-16 units.</param>
/// <param name="IsSentence">Whether it is a sentence.</param>
internal readonly record struct PassagePart(int Start, int Length, bool IsSentence);

/// <summary>Cuts a text into the sentences that are decoded and the white space between, which stays as it is.</summary>
internal static class Passage
{
    /// <summary>The stretches; laid end to end they are the text.</summary>
    /// <param name="text">The text.</param>
    internal static IReadOnlyList<PassagePart> Cut(string text)
    {
        int end = text.AsSpan().TrimEnd().Length;
        int start = end - text.AsSpan(0, end).TrimStart().Length;
        List<PassagePart> parts = [];
        Add(parts, 0, start, isSentence: false);
        Add(parts, start, end - start, isSentence: true);
        Add(parts, end, text.Length - end, isSentence: false);
        return parts;
    }

    private static void Add(List<PassagePart> parts, int start, int length, bool isSentence)
    {
        if (length > 0)
        {
            parts.Add(new PassagePart(start, length, isSentence));
        }
    }
}
