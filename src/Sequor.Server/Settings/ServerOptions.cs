using System.Net;
using Sequor.Tensors.Kernels;

namespace Sequor.Server.Settings;

/// <summary>How the server is set up. Every property has a flag, an environment variable and a YAML key; docs/serving.md lists them.</summary>
public sealed record ServerOptions
{
    /// <summary>The directories of the models that are served; the first is the one that is meant when none is named. Default none.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>A directory below which models may be loaded while the server runs; null for none. Where <see cref="Models"/> is empty, every model directly
    /// in it is served. Default null.</summary>
    public string? ModelsDirectory { get; init; }

    /// <summary>How matrices are held while they are decoded with; null for what each model's configuration says. Default null.</summary>
    public WeightType? ComputeType { get; init; }

    /// <summary>How long a model may lie idle before its memory is given back; null for ever. Default null.</summary>
    public TimeSpan? IdleUnload { get; init; }

    /// <summary>The address to listen at, such as <c>http://127.0.0.1:8080</c> or <c>http://unix:/run/sequor.sock</c>; null for <see cref="Host"/> and <see cref="Port"/>. Default null.</summary>
    public string? Url { get; init; }

    /// <summary>Where to listen: <c>localhost</c>, which other machines do not reach, or an address in numbers; <c>0.0.0.0</c> is every address of this machine. Default <c>localhost</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port, 0 to 65,535; 0 takes any that is free. Default 5000.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>Threads that compute, 1 to 256; null for one per processor. Default null.</summary>
    public int? Threads { get; init; }

    /// <summary>Threads of a model that decode side by side, each with a batch of its own, 1 to 256. Default that of <see cref="BatchingOptions"/>.</summary>
    public int Workers { get; init; } = new BatchingOptions().Workers;

    /// <summary>Source pieces decoded at once, 1 or more. Default 4,096.</summary>
    public int BatchTokens { get; init; } = new BatchingOptions().BatchTokens;

    /// <summary>Sentences decoded at once, 1 or more. Default that of <see cref="BatchingOptions"/>.</summary>
    public int BatchSentences { get; init; } = new BatchingOptions().BatchSentences;

    /// <summary>How long a text may wait for others while a batch is being decoded, 0 to 1 minute; an idle engine never waits. Default 5 ms.</summary>
    public TimeSpan MaximumWait { get; init; } = new BatchingOptions().MaximumWait;

    /// <summary>Texts that may wait, 1 or more; further ones are answered with 503. Default 4,096.</summary>
    public int QueueLimit { get; init; } = new BatchingOptions().QueueLimit;

    /// <summary>Translations that are remembered, 0 to 10,000,000; 0 for none. Default 0.</summary>
    public int CacheEntries { get; init; }

    /// <summary>Bytes that the body of a request may have, 1 KB to 1 GB. Default 2 MB.</summary>
    public long BodyLimit { get; init; } = 2_000_000;

    /// <summary>Bytes that a file to be translated may have, 1 KB to 1 GB. Default 10 MB.</summary>
    public long FileLimit { get; init; } = 10_000_000;

    /// <summary>Characters that one text may have, 1 or more; null for any number. Default 50,000.</summary>
    public int? CharactersPerText { get; init; } = 50_000;

    /// <summary>Texts that one request may hold, 1 or more; null for any number. Default 1,000.</summary>
    public int? TextsPerRequest { get; init; } = 1000;

    /// <summary>Hypotheses or samples that a request may ask for by text, 1 to 1,024. Default 64.</summary>
    public int BeamLimit { get; init; } = 64;

    /// <summary>How long a request may take, 10 ms to 24 h; null for ever. Default 2 minutes.</summary>
    public TimeSpan? RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a client may take to send the head of a request, 10 ms to 1 h. Default 15 s.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connections that may be open, 1 or more; null for any number. Default 4,096.</summary>
    public int? MaximumConnections { get; init; } = 4096;

    /// <summary>The file with the keys of those who may ask; null for none. Default null.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether a request for work needs a key. Default no.</summary>
    public bool RequireKeys { get; init; }

    /// <summary>Requests that one key may make, where the key itself has no other rate; null for any number. Default null.</summary>
    public RequestRate? RatePerKey { get; init; }

    /// <summary>Requests without a key that one address may make; null for any number. Default null.</summary>
    public RequestRate? RatePerAddress { get; init; }

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c> is believed. Default none.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Web origins (<c>https://example.org</c>, or <c>*</c>) whose pages may ask from a browser. Default none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether models may be loaded and unloaded by a request; null for only where the server listens at this machine alone. Default null.</summary>
    public bool? ManageModels { get; init; }

    /// <summary>How log lines look. Default for people.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Whether each request is logged. Default yes.</summary>
    public bool LogRequests { get; init; } = true;

    /// <summary>Whether the texts of users are logged. Default no.</summary>
    public bool LogText { get; init; }

    /// <summary>Where traces and metrics are sent by OTLP over HTTP, such as <c>http://localhost:4318</c>; null for nowhere. Default null.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Whether <c>/metrics</c> answers. Default yes.</summary>
    public bool Metrics { get; init; } = true;

    /// <summary>Whether files are translated. Default yes.</summary>
    public bool FileTranslation { get; init; } = true;

    /// <summary>Whether the web page is served. Default yes.</summary>
    public bool Page { get; init; } = true;

    /// <summary>The language that the page translates from at first, or <c>auto</c>. Default <c>auto</c>.</summary>
    public string DefaultSource { get; init; } = "auto";

    /// <summary>The language that the page translates to at first; null for the first model's. Default null.</summary>
    public string? DefaultTarget { get; init; }

    /// <summary>How long requests that are running may go on when the server is told to end, 0 to 1 h. Default 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The address to listen at, put together.</summary>
    public string ListenUrl => Url ?? (Host.Contains(':', StringComparison.Ordinal) && Host[0] != '[' ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}");

    /// <summary>Whether only this machine reaches the server.</summary>
    public bool ListensHereOnly => ListenUrl.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(ListenUrl, UriKind.Absolute, out Uri? address)
            && (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host, out IPAddress? number) && IPAddress.IsLoopback(number))));

    /// <summary>Whether models may be loaded and unloaded by a request, as <see cref="ManageModels"/> says, and else the address and whether others ask by way of a proxy.</summary>
    public bool AllowsManagingModels => ManageModels ?? (ListensHereOnly && TrustedProxies.Count == 0);

    /// <summary>How callers' texts are decoded together.</summary>
    public BatchingOptions Batching => new()
    {
        BatchTokens = BatchTokens,
        BatchSentences = BatchSentences,
        Workers = Workers,
        MaximumWait = MaximumWait,
        QueueLimit = QueueLimit,
    };

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. ServerSettings.All.Select(setting => setting.Fault(this)).OfType<string>(),
        .. Contradictions(),
    ];

    private IEnumerable<string> Contradictions()
    {
        ServerOptions defaults = new();
        if (Url is not null && (Host != defaults.Host || Port != defaults.Port))
        {
            yield return $"url is {Url}, and host or port is set too. Leave one of them out.";
        }

        if (Port == 0 && Url is null && Host == defaults.Host)
        {
            yield return "port is 0, any that is free, and that needs an address in numbers: set host to 127.0.0.1.";
        }

        if (RequireKeys && KeyFile is null)
        {
            yield return "require_keys is on, but there is no key_file to find them in. Make one with 'sequor keys add NAME --key-file FILE' and name it.";
        }

        if (LogText && !LogRequests)
        {
            yield return "log_text is on, but log_requests is off, and texts are logged with their requests. Leave one of them out.";
        }
    }
}
