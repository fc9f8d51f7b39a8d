using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class ExplorerTests(Chromium chromium)
{
    [Fact]
    public async Task Every_path_is_shown_with_its_fields_and_an_example_that_can_be_sent()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, path: "/api");
        await Expect(page.Page.Locator(".operation h3")).ToHaveTextAsync(["POST /v1/generate", "GET /v1/models", "GET /v1/models/{id}"]);
        ILocator generate = page.Page.GetByRole(AriaRole.Article, new() { NameString = "POST /v1/generate" });
        await Expect(generate.Locator(".fields li").First).ToHaveTextAsync("inputstringneededThe text.");
        await Expect(generate.GetByLabel("Body, JSON")).ToHaveValueAsync("{\n  \"input\": \"I like tea.\"\n}");
        await Expect(generate.Locator(".curl-line")).ToHaveTextAsync($"curl {page.Host.Address}v1/generate -H 'Content-Type: application/json' -d '{{\"input\":\"I like tea.\"}}'");
        await generate.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(generate.Locator(".answer-head")).ToContainTextAsync("200 OK");
        await Expect(generate.Locator(".answer-body")).ToContainTextAsync("\"text\": \"Ich mag Tee.\"");
    }

    [Fact]
    public async Task A_stream_is_shown_as_it_comes_and_a_fault_with_its_status()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { Gate = new TaskCompletionSource() }, path: "/api");
        ILocator generate = page.Page.GetByRole(AriaRole.Article, new() { NameString = "POST /v1/generate" });
        await generate.GetByLabel("Body, JSON").FillAsync("{\"input\": \"I like tea.\", \"stream\": true}");
        await generate.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(generate.Locator(".answer-body")).ToHaveTextAsync("event: part data: {\"text\":\"Ich\"}");
        page.Api.Gate!.SetResult();
        await Expect(generate.Locator(".answer-body")).ToContainTextAsync("event: done");
        page.Api.Fault = (503, "The queue is full.", "3");
        await generate.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(generate.Locator(".answer-head")).ToContainTextAsync("Retry-After: 3");
        await Expect(generate.Locator(".answer-body")).ToContainTextAsync("The queue is full.");
    }

    [Fact]
    public async Task A_path_takes_its_parts_from_fields()
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, path: "/api#get-v1-models-id");
        ILocator show = page.Page.GetByRole(AriaRole.Article, new() { NameString = "GET /v1/models/{id}" });
        await show.GetByLabel("id").FillAsync("en-de");
        await Expect(show.Locator(".curl-line")).ToHaveTextAsync($"curl {page.Host.Address}v1/models/en-de");
        await show.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(show.Locator(".answer-body")).ToContainTextAsync("Tatoeba English-German");
    }
}
