using System.Text;
using System.Text.RegularExpressions;
using Sequor.Server.Documents;

namespace Sequor.Server.Tests.Documents;

/// <summary>A translator whose every word is known: capitals for small letters, in the same or in reversed order, each word linked to its source.</summary>
internal static partial class WordByWord
{
    /// <summary>Translates a document into capitals.</summary>
    internal static Task<string> InCapitals(string content, DocumentFormat format, DocumentTranslationOptions? options = null) =>
        Translate(content, format, static words => words, static word => word.ToUpperInvariant(), options);

    /// <summary>Translates a document into capitals, the words of every sentence but for its last mark in reversed order.</summary>
    internal static Task<string> Reversed(string content, DocumentFormat format) => Translate(content, format, Turned, static word => word.ToUpperInvariant(), null);

    /// <summary>Leaves every word where and as it is.</summary>
    internal static Task<string> Unchanged(string content, DocumentFormat format) => DocumentTranslation.TranslateAsync(
        content, format, static (sentences, _) => Task.FromResult<IReadOnlyList<AlignedTranslation>>(
            [.. sentences.Select(sentence => new AlignedTranslation(sentence, [.. sentence.Select((_, i) => new SpanLink(i, 1, i, 1))]))]),
        cancellation: TestContext.Current.CancellationToken);

    /// <summary>The sentences that a document asks for.</summary>
    internal static async Task<IReadOnlyList<string>> SentencesOf(string content, DocumentFormat format)
    {
        IReadOnlyList<string> asked = [];
        await DocumentTranslation.TranslateAsync(content, format, (sentences, _) =>
        {
            asked = sentences;
            return Task.FromResult<IReadOnlyList<AlignedTranslation>>([.. sentences.Select(sentence => new AlignedTranslation(sentence, []))]);
        }, cancellation: TestContext.Current.CancellationToken);
        return asked;
    }

    private static Task<string> Translate(
        string content, DocumentFormat format, Func<List<Match>, List<Match>> order, Func<string, string> turn, DocumentTranslationOptions? options) =>
        DocumentTranslation.TranslateAsync(
            content, format,
            (sentences, _) => Task.FromResult<IReadOnlyList<AlignedTranslation>>([.. sentences.Select(sentence => Translated(order(Words().Matches(sentence).ToList()), turn))]),
            options, TestContext.Current.CancellationToken);

    private static AlignedTranslation Translated(List<Match> words, Func<string, string> turn)
    {
        StringBuilder text = new();
        List<SpanLink> links = [];
        foreach (Match word in words)
        {
            if (text.Length > 0 && word.Value is not ("." or "," or "!" or "?"))
                text.Append(' ');
            links.Add(new SpanLink(word.Index, word.Length, text.Length, word.Length));
            text.Append(turn(word.Value));
        }

        return new AlignedTranslation(text.ToString(), links);
    }

    private static List<Match> Turned(List<Match> words) =>
        words is [.., { Value: "." or "!" or "?" }] ? [.. words.SkipLast(1).Reverse(), words[^1]] : [.. words.AsEnumerable().Reverse()];

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+|[^\s\p{L}\p{M}\p{Nd}]")]
    private static partial Regex Words();
}
