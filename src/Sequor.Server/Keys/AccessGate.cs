using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sequor.Server.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server.Keys;

/// <summary>Lets requests for work in, or refuses them: by their key, and by how many came before them. What only shows something (GET) needs no key.</summary>
internal sealed class AccessGate : IDisposable
{
    private readonly ServerOptions _options;
    private readonly RequestLimits _limits;
    private readonly KeyStore? _keys;
    private readonly RequestRates _rates = new();

    /// <summary>Makes the gate.</summary>
    /// <exception cref="InvalidDataException">The key file holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public AccessGate(ServerOptions options, RequestLimits limits, TimeProvider time, ILogger<AccessGate> log)
    {
        (_options, _limits) = (options, limits);
        _keys = options.KeyFile is { } path ? new KeyStore(path, time, log) : null;
    }

    /// <summary>Lets a request in.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="RequestFaultException">It is refused.</exception>
    internal async ValueTask AdmitAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || request.Path.Value == "/health")
        {
            return;
        }

        string? given = _keys is null ? null : await GivenKey.OfAsync(context, _limits).ConfigureAwait(false);
        ApiKey? key = given is null ? null : _keys!.Find(given);
        if (key is not null)
        {
            Admit(context, key);
        }

        Limit(context, key);
        if (key is null && given is not null)
        {
            throw Refusal("The API key is not valid: it was mistyped, or revoked. Ask whoever runs this server for another.");
        }

        if (key is null && _options.RequireKeys)
        {
            throw Refusal("This server answers only with an API key: send it as the field 'api_key', or in the header 'Authorization: Bearer KEY' or 'X-API-Key'. Whoever runs the server gives keys out.");
        }

        RefuseManaging(context);
    }

    /// <inheritdoc/>
    public void Dispose() => _rates.Dispose();

    private void Limit(HttpContext context, ApiKey? key)
    {
        TimeSpan? wait = key is null ? _rates.Take(context.Connection.RemoteIpAddress, _options.RatePerAddress) : _rates.Take(key, _options.RatePerKey);
        if (wait is { } time)
        {
            RequestRate rate = (key is null ? _options.RatePerAddress : key.Rate ?? _options.RatePerKey)!.Value;
            throw new RequestFaultException(StatusCodes.Status429TooManyRequests, $"More than {rate} requests came from {(key is null ? "this address" : "this key")}. Wait as long as Retry-After says.")
            {
                RetryAfter = time,
            };
        }
    }

    private static void Admit(HttpContext context, ApiKey key)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, key.Id)], "key", ClaimTypes.Name, ClaimTypes.Role));
        if (context.Features.Get<RequestFacts>() is { } facts)
        {
            facts.Key = key.Id;
        }
    }

    private void RefuseManaging(HttpContext context)
    {
        if (!_options.AllowsManagingModels && context.Request.Path.StartsWithSegments("/v1/models"))
        {
            throw Refusal("This server lets nobody load or unload models by a request. Whoever runs it can, with manage_models: on.");
        }

        // A page that somebody on this machine looks at may send such a request, though it never sees the answer.
        if (context.Request.Path.StartsWithSegments("/v1/models") && context.Request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !_options.CorsOrigins.Contains(origin) && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && string.Equals(page.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refusal("Pages of other origins load and unload no models here. Whoever runs the server can name them, with cors_origins.");
        }
    }

    private static RequestFaultException Refusal(string sentence) => new(StatusCodes.Status403Forbidden, sentence);
}
