using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;
using Sequor.Server.Operations;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Operations;

/// <summary>A server that listens at a port of this machine, and what it logs.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private readonly StringWriter _log = new();

    private Listening(WebApplication app, ModelRegistry models, StringWriter log)
    {
        (App, Models, _log) = (app, models, log);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    internal WebApplication App { get; }

    internal ModelRegistry Models { get; }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts a server with the contained English-German model and waits until it is ready.</summary>
    internal static async Task<Listening> StartAsync(ServerOptions? options = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        options ??= new ServerOptions();
        options = options with { Models = [Served.ModelPath("en-de")], Url = "http://127.0.0.1:0" };
        StringWriter log = new();
        ModelRegistry models = new(options.Models);
        WebApplication app = ServerApplication.Build(options, models, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ILoggerProvider>(new LogLines(TextWriter.Synchronized(log), options.LogFormat, TimeProvider.System));
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync(Stop);
        await app.Services.GetRequiredService<Readiness>().WarmedUp;
        return new Listening(app, models, log);
    }

    /// <summary>Asks for a translation.</summary>
    internal Task<HttpResponseMessage> TranslateAsync(string body = """{"q":"Good morning.","source":"en","target":"de"}""", Action<HttpRequestMessage>? change = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/translate") { Content = new StringContent(body, null, "application/json") };
        change?.Invoke(request);
        return Client.SendAsync(request, Stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
