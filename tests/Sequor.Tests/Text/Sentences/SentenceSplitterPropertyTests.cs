using System.Text;
using Sequor.Text.Sentences;

namespace Sequor.Tests.Text.Sentences;

public sealed class SentenceSplitterPropertyTests
{
    private static readonly string[] _parts =
    [
        "a", "B", "Tom", " ", "  ", "\n", "\r\n", "\t", ".", "...", "!", "?", "…", "。", "！", "”", "\"", "(", ")", "「", "」", "« ", " »", "好", "は", "😀", "\uD83D", "\u0301",
        "Mr.", "z. B.", "3.", "1990", "- ", "> ", "1. ", "\u00A0", "\u3000", ",", "—", "[1]", "e.g.", "*",
    ];

    [Theory]
    [InlineData(null, 0)]
    [InlineData("en", 0)]
    [InlineData("de", 16)]
    [InlineData("fr", 17)]
    [InlineData("zh", 16)]
    public void The_spans_laid_end_to_end_are_the_text_and_keep_the_rules(string? language, int maximumLength)
    {
        SentenceSplitter splitter = SentenceSplitter.For(language, new SentenceSplitterOptions { MaximumLength = maximumLength });
        Random random = new(20);
        for (int round = 0; round < 3000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => _parts[random.Next(_parts.Length)]));

            IReadOnlyList<TextSpan> spans = splitter.Split(text);

            Assert.Equal(text, string.Concat(spans.Select(span => span.Of(text))));
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.IsSentence || pair.Second.IsSentence));
            Assert.All(spans.Where(span => span.IsSentence), span => IsWellFormed(span.Of(text), maximumLength));
        }
    }

    [Fact]
    public void A_long_line_is_cut_behind_a_comma_else_at_a_space_else_between_characters()
    {
        Assert.Equal(["one two three four,", "five six seven"], Cut("one two three four, five six seven", 24));
        Assert.Equal(["one two three four", "five six seven"], Cut("one two three four five six seven", 22));
        Assert.Equal(["1,000,000,000,00", "0,000,000"], Cut("1,000,000,000,000,000,000", 16));
        Assert.Equal(["今天天气很好，我们去公园，", "然后我们回家吃饭吧"], Cut("今天天气很好，我们去公园，然后我们回家吃饭吧", 16));
        Assert.Equal(["abcdefghijklmno", "e\u0301fghi"], Cut("abcdefghijklmnoe\u0301fghi", 16));
        Assert.Equal([string.Concat(Enumerable.Repeat("😀a", 8)), "😀a"], Cut(string.Concat(Enumerable.Repeat("😀a", 9)), 16));
    }

    [Fact]
    public void A_limit_below_the_least_is_refused()
    {
        SentenceSplitterOptions options = new() { MaximumLength = 5 };

        Assert.Contains("16 or more", Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SentenceSplitter.For("en", options));
    }

    [Theory]
    [InlineData("a. ")]
    [InlineData("(((")]
    [InlineData(".''\"")]
    [InlineData("a. - # ")]
    [InlineData("。”好")]
    [InlineData("! ")]
    public void A_million_characters_of_marks_are_walked_once(string pattern)
    {
        string text = string.Concat(Enumerable.Repeat(pattern, 1_000_000 / pattern.Length));

        IReadOnlyList<TextSpan> spans = SentenceSplitter.For("en", new SentenceSplitterOptions { MaximumLength = 1000 }).Split(text);

        Assert.Equal(text.Length, spans.Sum(span => span.Length));
    }

    private static void IsWellFormed(string sentence, int maximumLength)
    {
        Assert.Equal(sentence.Trim(), sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain('\t', sentence);
        if (maximumLength > 0)
            Assert.InRange(sentence.EnumerateRunes().Count(), 1, maximumLength);
        else
            Assert.Contains(sentence.EnumerateRunes(), Rune.IsLetterOrDigit);
    }

    private static List<string> Cut(string text, int maximumLength) =>
        [.. SentenceSplitter.For("en", new SentenceSplitterOptions { MaximumLength = maximumLength }).Split(text).Where(span => span.IsSentence).Select(span => span.Of(text))];
}
