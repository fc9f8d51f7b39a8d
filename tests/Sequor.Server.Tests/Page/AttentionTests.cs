using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class AttentionTests(Chromium chromium)
{
    [Fact]
    public async Task Pointing_at_a_translated_word_lights_the_word_it_attends_to()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        await page.Word("der").HoverAsync();
        await Expect(page.Page.Locator("#source-words .lit")).ToHaveTextAsync("the");
        await Expect(page.Page.Locator("#readout")).ToHaveTextAsync("der attends to the 90%");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Sequor" }).HoverAsync();
        await Expect(page.Page.Locator(".lit")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pointing_at_a_typed_word_lights_the_words_that_attend_to_it()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea. Where is the train?");
        LocatorBoundingBoxResult box = (await page.Page.Locator("#source-words .mark", new() { HasTextString = "train" }).BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await Expect(page.Target.Locator(".lit")).ToHaveTextAsync("Zug");
        Assert.Single(page.Api.PostedTo("/v1/attention"), asked => asked["source"]!.GetValue<string>() == "Where is the train?");
    }

    [Fact]
    public async Task The_caret_lights_words_too_and_the_arrows_walk_through_the_translation()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        await page.Source.PressAsync("Home");
        await Expect(page.Target.Locator(".lit")).ToHaveTextAsync("Wo");
        await page.Word("Wo").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Word("ist")).ToBeFocusedAsync();
        await Expect(page.Page.Locator("#source-words .lit")).ToHaveTextAsync("is");
        await Expect(page.Word("ist")).ToHaveAttributeAsync("aria-description", "attends to is 83%");
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Word("Zug")).ToBeFocusedAsync();
        Assert.Equal(1, await page.Target.Locator("[tabindex='0']").CountAsync());
    }

    [Fact]
    public async Task A_tap_does_what_pointing_does()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, touch: true, width: 360);
        await page.TranslateAsync("Where is the train?");
        await page.Word("ist").TapAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog).Locator("li button").First).ToBeFocusedAsync();
        await Expect(page.Page.Locator("#source-words .lit")).ToHaveTextAsync("is");
        await Expect(page.Page.Locator("#readout")).ToHaveTextAsync("ist attends to is 83%");
        await page.Page.Touchscreen.TapAsync(2, 2);
        await Expect(page.Page.Locator(".lit")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_map_shows_every_layer_and_head_and_what_is_chosen_rules_what_lights_up()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("Where is the train?");
        ILocator panel = await page.TabAsync("Attention");
        await Expect(panel.Locator(".stamp")).ToHaveCountAsync(4 * 5);
        await Expect(panel.Locator(".heat tbody tr")).ToHaveCountAsync(6);
        await Expect(panel.Locator(".heat thead th")).ToHaveTextAsync(["Where", "is", "the", "train", "?", "</s>"]);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Layer 3, head 4" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Layer 3, head 4");
        ILocator cell = panel.Locator(".heat tbody tr").Nth(1).Locator("td").Nth(3);
        await Expect(cell).ToHaveTextAsync("90%");
        await cell.HoverAsync();
        await Expect(panel.Locator(".heat-said")).ToHaveTextAsync("ist attends to train: 90%");
        await Expect(page.Page.Locator("#source-words .chosen")).ToHaveTextAsync("train");
        await Expect(page.Target.Locator(".chosen")).ToHaveTextAsync("ist");
        await page.Word("ist").HoverAsync();
        await Expect(page.Page.Locator("#source-words .lit")).ToHaveTextAsync("train");
    }

    [Fact]
    public async Task Each_sentence_has_a_map_of_its_own()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea. Where is the train?");
        ILocator panel = await page.TabAsync("Attention");
        await Expect(panel.Locator(".heat thead th").First).ToHaveTextAsync("I");
        await panel.GetByLabel("Sentence").SelectOptionAsync("1");
        await Expect(panel.Locator(".heat thead th").First).ToHaveTextAsync("Where");
    }
}
