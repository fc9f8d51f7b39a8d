using System.Net;

namespace Sequor.Server.Settings;

/// <content>Who may ask, what is told of it, and which parts are served.</content>
internal static partial class ServerSettings
{
    private static IEnumerable<ServerSetting> OfAccess()
    {
        const string group = "Access";
        yield return ServerSetting.Of("key_file", group, SettingKinds.OptionalText("FILE"),
            "The file that 'sequor keys' keeps; a change takes effect while the server runs.", o => o.KeyFile, (o, v) => o with { KeyFile = v });
        yield return ServerSetting.Of("require_keys", group, SettingKinds.Switch,
            "Answer requests for work without a key with 403.", o => o.RequireKeys, (o, v) => o with { RequireKeys = v });
        yield return ServerSetting.Of("rate_per_key", group, SettingKinds.Optional(SettingKinds.Rate),
            "Requests for work with one key, where the key has no rate of its own; more are answered with 429.", o => o.RatePerKey, (o, v) => o with { RatePerKey = v });
        yield return ServerSetting.Of("rate_per_address", group, SettingKinds.Optional(SettingKinds.Rate),
            "Requests for work without a key from one address; more are answered with 429.", o => o.RatePerAddress, (o, v) => o with { RatePerAddress = v });
        yield return ServerSetting.Many("trust_proxy", group, SettingKinds.Text("NETWORK", "an address or a network, such as 127.0.0.1 or 10.0.0.0/8", IsNetwork),
            "A proxy whose X-Forwarded-For is believed.", o => o.TrustedProxies, (o, v) => o with { TrustedProxies = v });
        yield return ServerSetting.Many("cors_origins", group, SettingKinds.Text("ORIGIN", "a web origin such as https://example.org, or *", IsOrigin),
            "A web origin whose pages may ask from a browser.", o => o.CorsOrigins, (o, v) => o with { CorsOrigins = v });
        yield return ServerSetting.Of("manage_models", group, SettingKinds.Optional(SettingKinds.Switch, "here"),
            "Whether requests may load and unload models: on, off, or only where the server listens at this machine alone and trusts no proxy.", o => o.ManageModels, (o, v) => o with { ManageModels = v });
    }

    private static IEnumerable<ServerSetting> OfOperations()
    {
        const string group = "Operations";
        yield return ServerSetting.Of("log_format", group, SettingKinds.LogFormat,
            "How log lines look; they go to standard error.", o => o.LogFormat, (o, v) => o with { LogFormat = v });
        yield return ServerSetting.Of("log_requests", group, SettingKinds.Switch,
            "Log each request.", o => o.LogRequests, (o, v) => o with { LogRequests = v });
        yield return ServerSetting.Of("log_text", group, SettingKinds.Switch,
            "Log the texts of users too.", o => o.LogText, (o, v) => o with { LogText = v });
        yield return ServerSetting.Of("otlp_endpoint", group, SettingKinds.OptionalText("URL", "none", "an address that begins with http:// or https://, such as http://localhost:4318", IsWebAddress),
            "Where traces and metrics are sent by OTLP over HTTP.", o => o.OtlpEndpoint, (o, v) => o with { OtlpEndpoint = v });
        yield return ServerSetting.Of("metrics", group, SettingKinds.Switch,
            "Answer /metrics, for Prometheus.", o => o.Metrics, (o, v) => o with { Metrics = v });
        yield return ServerSetting.Of("drain", group, SettingKinds.Duration(TimeSpan.Zero, TimeSpan.FromHours(1)),
            "How long requests that are running may go on when the server is told to end.", o => o.Drain, (o, v) => o with { Drain = v });
    }

    private static IEnumerable<ServerSetting> OfParts()
    {
        const string group = "Parts";
        yield return ServerSetting.Of("page", group, SettingKinds.Switch,
            "Serve the web page.", o => o.Page, (o, v) => o with { Page = v });
        yield return ServerSetting.Of("file_translation", group, SettingKinds.Switch,
            "Translate files.", o => o.FileTranslation, (o, v) => o with { FileTranslation = v });
        yield return ServerSetting.Of("default_source", group, SettingKinds.Text("LANGUAGE", "a language such as en, or auto"),
            "The language that the page translates from at first.", o => o.DefaultSource, (o, v) => o with { DefaultSource = v });
        yield return ServerSetting.Of("default_target", group, SettingKinds.OptionalText("LANGUAGE", "model"),
            "The language that the page translates to at first.", o => o.DefaultTarget, (o, v) => o with { DefaultTarget = v });
    }

    private static bool IsUrl(string text) => text.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/" && url.UserInfo.Length == 0 && IsHost(url.Host));

    // The listener takes any other name for every address of the machine.
    private static bool IsHost(string text) => string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(text, out _);

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static bool IsOrigin(string text) => text == "*"
        || (IsWebAddress(text) && new Uri(text).GetLeftPart(UriPartial.Authority) == text);

    private static bool IsNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);
}
