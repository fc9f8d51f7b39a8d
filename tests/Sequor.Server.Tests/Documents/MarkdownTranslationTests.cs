using Sequor.Server.Documents;

namespace Sequor.Server.Tests.Documents;

public sealed class MarkdownTranslationTests
{
    [Fact]
    public async Task A_document_keeps_every_character_that_is_not_text()
    {
        const string document = """
            ---
            title: Front matter
            ---

            # Hello *big* world #

            Wrapped by
            hand, with a [link](/x?a=1 "Go there"), an ![A cat](a.png) and `x < y`.  
            After the break.

            Setext heading
            ==============

            > Quoted text
            > goes on.

            - [ ] Task one
            - [x] Task **two**
              - nested item

            1. First
            2. Second

            | Name | Value |
            | --- | :---: |
            | A cat | `code` and more |

            ```python
            print("no")
            ```

                indented code

            See [the page][ref], [short] and [collapsed][]. Visit https://example.org/a_b or <https://x.org>.[^1]

            <div align="center">
            <p>HTML <b>block</b> text</p>
            </div>

            Press <kbd>x</kbd> and $x^2$ here.

            [ref]: http://example.org "Title"
            [short]: http://example.org
            [collapsed]: http://example.org
            [^1]: The note.

            """;

        Assert.Equal("""
            ---
            title: Front matter
            ---

            # HELLO *BIG* WORLD #

            WRAPPED BY HAND, WITH A [LINK](/x?a=1 "GO THERE"), AN ![A CAT](a.png) AND `x < y`.  
            AFTER THE BREAK.

            SETEXT HEADING
            ==============

            > QUOTED TEXT GOES ON.

            - [ ] TASK ONE
            - [x] TASK **TWO**
              - NESTED ITEM

            1. FIRST
            2. SECOND

            | NAME | VALUE |
            | --- | :---: |
            | A CAT | `code` AND MORE |

            ```python
            print("no")
            ```

                indented code

            SEE [THE PAGE][ref], [SHORT][short] AND [COLLAPSED][collapsed]. VISIT https://example.org/a_b OR <https://x.org>.[^1]

            <div align="center">
            <p>HTML <b>BLOCK</b> TEXT</p>
            </div>

            PRESS <kbd>X</kbd> AND $x^2$ HERE.

            [ref]: http://example.org "Title"
            [short]: http://example.org
            [collapsed]: http://example.org
            [^1]: THE NOTE.

            """, await WordByWord.InCapitals(document, DocumentFormat.Markdown));
    }

    [Theory]
    [InlineData("The **red** house.", "HOUSE **RED** THE.")]
    [InlineData("The **very *red*** house.", "HOUSE ***RED* VERY** THE.")]
    [InlineData("Go [home *now*](/a \"Our home\"), please.", "PLEASE, [*NOW* HOME](/a \"HOME OUR\") GO.")]
    [InlineData("Use `a b` here", "HERE `a b` USE")]
    [InlineData("~~old~~ new", "NEW ~~OLD~~")]
    [InlineData("one ![a cat](c.png) two", "TWO ONE ![CAT A](c.png)")]
    public async Task Marks_go_where_their_words_go(string document, string translated) =>
        Assert.Equal(translated, await WordByWord.Reversed(document, DocumentFormat.Markdown));

    [Theory]
    [InlineData("- text", "1. x")]
    [InlineData("text", "a * b _c_ [d] <e> `f` \\*")]
    [InlineData("text", "- not a list")]
    [InlineData("text", "# no heading")]
    [InlineData("| a | b |\n| --- | --- |\n| text | 1 |", "x | y")]
    public async Task What_a_translation_says_is_never_markup(string document, string said)
    {
        string written = await DocumentTranslation.TranslateAsync(
            document, DocumentFormat.Markdown,
            (sentences, _) => Task.FromResult<IReadOnlyList<AlignedTranslation>>(
                [.. sentences.Select(asked => new AlignedTranslation(asked == "text" ? said : asked, []))]),
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(Shown(document).Replace("text", said, StringComparison.Ordinal), Shown(written));
    }

    private static string Shown(string document) =>
        System.Net.WebUtility.HtmlDecode(string.Concat(Markdig.Markdown.ToHtml(document, MarkdownDocuments.Pipeline)));
}
