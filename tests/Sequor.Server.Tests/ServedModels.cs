using System.Text;
using System.Text.Json;
using Sequor.Server.Settings;

[assembly: AssemblyFixture(typeof(Sequor.Server.Tests.ServedModels))]

namespace Sequor.Server.Tests;

/// <summary>One server with both contained models, for all tests that only ask.</summary>
public sealed class ServedModels : IAsyncLifetime
{
    private Served? _served;

    internal HttpClient Client => _served!.Client;

    /// <summary>Every route that is meant to be documented, as method and path.</summary>
    internal IReadOnlyList<(string Method, string Path)> Routes => _served!.Routes;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _served = await Served.StartAsync(new ServerOptions { Models = [Served.ModelPath("en-de"), Served.ModelPath("de-en")] });

    /// <summary>Sends JSON as it is written.</summary>
    internal async Task<Answer> PostAsync(string path, string json)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        return await SendAsync(path, body);
    }

    /// <summary>Sends a body.</summary>
    internal async Task<Answer> SendAsync(string path, HttpContent? body)
    {
        using HttpResponseMessage response = await Client.PostAsync(path, body, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>Gets a path.</summary>
    internal async Task<Answer> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseMessage Response)
{
    /// <summary>The body as JSON.</summary>
    internal JsonElement Json { get; } = Parsed(Body);

    /// <summary>The sentence of a fault.</summary>
    internal string Error => Json.GetProperty("error").GetString()!;

    /// <summary>A field of the body.</summary>
    internal JsonElement this[string field] => Json.GetProperty(field);

    internal static async Task<Answer> OfAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);

    private static JsonElement Parsed(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
