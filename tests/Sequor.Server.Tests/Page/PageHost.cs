using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Sequor.Server.Page;

namespace Sequor.Server.Tests.Page;

/// <summary>The page behind a real port, with whatever else a test maps beside it.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    internal Uri Address { get; }

    /// <summary>Asks it.</summary>
    internal HttpClient Client { get; }

    /// <summary>Starts it at a port that is free.</summary>
    internal static async Task<PageHost> StartAsync(Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPage();
        map?.Invoke(app);
        return await StartAsync(app);
    }

    /// <summary>Starts a whole server.</summary>
    internal static async Task<PageHost> StartAsync(WebApplication app)
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PageHost(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
