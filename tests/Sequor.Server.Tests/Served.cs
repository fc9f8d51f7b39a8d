using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests;

/// <summary>The contained models behind a server that listens nowhere: requests reach it in memory.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Served(WebApplication app) => (_app, Client) = (app, app.GetTestClient());

    /// <summary>Asks the server.</summary>
    internal HttpClient Client { get; }

    /// <summary>Every route that is meant to be documented, as method and path.</summary>
    internal IReadOnlyList<(string Method, string Path)> Routes =>
    [
        .. from endpoint in ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
           select (method.ToLowerInvariant(), "/" + endpoint.RoutePattern.RawText!.TrimStart('/')),
    ];

    /// <summary>Starts a server with the contained English-German model.</summary>
    internal static async Task<Served> StartAsync(ServerOptions? options = null, Action<WebApplicationBuilder>? change = null)
    {
        options ??= new ServerOptions { Models = [ModelPath("en-de")] };
        WebApplication app = ServerApplication.Build(options, new ModelRegistry(options.Models), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            change?.Invoke(builder);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Served(app);
    }

    /// <summary>The directory of a contained model.</summary>
    internal static string ModelPath(string name)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sequor.slnx")))
        {
            directory = directory.Parent;
        }

        Assert.SkipWhen(directory is null, "The contained models are not beside this test: no Sequor.slnx above " + AppContext.BaseDirectory);
        return Path.Combine(directory!.FullName, "models", name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
