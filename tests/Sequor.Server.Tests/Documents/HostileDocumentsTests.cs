using Sequor.Server.Documents;
using Sequor.Server.Documents.Markdown;

namespace Sequor.Server.Tests.Documents;

/// <summary>Documents that nobody writes, but that somebody may send.</summary>
public sealed class HostileDocumentsTests
{
    // Each of these took from nine seconds to minutes: whatever looked for their end looked through the whole document, again and again.
    [Theory]
    [InlineData(DocumentFormat.Markdown, "[a](")]
    [InlineData(DocumentFormat.Markdown, "[a](b (")]
    [InlineData(DocumentFormat.Markdown, "a <? ")]
    [InlineData(DocumentFormat.Markdown, "a <!-- ")]
    [InlineData(DocumentFormat.Markdown, "https://a.b ")]
    [InlineData(DocumentFormat.Markdown, "a ` ``")]
    [InlineData(DocumentFormat.Html, "<!--x--!>a")]
    public async Task A_million_characters_of_marks_without_an_end_are_read_in_one_walk(DocumentFormat format, string part)
    {
        string document = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));

        string written = await WordByWord.Unchanged(document, format);

        Assert.InRange(written.Length, document.Length / 2, document.Length * 3);
    }

    [Theory]
    [InlineData("[a]: b\n")]
    [InlineData("[^a]: b\n")]
    [InlineData("[^a]: b\n\n")]
    [InlineData("a\n=\n")]
    public async Task What_the_parser_takes_out_again_too_often_is_refused_with_a_sentence(string part)
    {
        FormatException fault = await Assert.ThrowsAsync<FormatException>(() => WordByWord.Unchanged(string.Concat(Enumerable.Repeat(part, 20_002)), DocumentFormat.Markdown));

        Assert.Equal("The Markdown has more than 20,000 definitions of links and footnotes and underlined headings. Cut it into several files, or send it as plain text.", fault.Message);
    }

    [Theory]
    [InlineData("[Number {0}](https://example.org/{0} \"title\") and `code` {0}, ![x](data:image/png;base64,AAAA).\n")]
    [InlineData("| {0} | [a](b) | https://example.org/{0} |\n")]
    [InlineData("[a{0}]: https://example.org/{0}\n\nSee [a{0}].\n\n")]
    public async Task Two_thousand_links_that_end_are_all_kept(string line)
    {
        string document = string.Concat(Enumerable.Range(0, 2000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, line, i)));

        string written = await WordByWord.InCapitals(document, DocumentFormat.Markdown);

        Assert.Equal(2000, Enumerable.Range(0, 2000).Count(i => written.Contains($"https://example.org/{i}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_picture_within_the_text_is_kept_however_long_it_is()
    {
        string picture = $"![A dog.](data:image/png;base64,{new string('A', 300_000)})";

        Assert.Equal(picture.Replace("A dog", "A DOG", StringComparison.Ordinal), await WordByWord.InCapitals(picture, DocumentFormat.Markdown));
    }

    [Theory]
    [InlineData(DocumentFormat.Markdown)]
    [InlineData(DocumentFormat.Html)]
    [InlineData(DocumentFormat.Text)]
    public async Task A_walk_that_was_cancelled_asks_for_nothing(DocumentFormat format) => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => DocumentTranslation.TranslateAsync("One *two*.", format, (_, _) => throw new InvalidOperationException("It was asked."), cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void A_walk_is_cancelled_in_the_middle_of_a_paragraph()
    {
        string document = string.Concat(Enumerable.Repeat("*a* [a](b) <i>x</i> ", 400));
        using CancellationTokenSource stop = new();
        StoppingTime time = new(looks: 1000, stop);

        Assert.Throws<OperationCanceledException>(() => Markdig.Markdown.Parse(document, MarkdownUnits.Pipeline, new MarkdownReading(document.Length, time, stop.Token)));

        Assert.InRange(time.Looks, 1000, 1010);
    }

    [Fact]
    public void Reading_has_its_time_and_what_the_machine_sleeps_does_not_count()
    {
        SteppingTime time = new();
        MarkdownReading reading = new(1_000_000, time, CancellationToken.None);
        time.Step = TimeSpan.FromHours(1);
        for (int i = 0; i < 149; i++)
            reading.Look();

        time.Step = TimeSpan.FromMilliseconds(60);
        reading.Look();
        FormatException fault = Assert.Throws<FormatException>(reading.Look);
        Assert.StartsWith("The Markdown takes far longer to read than text of its length does", fault.Message, StringComparison.Ordinal);
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long _now;

        internal TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += Step.Ticks;
    }

    private sealed class StoppingTime(int looks, CancellationTokenSource stop) : TimeProvider
    {
        internal int Looks { get; private set; }

        public override long GetTimestamp()
        {
            if (++Looks == looks)
                stop.Cancel();
            return 0;
        }
    }
}
