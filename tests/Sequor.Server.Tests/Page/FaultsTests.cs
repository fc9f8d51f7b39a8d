using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class FaultsTests(Chromium chromium)
{
    [Theory]
    [InlineData(429, "Ten requests a minute are all.", "Too many requests", "3599")]
    [InlineData(503, "The queue is full.", "The server is busy", "3599")]
    [InlineData(413, "The text is longer than this server takes.", "The text is too long", null)]
    [InlineData(400, "'input' is empty.", "The server could not take this", null)]
    [InlineData(500, "The server failed.", "Something went wrong", null)]
    public async Task A_fault_is_told_in_the_servers_words_and_goes_when_it_is_over(int status, string sentence, string title, string? retryAfter)
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Fault = (status, sentence, retryAfter) });
        await page.AskAsync("I like tea.");
        await Expect(page.Notice.GetByRole(AriaRole.Heading)).ToHaveTextAsync(title);
        await Expect(page.Notice).ToContainTextAsync(sentence);
        if (retryAfter is not null)
        {
            await Expect(page.Notice).ToContainTextAsync(new Regex("Trying again in 3[0-9]{3} s"));
        }

        page.Api.Fault = null;
        await page.Notice.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
        await Expect(page.Notice).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_by_itself_after_the_time_it_named()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Fault = (503, "The queue is full.", "3600") }, own: true);
        await page.Page.Clock.InstallAsync();
        await page.AskAsync("I like tea.");
        await Expect(page.Notice).ToContainTextAsync("The queue is full.");
        int before = page.Api.Generated.Count;
        page.Api.Fault = null;
        await page.Page.Clock.FastForwardAsync("59:00");
        Assert.Equal(before, page.Api.Generated.Count);
        await page.Page.Clock.FastForwardAsync("01:01");
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
    }

    [Fact]
    public async Task A_key_is_asked_for_sent_and_forgotten_with_the_tab()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Key = "secret" });
        await page.AskAsync("I like tea.");
        await page.Notice.GetByLabel("Key").FillAsync("secret");
        await page.Notice.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
        Assert.Equal("secret", await page.Page.EvaluateAsync<string>("Object.values(sessionStorage).join()"));
        Assert.DoesNotContain("secret", await page.Page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_over_the_limit_is_not_sent()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { CharacterLimit = 20 });
        await page.TranslateAsync("I like tea.");
        // The limit comes with the settings, which may come later than a translation.
        await Expect(page.Page.Locator("#formats")).ToHaveTextAsync("Takes .txt, .md.");
        await page.AskAsync("Where is the train? I like tea.");
        await Expect(page.Notice).ToContainTextAsync("This server takes up to 20 characters; the text has 31.");
        await Expect(page.Page.GetByText("31 of 20 characters")).ToBeVisibleAsync();
        Assert.Single(page.Api.Generated);
        await page.TranslateAsync("I like tea.");
        await Expect(page.Notice).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_device_without_network_says_so_and_goes_on_when_it_is_back()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, own: true);
        await Expect(page.Page.Locator("#from")).ToHaveValueAsync("en");
        await page.Page.Context.SetOfflineAsync(true);
        await page.AskAsync("I like tea.");
        await Expect(page.Notice).ToContainTextAsync("You are offline");
        await page.Page.Context.SetOfflineAsync(false);
        await Expect(page.Target).ToHaveTextAsync("Ich mag Tee.");
        await Expect(page.Notice).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_server_that_is_gone_is_missed()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium);
        await page.TranslateAsync("I like tea.");
        await page.Host.DisposeAsync();
        await page.AskAsync("Where is the train?");
        await Expect(page.Notice).ToContainTextAsync("The server does not answer.");
        await Expect(page.Notice).ToContainTextAsync("Trying again");
    }
}
