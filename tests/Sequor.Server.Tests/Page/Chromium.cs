using Microsoft.Playwright;

namespace Sequor.Server.Tests.Page;

/// <summary>One Chromium for all tests of the page; each test gets a fresh window of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>One page for the modules alone, which nothing there changes. Its policy is passed over, so that tests may bring code of their own.</summary>
    internal (PageHost Host, IPage Page)? Blank { get; set; }

    /// <summary>Where Chromium is: what CHROMIUM names, or Debian's.</summary>
    private static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    /// <summary>Opens a window without pages.</summary>
    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(File.Exists(Executable), $"There is no Chromium at {Executable}. Install Debian's package chromium, or name yours in CHROMIUM.");
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox"] });
        return await _browser.NewContextAsync(options);
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

/// <summary>Tests of the page share a browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PageCollection : ICollectionFixture<Chromium>
{
    /// <summary>The collection's name.</summary>
    internal const string Name = "The page";
}
