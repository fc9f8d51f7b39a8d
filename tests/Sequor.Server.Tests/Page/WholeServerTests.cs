using Microsoft.Playwright;
using Sequor.Extensions;
using Sequor.Server.Settings;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

/// <summary>The page before the server itself with the contained models: what the two say to each other fits.</summary>
[Collection(PageCollection.Name)]
public class WholeServerTests(Chromium chromium)
{
    [Fact]
    public async Task The_contained_models_translate_there_and_back_and_show_what_they_attend_to()
    {
        await using OpenPage page = await OpenAsync();
        await page.Page.Locator("#model").SelectOptionAsync("en-de");
        await page.TranslateAsync("I have a red house.");
        await Expect(page.Target).ToHaveTextAsync("Ich habe ein rotes Haus.");
        ILocator panel = await page.TabAsync("Attention");
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Layer 2, head 4" })).ToBeVisibleAsync();
        await page.Word("Haus").HoverAsync();
        await Expect(page.Page.Locator("#source-words .lit", new() { HasTextString = "house" })).ToBeVisibleAsync();

        panel = await page.TabAsync("Alternatives");
        await Expect(panel.Locator("li")).ToHaveCountAsync(6);
        await page.Word("rotes").ClickAsync();
        ILocator other = page.Page.GetByRole(AriaRole.Dialog).Locator("li b").Nth(1);
        string word = await other.InnerTextAsync();
        await other.ClickAsync();
        await page.SettledAsync();
        Assert.StartsWith("Ich habe ein " + word, await page.Target.InnerTextAsync(), StringComparison.Ordinal);

        await page.TranslateAsync("I am tired. I want to sleep.");
        await page.Page.Locator("#swap").ClickAsync();
        await Expect(page.Page.Locator("#model")).ToHaveValueAsync("de-en");
        await page.SettledAsync();
        await Expect(page.Target).ToContainTextAsync("tired");
    }

    [Fact]
    public async Task A_file_comes_back_translated()
    {
        await using OpenPage page = await OpenAsync();
        await page.Page.Locator("#model").SelectOptionAsync("en-de");
        await page.TabAsync("Files");
        await page.Page.GetByLabel("Choose files").SetInputFilesAsync(new FilePayload { Name = "letter.md", MimeType = "text/markdown", Buffer = "# I have a red house.\n"u8.ToArray() });
        IDownload saved = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Save the translation of letter.md" }).ClickAsync());
        using StreamReader reader = new(await saved.CreateReadStreamAsync());
        Assert.Equal("# Ich habe ein rotes Haus.\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_servers_own_description_fills_the_page_of_the_API()
    {
        await using OpenPage page = await OpenAsync("/api");
        ILocator alternatives = page.Page.GetByRole(AriaRole.Article, new() { NameString = "POST /v1/alternatives" });
        await alternatives.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(alternatives.Locator(".answer-head")).ToContainTextAsync("200 OK");
        await Expect(alternatives.Locator(".answer-body")).ToContainTextAsync("continuation");
    }

    private async Task<OpenPage> OpenAsync(string path = "/")
    {
        string[] models = [Served.ModelPath("en-de"), Served.ModelPath("de-en")];
        ServerOptions options = new() { Models = models, Host = "127.0.0.1", Port = 0, LogRequests = false };
        return await OpenPage.OpenAsync(chromium, ServerApplication.Build(options, new ModelRegistry(models)), path);
    }
}
