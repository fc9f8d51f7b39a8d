using System.Net.Http.Headers;
using System.Text;
using Sequor.Server.LibreTranslate;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.LibreTranslate;

public class FileTests(ServedModels served)
{
    [Theory]
    [InlineData("letter.txt", "Good morning.\n\n  Where is the station?\n", "Guten Morgen!\n\n  Wo ist der Bahnhof?\n", "text/plain")]
    [InlineData("letter.MD", "# Good morning.\n\n- Where is the station?\n\n```\nThank you.\n```\n", "# Guten Morgen!\n\n- Wo ist der Bahnhof?\n\n```\nThank you.\n```\n", "text/markdown")]
    [InlineData("letter.html", "<h1 class=\"a\">Good morning.</h1>\n<p>Where is the station?</p>", "<h1 class=\"a\">Guten Morgen!</h1>\n<p>Wo ist der Bahnhof?</p>", "text/html")]
    public async Task A_file_is_translated_and_can_be_fetched(string name, string content, string translated, string type)
    {
        Answer answer = await SendAsync(name, Encoding.UTF8.GetBytes(content), "en");
        Assert.Equal(200, answer.Status);
        Uri url = new(answer["translatedFileUrl"].GetString()!);
        Assert.StartsWith("http://localhost/download_file/", url.ToString(), StringComparison.Ordinal);
        Answer file = await served.GetAsync(url.PathAndQuery);
        Assert.Equal(translated, file.Body);
        Assert.Equal(type, file.Response.Content.Headers.ContentType?.MediaType);
        ContentDispositionHeaderValue disposition = file.Response.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Equal("letter.de" + Path.GetExtension(name).ToLowerInvariant(), disposition.FileName);
    }

    [Fact]
    public async Task The_language_of_a_file_is_found_out()
    {
        Answer answer = await SendAsync("a.html", "<section><div><span>Where is the station?</span></div></section>"u8.ToArray(), "auto");
        Answer file = await served.GetAsync(new Uri(answer["translatedFileUrl"].GetString()!).PathAndQuery);
        Assert.Equal("<section><div><span>Wo ist der Bahnhof?</span></div></section>", file.Body);
    }

    [Fact]
    public async Task A_name_is_taken_for_a_name_and_nothing_else()
    {
        Answer answer = await SendAsync("../../etc/p%00<a>.txt", "Good morning."u8.ToArray(), "en");
        Assert.Equal(200, answer.Status);
        Assert.DoesNotMatch("[<>%]|\\.\\.|etc", Uri.UnescapeDataString(answer["translatedFileUrl"].GetString()!));
    }

    [Theory]
    [InlineData("a.pdf", "a", "Files that end in '.pdf' are not translated; there are .txt, .md, .markdown, .html, .htm.")]
    [InlineData("a", "a", "Files that end in '' are not translated; there are .txt, .md, .markdown, .html, .htm.")]
    [InlineData("a.txt", "\u00ff", "The file is no UTF-8 text. Save it as UTF-8 and send it again.")]
    public async Task What_is_no_text_is_refused_with_a_sentence(string name, string content, string sentence)
    {
        Answer answer = await SendAsync(name, Encoding.Latin1.GetBytes(content), "en");
        Assert.Equal((400, sentence), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("> ", 15_000)]
    [InlineData("~~a", 15_000)]
    [InlineData("[", 2_000)]
    public async Task Markdown_without_bottom_is_refused_with_a_sentence(string opening, int times)
    {
        Answer answer = await SendAsync("a.md", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, times)) + "a"), "en");
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("The Markdown is nested deeper than any text is", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told()
    {
        using MultipartFormDataContent form = new() { { new StringContent("en"), "source" }, { new StringContent("de"), "target" } };
        Assert.Equal("'file' is missing; send a form in parts (multipart/form-data) with a file.", (await served.SendAsync("/translate_file", form)).Error);
        Assert.Equal("The content type is missing; /translate_file reads multipart/form-data.", (await served.SendAsync("/translate_file", null)).Error);
        Assert.Equal("There is no such file. Translated files are kept for 30 minutes; translate it again.", (await served.GetAsync("/download_file/0123.a.txt")).Error);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        await using Served own = await Served.StartAsync(new ServerOptions { Models = [Served.ModelPath("en-de")], FileLimit = 2000 });
        using MultipartFormDataContent form = Form("a.txt", new byte[2001], "en");
        using HttpResponseMessage response = await own.Client.PostAsync("/translate_file", form, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task Html_keeps_its_marks_around_what_they_marked()
    {
        Answer answer = await served.PostAsync("/translate", """{"q": "<p>The house is <b>big</b>.</p>", "source": "en", "target": "de", "format": "html"}""");
        Assert.Equal("<p>Das Haus ist <b>groß</b>.</p>", answer["translatedText"].GetString());
        answer = await served.PostAsync("/translate", """{"q": ["<i>Good morning.</i>", "a &amp; b"], "source": "en", "target": "de", "format": "html", "alternatives": 1}""");
        Assert.Equal("<i>Guten Morgen!</i>", answer["translatedText"][0].GetString());
        Assert.DoesNotContain("& ", answer["translatedText"][1].GetString(), StringComparison.Ordinal);
        Assert.Equal("[[],[]]", answer["alternatives"].GetRawText());
    }

    [Fact]
    public void Files_are_kept_for_a_while_and_never_too_many()
    {
        SlowTime time = new();
        TranslatedFiles files = new(time);
        TranslatedFile small = new("a.txt", [1], "text/plain");
        string first = files.Add(small);
        Assert.Same(small, files.Find(first));
        Assert.NotEqual(first, files.Add(small));
        for (int i = 0; i < TranslatedFiles.MostFiles; i++)
        {
            files.Add(small);
        }

        Assert.Null(files.Find(first));
        string second = files.Add(small);
        string large = files.Add(small with { Content = new byte[TranslatedFiles.MostBytes] });
        Assert.Null(files.Find(second));
        Assert.NotNull(files.Find(large));
        time.Passed = TranslatedFiles.Kept;
        Assert.Null(files.Find(large));
        Assert.Null(files.Find(""));
    }

    private Task<Answer> SendAsync(string name, byte[] content, string source)
    {
        MultipartFormDataContent form = Form(name, content, source);
        return served.SendAsync("/translate_file", form);
    }

    private static MultipartFormDataContent Form(string name, byte[] content, string source) => new()
    {
        { new ByteArrayContent(content), "file", name },
        { new StringContent(source), "source" },
        { new StringContent("de"), "target" },
    };

    private sealed class SlowTime : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
