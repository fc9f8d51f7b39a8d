using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

/// <summary>The page in a browser, before an API that a test rules. No script may fail while it is open.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];
    private readonly bool _own;

    private OpenPage(IPage page, PageHost host, FakeApi api, bool own)
    {
        (Page, Host, Api, _own) = (page, host, api, own);
        page.PageError += OnFault;
        page.Console += OnConsole;
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

    /// <summary>Opens the page. A test that changes the window itself, as its clock or its network, needs one of its own.</summary>
    internal static async Task<OpenPage> OpenAsync(Chromium chromium, FakeApi? api = null, string path = "/", int width = 1280, bool dark = false, bool touch = false, bool own = false)
    {
        api ??= new FakeApi();
        WindowKind kind = new(width, dark, touch);
        IPage page = own ? await chromium.OwnAsync(kind) : await chromium.SharedAsync(kind);
        return await OpenAsync(page, await PageHost.StartAsync(api.Map), api, path, own);
    }

    /// <summary>Opens the page of a whole server.</summary>
    internal static async Task<OpenPage> OpenAsync(Chromium chromium, WebApplication server, string path = "/")
    {
        IPage page = await chromium.SharedAsync(new WindowKind(1280, false, false));
        return await OpenAsync(page, await PageHost.StartAsync(server), new FakeApi(), path, own: false);
    }

    private static async Task<OpenPage> OpenAsync(IPage page, PageHost host, FakeApi api, string path, bool own)
    {
        OpenPage open = new(page, host, api, own);
        await page.GotoAsync(new Uri(host.Address, path).ToString());
        return open;
    }

    /// <summary>Types a text, asks for its translation at once and waits for the whole of its translation.</summary>
    internal async Task TranslateAsync(string text)
    {
        await AskAsync(text);
        await SettledAsync();
    }

    /// <summary>Types a text and asks for its translation in one step: were they two, the pause between them might ask for it as well.</summary>
    internal Task AskAsync(string text) => Source.EvaluateAsync(
        """
        (field, text) => {
          field.focus();
          field.value = text;
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
        }
        """,
        text);

    /// <summary>Stops the page's clock, so that what it does after a time waits until a test lets that time pass.</summary>
    internal async Task StopClockAsync()
    {
        await Page.Clock.InstallAsync();
        await Page.Clock.PauseAtAsync(DateTimeOffset.UnixEpoch.AddYears(90).UtcDateTime);
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
        Page.PageError -= OnFault;
        Page.Console -= OnConsole;
        if (_own)
        {
            await Page.Context.DisposeAsync();
        }
        else
        {
            // The next server may happen to listen where this one did.
            await Page.EvaluateAsync("localStorage.clear(); sessionStorage.clear()");
        }

        Api.Gate?.TrySetResult();
        await Host.DisposeAsync();
        Assert.Empty(_faults);
    }

    private void OnFault(object? sender, string fault) => _faults.Add(fault);

    private void OnConsole(object? sender, IConsoleMessage said)
    {
        if (said.Text.Contains("Content Security Policy", StringComparison.Ordinal))
        {
            _faults.Add(said.Text);
        }
    }
}
