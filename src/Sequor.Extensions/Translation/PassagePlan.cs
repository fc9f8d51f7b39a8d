using Sequor.Text.Sentences;

namespace Sequor.Extensions.Translation;

/// <summary>A text cut into what is decoded and what stays.</summary>
/// <param name="Source">The text.</param>
/// <param name="Sentences">What is decoded.</param>
/// <param name="Joints">What stands in the translation before the first sentence, between sentences and behind the last.</param>
internal sealed record PassagePlan(string Source, IReadOnlyList<TextSpan> Sentences, IReadOnlyList<string> Joints)
{
    /// <summary>Cuts a text into sentences.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Its language; null where nobody knows.</param>
    /// <param name="target">The language of its translation; null where nobody knows.</param>
    /// <param name="maximumLength">Code points that a sentence may have.</param>
    internal static PassagePlan Cut(string text, string? source, string? target, int maximumLength) =>
        Of(text, SentenceSplitter.For(source, new SentenceSplitterOptions { MaximumLength = maximumLength }).Split(text), target);

    /// <summary>Leaves a text whole, but for the white space around it.</summary>
    internal static PassagePlan Whole(string text)
    {
        int start = text.Length - text.AsSpan().TrimStart().Length;
        int end = text.AsSpan().TrimEnd().Length;
        return end <= start
            ? new PassagePlan(text, [], [text])
            : new PassagePlan(text, [new TextSpan(start, end - start, TextSpanKind.Sentence)], [text[..start], text[end..]]);
    }

    private static PassagePlan Of(string text, IReadOnlyList<TextSpan> spans, string? target)
    {
        List<TextSpan> sentences = [];
        List<string> joints = [];
        string between = "";
        foreach (TextSpan span in spans)
        {
            if (!span.IsSentence)
            {
                between = span.Of(text);
                continue;
            }

            joints.Add(sentences.Count == 0 ? between : SentenceSpacing.Between(between, target));
            sentences.Add(span);
            between = "";
        }

        joints.Add(between);
        return new PassagePlan(text, sentences, joints);
    }
}
