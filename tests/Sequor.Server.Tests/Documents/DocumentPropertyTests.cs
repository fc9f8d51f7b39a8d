using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Sequor.Server.Documents;

namespace Sequor.Server.Tests.Documents;

/// <summary>What holds for any document, however malformed: documents drawn by chance from parts that cause trouble.</summary>
public sealed class DocumentPropertyTests
{
    private static readonly string[] _html =
    [
        " one ", " two.", " Three! ", " ", "\n", "<b>", "</b>", "<i class=x>", "</i>", "<a href='q' title=\"two words\">", "</a>", "<p>", "</p>", "<div>", "</div>", "<br>", " <img alt='a b'> ",
        "<code>", "</code>", " x &lt; y ", "&amp;", "&nope;", "&", "<", ">", "\"", "'", "<!-- c -->", "<script>a<b</script>", "<pre>", "</pre>", "<td>", "<li>", " https://a.b/c?d=e ", " é ", "好。", "😀",
        "<span translate=no>", "</span>", "<", "</", "<!", "<input value='go' type=submit>", "\0", "<svg>", "</svg>", "<textarea>", "</textarea>",
    ];

    private static readonly string[] _markdown =
    [
        "one", "two.", "Three!", " ", "\n", "\n\n", "*", "**", "_", "`", "``", "[", "](u)", "](u \"a t\")", "![", "][r]", "<b>", "</b>", "# ", "- ", "1. ", "> ", "    ", "| a | b |\n| --- | --- |\n",
        "|", "```\n", "\\", "<br>", "&amp;", "<https://a.b>", "https://a.b/c", "[^1]", "\n[^1]: note\n", "\n[r]: /u 'ti tle'\n", "---\n", "***", "~~", "$", "é", "好", "😀", "<div>\n", "\t", "  \n",
    ];

    [Fact]
    public async Task A_page_whose_words_stay_is_the_same_page()
    {
        Random random = new(4);
        for (int round = 0; round < 1500; round++)
        {
            string page = Drawn(_html, random);

            string written = await WordByWord.Unchanged(page, DocumentFormat.Html);

            Assert.True(Tree(page) == Tree(written), $"{page}\n became\n{written}");
        }
    }

    [Fact]
    public async Task A_page_keeps_all_its_tags_wherever_words_go()
    {
        Random random = new(5);
        for (int round = 0; round < 1500; round++)
        {
            string page = Drawn(_html, random);

            string written = await WordByWord.Reversed(page, DocumentFormat.Html);

            Assert.True(TagsOf(page) == TagsOf(written), $"{page}\n became\n{written}");
        }
    }

    [Fact]
    public async Task Markdown_whose_words_stay_makes_the_same_page()
    {
        Random random = new(6);
        int same = 0;
        const int rounds = 1500;
        for (int round = 0; round < rounds; round++)
        {
            string document = Drawn(_markdown, random);

            string written = await WordByWord.Unchanged(document, DocumentFormat.Markdown);

            same += MarkdownDocuments.Page(document) == MarkdownDocuments.Page(written) ? 1 : 0;
        }

        // Markup of chance that joins lines into other markup is not worth more rules.
        Assert.InRange(same, 0.97 * rounds, rounds);
    }

    [Fact]
    public async Task Plain_text_whose_words_stay_is_the_same_text()
    {
        const string text = "\uFEFFOne.  Two!\r\n\r\n\t- Three? https://a.b/c.\r\n  好。再见。\n\n\n1. Four\n";

        Assert.Equal(text, await WordByWord.Unchanged(text, DocumentFormat.Text));
    }

    [Theory]
    [InlineData(DocumentFormat.Html, "<p>One <b>two</b> three.</p>\n")]
    [InlineData(DocumentFormat.Html, "<b><i>one ")]
    [InlineData(DocumentFormat.Html, "<code>")]
    [InlineData(DocumentFormat.Html, "<p translate=no>")]
    [InlineData(DocumentFormat.Html, "<a title=\"")]
    [InlineData(DocumentFormat.Html, "&lt ")]
    [InlineData(DocumentFormat.Markdown, "One **two** three.\n\n")]
    [InlineData(DocumentFormat.Text, "One https://a.b two. ")]
    public async Task Half_a_million_characters_are_done_in_one_walk(DocumentFormat format, string part)
    {
        string document = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));

        string written = await WordByWord.Unchanged(document, format);

        Assert.InRange(written.Length, document.Length / 2, document.Length * 2);
    }

    [Theory]
    [InlineData("a.txt", DocumentFormat.Text)]
    [InlineData("README.MD", DocumentFormat.Markdown)]
    [InlineData("dir/page.htm", DocumentFormat.Html)]
    [InlineData("a.docx", null)]
    [InlineData("html", null)]
    public void The_ending_of_a_name_says_the_format(string name, DocumentFormat? format) => Assert.Equal(format, DocumentFormats.OfFile(name));

    private static string Drawn(string[] parts, Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => parts[random.Next(parts.Length)]));

    /// <summary>The tree that a browser makes of a page, with white space as one space and none at the ends of texts.</summary>
    private static string Tree(string page)
    {
        StringBuilder tree = new();
        Add(new HtmlParser().ParseDocument(page), tree);
        return string.Concat(tree.ToString().Where(unit => !char.IsWhiteSpace(unit)));
    }

    private static void Add(INode node, StringBuilder tree)
    {
        tree.Append(node switch
        {
            IElement element => $"<{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => $"{attribute.Name}={attribute.Value}"))}>",
            ICharacterData text => text.Data,
            _ => "",
        });
        foreach (INode child in node.ChildNodes)
            Add(child, tree);
        tree.Append(node is IElement ? "</>" : "");
    }

    private static string TagsOf(string page) => string.Join('\n', Sequor.Server.Documents.Html.HtmlTokenizer.Cut(page)
        .Where(token => token.Name.Length > 0).Select(token => $"{token.Kind} {token.Name}").Order(StringComparer.Ordinal));
}
