using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class PanelsTests(Chromium chromium)
{
    [Fact]
    public async Task Every_word_and_every_piece_tells_its_confidence()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Wo, sure, 95%" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "ist, fairly sure, 60%" })).ToHaveAttributeAsync("data-level", "fair");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Zug, a guess, 10%" })).ToHaveAttributeAsync("data-level", "guess");
        ILocator panel = await page.TabAsync("Confidence");
        await Expect(panel).ToContainTextAsync("sure of 2 of 5 pieces and least sure of Zug (10%)");
        await Expect(panel.Locator("li").Nth(2)).ToHaveTextAsync("30%der, unsure");

        ILocator shade = page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Confidence" });
        Assert.Contains("underline", await page.Word("Zug").EvaluateAsync<string>("word => getComputedStyle(word).textDecorationLine"), StringComparison.Ordinal);
        await shade.UncheckAsync();
        Assert.Equal("none", await page.Word("Zug").EvaluateAsync<string>("word => getComputedStyle(word).textDecorationLine"));
    }

    [Fact]
    public async Task A_glossary_is_held_to_reported_on_and_kept()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        ILocator panel = await page.TabAsync("Glossary");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Add a term" }).ClickAsync();
        await page.Page.Keyboard.TypeAsync("train");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("Zug");
        await Eventually.EqualAsync("Zug", () => page.Api.Generated[^1]["glossary"]?["train"]?.GetValue<string>());
        await Expect(panel.Locator(".met")).ToHaveTextAsync("✓ met");

        await panel.GetByLabel("Import TSV").SetInputFilesAsync(new FilePayload { Name = "terms.tsv", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("tea\tKaffee\nno tab here\n") });
        await Expect(panel).ToContainTextAsync("1 terms read from terms.tsv. Line 2 needs a term, a tab and a translation.");
        await Expect(panel.Locator(".met")).ToHaveTextAsync(["✓ met", "✗ not met"]);

        IDownload saved = await page.Page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Button, new() { Name = "Export TSV" }).ClickAsync());
        Assert.Equal("glossary-en-de.tsv", saved.SuggestedFilename);
        using StreamReader reader = new(await saved.CreateReadStreamAsync());
        Assert.Equal("train\tZug\ntea\tKaffee\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));

        await page.Page.ReloadAsync();
        panel = await page.TabAsync("Glossary");
        await Expect(panel.GetByLabel("Term")).ToHaveCountAsync(2);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Remove train" }).ClickAsync();
        await Expect(panel.GetByLabel("Term")).ToHaveValueAsync("tea");
    }

    [Fact]
    public async Task The_card_tells_scores_failures_licence_and_how_it_learned()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        ILocator panel = await page.TabAsync("Model");
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = "Tatoeba English-German" })).ToBeVisibleAsync();
        await Expect(panel).ToContainTextAsync("CC BY 2.0 FR");
        await Expect(panel).ToContainTextAsync("Long sentences lose parts");
        await Expect(panel.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("BLEU42.2240.72 to 43.77");
        await Expect(panel.GetByRole(AriaRole.Img, new() { Name = "BLEU from 28.56 at update 1000 to 42.63 at update 6000" })).ToBeVisibleAsync();
        await Expect(panel.Locator("svg").First.Locator("circle")).ToHaveCountAsync(6);
        await page.Page.Locator("#model").SelectOptionAsync("de-en");
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = "Tatoeba German-English" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Files_are_translated_with_progress_and_each_fault_stays_with_its_file()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Gate = new TaskCompletionSource() });
        await Expect(page.Page.Locator("#to")).ToHaveValueAsync("de");
        await page.TabAsync("Files");
        await page.Page.GetByLabel("Choose files").SetInputFilesAsync(
        [
            new FilePayload { Name = "letter.txt", MimeType = "text/plain", Buffer = "Hello."u8.ToArray() },
            new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = [1, 2, 3] },
            new FilePayload { Name = "book.txt", MimeType = "text/plain", Buffer = "Hello."u8.ToArray() },
            new FilePayload { Name = "bad.txt", MimeType = "text/plain", Buffer = "Hello."u8.ToArray() },
        ]);
        ILocator Line(string name) => page.Page.Locator("#file-list li", new() { HasTextString = name });
        await Expect(page.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of letter.txt" })).ToHaveAttributeAsync("value", "0.5");
        await Expect(Line("letter.txt")).ToContainTextAsync("Translating… 1 of 2 sentences");
        await Line("book.txt").GetByRole(AriaRole.Button, new() { Name = "Stop book.txt" }).ClickAsync();
        await Expect(Line("book.txt")).ToContainTextAsync("Stopped.");
        await Eventually.EqualAsync(1, () => page.Api.Cancelled);
        page.Api.Gate!.SetResult();
        await Expect(Line("photo.png")).ToContainTextAsync("Files of this kind cannot be translated.");
        await Expect(Line("bad.txt")).ToContainTextAsync("The model was unloaded.");
        await Expect(Line("letter.txt")).ToContainTextAsync("Done");
        IDownload saved = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Save the translation of letter.txt" }).ClickAsync());
        using StreamReader reader = new(await saved.CreateReadStreamAsync());
        Assert.Equal("Übersetzt: letter.txt", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("en", page.Api.PostedTo("/translate_file")[0]["source"]!.GetValue<string>());
        Assert.Equal("text/event-stream", page.Api.PostedTo("/translate_file")[0]["accept"]!.GetValue<string>());
    }
}
