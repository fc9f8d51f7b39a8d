using Microsoft.Playwright;

namespace Sequor.Server.Tests.Page;

/// <summary>One Chromium for all tests of the page. Tests that want the same window share it, since opening one takes longer than most tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly Dictionary<WindowKind, IPage> _shared = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>One page for the modules alone, which nothing there changes. Its policy is passed over, so that tests may bring code of their own.</summary>
    internal (PageHost Host, IPage Page)? Blank { get; set; }

    /// <summary>Where Chromium is: what CHROMIUM names, or Debian's.</summary>
    private static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    /// <summary>The window of a kind that tests share. Each shows the page of a server of its own, and what a page keeps belongs to its server.</summary>
    internal async Task<IPage> SharedAsync(WindowKind kind)
    {
        if (!_shared.TryGetValue(kind, out IPage? page))
        {
            _shared.Add(kind, page = await OwnAsync(kind));
        }

        // Where the test before left the pointer, a word may come to lie.
        await page.Mouse.MoveAsync(0, 0);
        return page;
    }

    /// <summary>A window for one test alone, which may change what belongs to a window: its clock, its network, its media.</summary>
    internal async Task<IPage> OwnAsync(WindowKind kind)
    {
        IBrowserContext context = await OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = kind.Width, Height = 800 },
            ColorScheme = kind.Dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = kind.Touch,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        return await context.NewPageAsync();
    }

    /// <summary>Opens a window without pages.</summary>
    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(File.Exists(Executable), $"There is no Chromium at {Executable}. Install Debian's package chromium, or name yours in CHROMIUM.");
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox"] });
        IBrowserContext context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000);
        return context;
    }

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Blank is var (host, _))
        {
            await host.DisposeAsync();
        }
    }
}

/// <summary>What a window is like.</summary>
internal readonly record struct WindowKind(int Width, bool Dark, bool Touch);

/// <summary>Tests of the page share a browser, one after the other and beside no other test: a browser alone fills the cores of a small machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PageCollection : ICollectionFixture<Chromium>
{
    /// <summary>The collection's name.</summary>
    internal const string Name = "The page";
}
