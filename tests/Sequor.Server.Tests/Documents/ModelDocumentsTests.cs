using Sequor.Extensions;
using Sequor.Server.Documents;
using Sequor.Server.LibreTranslate;

namespace Sequor.Server.Tests.Documents;

public sealed class ModelDocumentsTests
{
    [Fact]
    public async Task The_contained_model_carries_marks_by_its_attention()
    {
        using ModelRegistry models = new([Served.ModelPath("en-de")]);
        DocumentTranslator documents = new(models, new RegistryTranslator(models));

        string page = await Translated("<p lang=en>The <b>dog</b> is sleeping in the <a href=\"/g\">garden</a>.<br>Tom has <code>x = 1</code>.</p>", DocumentFormat.Html);
        string nested = await Translated("<p>He gave me the <b>book</b> that I <i>wanted to read</i>.</p>", DocumentFormat.Html);
        string document = await Translated("# A new house\n\n- Tom has *two cars*.\n- Where is the [train station](/s)?\n\n```\ncode\n```\n", DocumentFormat.Markdown);
        string text = await Translated("  Good morning. How are you?\n\n- I am hungry.\n", DocumentFormat.Text);

        Assert.Equal("<p lang=en>Der <b>Hund</b> schläft <a href=\"/g\">im Garten</a>.<br>Tom hat <code>x = 1</code>.</p>", page);
        Assert.Equal("<p>Er gab mir das <b>Buch</b>, das ich <i>lesen wollte</i>.</p>", nested);
        Assert.Equal("# Ein neues Haus.\n\n- Tom hat *zwei Autos*.\n- Wo ist der [Bahnhof](/s)?\n\n```\ncode\n```\n", document);
        Assert.Equal("  Guten Morgen! Wie geht es dir?\n\n- Ich habe Hunger.\n", text);

        async Task<string> Translated(string content, DocumentFormat format) =>
            (await documents.TranslateAsync(models.Models[0], [content], format, "", null, TestContext.Current.CancellationToken))[0];
    }
}
