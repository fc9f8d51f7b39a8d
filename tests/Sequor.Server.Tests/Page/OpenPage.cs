using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

/// <summary>The page in a browser, before an API that a test rules. No script may fail while it is open.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private OpenPage(IBrowserContext context, PageHost host, FakeApi api, IPage page)
    {
        (_context, Host, Api, Page) = (context, host, api, page);
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, said) =>
        {
            if (said.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Add(said.Text);
            }
        };
    }

    /// <summary>The server.</summary>
    internal PageHost Host { get; }

    /// <summary>What it answers.</summary>
    internal FakeApi Api { get; }

    /// <summary>What the browser shows.</summary>
    internal IPage Page { get; }

    /// <summary>Where text is typed.</summary>
    internal ILocator Source => Page.GetByRole(AriaRole.Textbox, new() { Name = "Text to translate" });

    /// <summary>Where its translation appears.</summary>
    internal ILocator Target => Page.Locator("#target-text");

    /// <summary>What keeps the page from its work.</summary>
    internal ILocator Notice => Page.Locator("#notice");

    /// <summary>Opens the page.</summary>
    internal static async Task<OpenPage> OpenAsync(Chromium chromium, FakeApi? api = null, string path = "/", int width = 1280, bool dark = false, bool touch = false)
    {
        api ??= new FakeApi();
        return await OpenAsync(chromium, api, await PageHost.StartAsync(api.Map), path, width, dark, touch);
    }

    /// <summary>Opens the page of a whole server.</summary>
    internal static async Task<OpenPage> OpenAsync(Chromium chromium, WebApplication server, string path = "/") =>
        await OpenAsync(chromium, new FakeApi(), await PageHost.StartAsync(server), path, 1280, false, false);

    private static async Task<OpenPage> OpenAsync(Chromium chromium, FakeApi api, PageHost host, string path, int width, bool dark, bool touch)
    {
        IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = touch,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(60_000);
        OpenPage open = new(context, host, api, await context.NewPageAsync());
        await open.Page.GotoAsync(path);
        return open;
    }

    /// <summary>Types a text, asks for its translation at once and waits for the whole of its translation.</summary>
    internal async Task TranslateAsync(string text)
    {
        await Source.FillAsync(text);
        await Source.PressAsync("Control+Enter");
        await SettledAsync();
    }

    /// <summary>Waits for the whole of a translation.</summary>
    internal Task SettledAsync() => Expect(Page.Locator("#output")).ToHaveAttributeAsync("data-status", "done");

    /// <summary>A word of the translation.</summary>
    internal ILocator Word(string word) => Target.Locator(".mark", new() { HasTextString = word });

    /// <summary>Opens one of the tabs below the translation.</summary>
    internal async Task<ILocator> TabAsync(string name)
    {
        await Page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true }).ClickAsync();
        return Page.GetByRole(AriaRole.Tabpanel, new() { Name = name, Exact = true });
    }

    /// <summary>The words that are lit on one side.</summary>
    internal Task<string[]> LitAsync(string side) =>
        Page.EvaluateAsync<string[]>("side => [...document.querySelectorAll(side + ' .lit')].map(word => word.textContent)", side);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Api.Gate?.TrySetResult();
        await Host.DisposeAsync();
        Assert.Empty(_faults);
    }
}
