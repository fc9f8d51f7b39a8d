using Sequor.Server.Documents;
using Sequor.Server.Documents.Html;

namespace Sequor.Server.Tests.Documents;

public sealed class HtmlTranslationTests
{
    [Fact]
    public void The_attributes_of_a_tag_are_read_a_fixed_number_of_times()
    {
        string page = $"<meta {string.Concat(Enumerable.Repeat("content=a ", 1_000))}>";
        long before = GC.GetAllocatedBytesForCurrentThread();
        HtmlUnits.Of(page, null, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public async Task A_page_keeps_every_character_that_is_not_text()
    {
        const string page = """
            <!DOCTYPE html>
            <HTML lang=en><head><title>My page &amp; yours</title><style>p { color: red }</style>
            <meta name="description" content='A small page'><meta name=viewport content="width=device-width">
            <script>var a = "<p>no</p>";</script></head>
            <body class='x'   id=top>
            <h1>Hello <em>big</em> world</h1>
            <p>
              Wrapped by
              hand &lt;tag&gt;.<br/>After the break.
            </p>
            <!-- no comment --><pre>do not   touch</pre>
            <ul><li><input type=checkbox checked> Task one<li>Task two</ul>
            <img src=a.png alt="A cat"><input type="submit" value="Send it"><input value="keep"><textarea placeholder="Your name">keep</textarea>
            </body></HTML>

            """;

        string translated = await WordByWord.InCapitals(page, DocumentFormat.Html, new DocumentTranslationOptions { TargetLanguage = "de" });

        Assert.Equal("""
            <!DOCTYPE html>
            <HTML lang="de"><head><title>MY PAGE &amp; YOURS</title><style>p { color: red }</style>
            <meta name="description" content='A SMALL PAGE'><meta name=viewport content="width=device-width">
            <script>var a = "<p>no</p>";</script></head>
            <body class='x'   id=top>
            <h1>HELLO <em>BIG</em> WORLD</h1>
            <p>
              WRAPPED BY HAND &lt; TAG &gt;.<br/>AFTER THE BREAK.
            </p>
            <!-- no comment --><pre>do not   touch</pre>
            <ul><li><input type=checkbox checked> TASK ONE<li>TASK TWO</ul>
            <img src=a.png alt="A CAT"><input type="submit" value="SEND IT"><input value="keep"><textarea placeholder="YOUR NAME">keep</textarea>
            </body></HTML>

            """, translated);
    }

    [Theory]
    [InlineData("The <b>red</b> house.", "HOUSE <b>RED</b> THE.")]
    [InlineData("The <b>very <i>red</i></b> house.", "HOUSE <b><i>RED</i> VERY</b> THE.")]
    [InlineData("Go <a href=\"/a?b=1&c=2\" title='Our home'>home now</a>, please.", "PLEASE, <a href=\"/a?b=1&c=2\" title='HOME OUR'>NOW HOME</a> GO.")]
    [InlineData("<p><b>All of it.</b></p>", "<p><b>IT OF ALL.</b></p>")]
    [InlineData("One <img src=x alt='a cat'> two", "TWO ONE <img src=x alt='CAT A'>")]
    [InlineData("Press <kbd>x &lt; y</kbd> now", "NOW <kbd>x &lt; y</kbd> PRESS")]
    [InlineData("See <span class=\"a notranslate\">Foo Bar</span> here", "HERE <span class=\"a notranslate\">Foo Bar</span> SEE")]
    [InlineData("a <b>b</b> c <i>d</i> e", "E <i>D</i> C <b>B</b> A")]
    [InlineData("Read https://example.org/a?b=c&d now", "NOW https://example.org/a?b=c&amp;d READ")]
    [InlineData("fish&nbsp;and chips", "CHIPS AND FISH")]
    public async Task Marks_go_where_their_words_go(string html, string translated) =>
        Assert.Equal(translated, await WordByWord.Reversed(html, DocumentFormat.Html));

    [Theory]
    [InlineData("<p translate=\"no\">Brand name</p><p>text</p>", "<p translate=\"no\">Brand name</p><p>TEXT</p>")]
    [InlineData("<svg><text>no</text></svg>text", "<svg><text>no</text></svg>TEXT")]
    [InlineData("<script>if (a<b) {}</scripty></script>text", "<script>if (a<b) {}</scripty></script>TEXT")]
    [InlineData("<style>p</style >text", "<style>p</style >TEXT")]
    [InlineData("<![CDATA[ no ]]>text<?php no ?>", "<![CDATA[ no ]]>TEXT<?php no ?>")]
    [InlineData("<pre>a<pre>b</pre>c</pre>text", "<pre>a<pre>b</pre>c</pre>TEXT")]
    [InlineData("<option label=one value=two>three", "<option label=\"ONE\" value=two>THREE")]
    [InlineData("<a href=x><div>Block</div></a>", "<a href=x><div>BLOCK</div></a>")]
    [InlineData("5 &gt; 3 &euro;", "5 &gt; 3 &euro;")]
    [InlineData("tom &unknown; jerry", "TOM &unknown; JERRY")]
    public async Task What_is_no_text_stays(string html, string translated) =>
        Assert.Equal(translated, await WordByWord.InCapitals(html, DocumentFormat.Html));

    [Theory]
    [InlineData("a < b and <b>unclosed text", "A &lt; B AND <b>UNCLOSED TEXT")]
    [InlineData("text</b> more</p></i>", "TEXT</b> MORE</p></i>")]
    [InlineData("one <a href=\"x>two", "ONE <a href=\"x>two")]
    [InlineData("one <!-- never closed two", "ONE <!-- never closed two")]
    [InlineData("<p title=\"a>b\">one", "<p title=\"A &gt; B\">ONE")]
    [InlineData("<code>never closed", "<code>NEVER CLOSED")]
    [InlineData("<textarea>never closed", "<textarea>never closed")]
    public async Task Malformed_pages_stay_as_malformed_as_they_are(string html, string translated) =>
        Assert.Equal(translated, await WordByWord.InCapitals(html, DocumentFormat.Html));

    [Fact]
    public async Task A_mark_without_alignment_keeps_its_share_of_the_way() => Assert.Equal(
        "EINS ZWEI <b>DREI</b> VIER",
        await DocumentTranslation.TranslateAsync(
            "one two <b>three</b> four", DocumentFormat.Html,
            static (_, _) => Task.FromResult<IReadOnlyList<AlignedTranslation>>([new AlignedTranslation("EINS ZWEI DREI VIER", [])]),
            cancellation: TestContext.Current.CancellationToken));

    [Fact]
    public async Task Equal_sentences_are_asked_for_once() => Assert.Equal(
        ["Yes.", "No."], await WordByWord.SentencesOf("<p>Yes.</p><p>No. Yes.</p><td>Yes.</td>", DocumentFormat.Html));

    [Fact]
    public async Task Missing_translations_are_an_error()
    {
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => DocumentTranslation.TranslateAsync(
            "One. Two.", DocumentFormat.Text, static (_, _) => Task.FromResult<IReadOnlyList<AlignedTranslation>>([]), cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("2 sentences were asked for, but 0 translations", fault.Message, StringComparison.Ordinal);
    }
}
