using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class AlternativesTests(Chromium chromium)
{
    [Fact]
    public async Task Choosing_another_word_goes_on_from_it_and_leaves_the_other_sentences()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea. Where is the train?");
        await page.Word("der").ClickAsync();
        ILocator window = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Alternatives" });
        await Expect(window.Locator("li")).ToHaveTextAsync(["die fährt ab?60%", "unser fährt ab?20%"]);
        Assert.Equal("Wo ist", Assert.Single(page.Api.PostedTo("/v1/alternatives"))["prefix"]!.GetValue<string>());
        await window.GetByRole(AriaRole.Button, new() { NameString = "die" }).ClickAsync();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee. Wo ist die fährt ab?");
        await Expect(window).ToBeHiddenAsync();
        Assert.Equal("Where is the train?", page.Api.Generated[^1]["input"]!.GetValue<string>());
        Assert.Equal("Wo ist die", page.Api.Generated[^1]["prefix"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_keyboard_alone_opens_walks_and_leaves_the_window()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        await page.Word("Wo").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("Enter");
        ILocator window = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Alternatives" });
        await Expect(window.Locator("li button").First).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(window.Locator("li button").Nth(1)).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(window).ToBeHiddenAsync();
        await Expect(page.Word("ist")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Other_translations_are_listed_with_what_differs_and_can_be_used()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea. Where is the train?");
        ILocator panel = await page.TabAsync("Alternatives");
        await panel.GetByLabel("Sentence").SelectOptionAsync("1");
        await Expect(panel.Locator("li")).ToHaveCountAsync(2);
        await Expect(panel.Locator("mark")).ToHaveTextAsync(["die", "Bahn"]);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Use: Wo ist die Bahn?" }).ClickAsync();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee. Wo ist die Bahn?");
        await Expect(panel.GetByText("shown above")).ToBeVisibleAsync();
    }
}
