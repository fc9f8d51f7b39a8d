using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class TypingTests(Chromium chromium)
{
    [Fact]
    public async Task The_translation_appears_in_parts_while_it_is_made()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Gate = new TaskCompletionSource() });
        await page.Source.FillAsync("Where is the train?");
        await Expect(page.Target).ToHaveTextAsync("Wo");
        await Expect(page.Page.Locator("#output")).ToHaveAttributeAsync("aria-busy", "true");
        page.Api.Gate!.SetResult();
        await Expect(page.Target).ToHaveTextAsync("Wo ist der Zug?");
        await Expect(page.Page.Locator("#said")).ToHaveTextAsync("Wo ist der Zug?");
    }

    [Fact]
    public async Task Typing_on_lets_go_of_the_translation_before()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Gate = new TaskCompletionSource() });
        await page.Source.FillAsync("Where is the train?");
        await Expect(page.Target).ToHaveTextAsync("Wo");
        await page.Source.FillAsync("I like tea.");
        await Expect(page.Target).ToHaveTextAsync("Ich");
        page.Api.Gate!.SetResult();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
        await Eventually.EqualAsync(1, () => page.Api.Cancelled);
    }

    [Fact]
    public async Task Many_keys_make_one_request_after_a_pause_and_Control_Enter_makes_it_at_once()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, own: true);
        await Expect(page.Page.Locator("#model")).ToHaveValueAsync("en-de");
        await page.StopClockAsync();
        await page.Source.PressSequentiallyAsync("I like tea.");
        Assert.Empty(page.Api.Generated);
        await page.Page.Clock.RunForAsync(1000);
        await page.SettledAsync();
        Assert.Equal("I like tea.", Assert.Single(page.Api.Generated)["input"]!.GetValue<string>());

        await page.Source.FillAsync("Where is the train?");
        await page.Source.PressAsync("Control+Enter");
        await Expect(page.Target).ToHaveTextAsync("Wo ist der Zug?");
    }

    [Fact]
    public async Task What_is_typed_before_the_models_are_known_waits_for_them_without_asking_again()
    {
        TaskCompletionSource known = new();
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { ListAfter = known.Task });
        await page.AskAsync("I like tea.");
        await Expect(page.Page.Locator("#output")).ToHaveAttributeAsync("data-status", "waiting");
        known.SetResult();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
        Assert.Equal(1, page.Api.Listed);
        Assert.Single(page.Api.Generated);
    }

    [Fact]
    public async Task Swapping_turns_the_languages_round_and_translates_back()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Swap languages" }).ClickAsync();
        await Expect(page.Source).ToHaveValueAsync("Wo ist der Zug?");
        await Expect(page.Target).ToHaveTextAsync("Where is the train?");
        await Expect(page.Page.Locator("#from")).ToHaveValueAsync("de");
        await Expect(page.Page.Locator("#to")).ToHaveValueAsync("en");
        await Expect(page.Page.Locator("#model")).ToHaveValueAsync("de-en");
    }

    [Fact]
    public async Task A_language_that_is_found_chooses_the_model()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.Page.Locator("#from").SelectOptionAsync("auto");
        await page.TranslateAsync("Wo ist der Zug?");
        await Expect(page.Page.Locator("#detected")).ToHaveTextAsync("Detected: German");
        await Expect(page.Target).ToHaveTextAsync("Where is the train?");
    }

    [Fact]
    public async Task A_link_carries_model_and_text_and_opens_them_again()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, own: true);
        await page.TranslateAsync("I like tea.");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Link" }).ClickAsync();
        await Eventually.EqualAsync(page.Host.Address + "#model=en-de&text=I+like+tea.", () => page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        IPage other = await page.Page.Context.NewPageAsync();
        await other.GotoAsync(page.Host.Address + "#model=de-en&text=Wo+ist+der+Zug%3F");
        await Expect(other.Locator("#target-text")).ToHaveTextAsync("Where is the train?");
        await Expect(other.Locator("#from")).ToHaveValueAsync("de");
    }

    [Fact]
    public async Task The_translation_is_copied_and_the_characters_are_counted()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, own: true);
        await page.TranslateAsync("I like tea.");
        await Expect(page.Page.GetByText("11 characters")).ToBeVisibleAsync();
        // It says "Copied" for a moment only, which must not pass unseen.
        await page.StopClockAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.Equal("Ich mag Tee.", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Target).ToBeEmptyAsync();
        await Expect(page.Source).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Text_that_runs_from_right_to_left_is_laid_out_so()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.Source.FillAsync("שלום עולם");
        Assert.Equal("rtl", await page.Source.EvaluateAsync<string>("field => getComputedStyle(field).direction"));
    }

    [Fact]
    public async Task Markup_in_a_text_stays_text()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, path: "/#text=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E");
        await page.SettledAsync();
        Assert.Equal(0, await page.Page.Locator("#source-words img, #target-text img").CountAsync());
        await Expect(page.Source).ToHaveValueAsync(new Regex("^<img"));
    }

    [Fact]
    public async Task The_search_is_the_models_own_until_another_is_chosen()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea.");
        Assert.Null(page.Api.Generated[0]["decode"]);
        await page.TabAsync("Search");
        await page.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^Sampling") }).CheckAsync();
        await Eventually.EqualAsync(2, () => page.Api.Generated.Count);
        Assert.Equal("sample", page.Api.Generated[1]["decode"]!.GetValue<string>());
        Assert.Equal(0.8, page.Api.Generated[1]["temperature"]!.GetValue<double>());
    }
}
