using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class AccessibilityTests(Chromium chromium)
{
    private static readonly string[] _panels = ["Attention", "Confidence", "Alternatives", "Glossary", "Search", "Model"];

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Axe_finds_nothing_in_any_state_and_colour_and_nothing_is_wider_than_the_window(int width)
    {
        string axe = AxeCore();
        await using OpenPage page = await OpenPage.OpenAsync(chromium, width: width, own: true);
        await page.Page.EvaluateAsync(axe + ";0");
        await CheckAsync(page, "empty");
        await page.TranslateAsync("I like tea. Where is the train?");
        foreach (string name in _panels)
        {
            ILocator panel = await page.TabAsync(name);
            await Expect(panel.Locator(".loading")).ToHaveCountAsync(0);
            await CheckAsync(page, name);
        }

        await page.Word("der").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog).Locator("li")).ToHaveCountAsync(2);
        await CheckAsync(page, "the window of alternatives");
        await page.Page.Keyboard.PressAsync("Escape");
        page.Api.Fault = (429, "Ten requests a minute are all.", "3600");
        await page.AskAsync("I like tea.");
        await Expect(page.Notice).Not.ToBeEmptyAsync();
        await CheckAsync(page, "a fault");
        page.Api.Fault = (403, "A key is needed.", null);
        await page.AskAsync("I like");
        await Expect(page.Notice.GetByLabel("Key")).ToBeVisibleAsync();
        await CheckAsync(page, "asking for a key");
        await page.TabAsync("Files");
        await page.Page.GetByLabel("Choose files").SetInputFilesAsync(new FilePayload { Name = "a-rather-long-name-of-a-letter.txt", MimeType = "text/plain", Buffer = [65] });
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { NameString = "Save" })).ToBeVisibleAsync();
        await CheckAsync(page, "files");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Axe_finds_nothing_on_the_page_of_the_API(int width)
    {
        string axe = AxeCore();
        await using OpenPage page = await OpenPage.OpenAsync(chromium, path: "/api", width: width, own: true);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "GET /v1/models", Exact = true })).ToBeVisibleAsync();
        await page.Page.EvaluateAsync(axe + ";0");
        await page.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => { part.open = true; })");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();
        await Expect(page.Page.Locator(".answer-head").First).ToBeVisibleAsync();
        await CheckAsync(page, "the API");
    }

    [Fact]
    public async Task The_keyboard_reaches_everything_in_the_order_of_the_page()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea.");
        await page.Page.GetByText("Skip to the text").FocusAsync();
        List<string> reached = ["Skip to the text"];
        while (reached.Count < 17)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent.trim()"));
        }

        Assert.Equal(
            ["Skip to the text", "Sequor", "Translate", "API", "theme", "tab-text", "from", "swap", "to", "model", "source-text", "clear", "Ich", "shade", "link", "copy", "tab-attention"],
            reached);
        string ring = await page.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
        Assert.NotEqual("none", ring);
    }

    [Fact]
    public async Task Colours_follow_the_system_until_the_reader_chooses()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, dark: true);
        Task<string> Paper() => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        string dark = await Paper();
        ILocator button = page.Page.Locator("#theme");
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-label", "Colours: light. Change");
        string light = await Paper();
        Assert.NotEqual(dark, light);
        await page.Page.ReloadAsync();
        Assert.Equal(light, await Paper());
        await button.ClickAsync();
        Assert.Equal(dark, await Paper());
    }

    [Fact]
    public async Task Nothing_moves_for_readers_who_want_less_motion()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Gate = new TaskCompletionSource() }, own: true);
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.AskAsync("I like tea.");
        await Expect(page.Page.Locator("#output")).ToHaveAttributeAsync("data-status", "streaming");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }

    // Dark differs from light in colours alone, so there only contrast is looked at. Nothing may move meanwhile: half-way colours are no fault.
    private static async Task CheckAsync(OpenPage page, string state)
    {
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await CheckAsync(page, state, "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await CheckAsync(page, state + ", dark", "['color-contrast']");
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    private static async Task CheckAsync(OpenPage page, string state, string rules)
    {
        string found = await page.Page.EvaluateAsync<string>(
            $$"""
            async () => {
              const { violations } = await axe.run(document, { runOnly: {{rules}}, resultTypes: ['violations'] });
              return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`).join('\n');
            }
            """);
        Assert.True(found.Length == 0, state + ": " + found);
    }

    // The checker is under another licence than this repository, so it is fetched and not kept here.
    private static string AxeCore()
    {
        string fetched = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Served.ModelPath("en-de")))!, "artifacts", "axe", "axe.min.js");
        string path = Environment.GetEnvironmentVariable("AXE_CORE") is { Length: > 0 } named ? named : fetched;
        Assert.SkipUnless(File.Exists(path), $"axe-core is not at {path}. Fetch it with tools/axe/fetch, or name axe.min.js in AXE_CORE.");
        return File.ReadAllText(path);
    }
}
