namespace Sequor.Server.Settings;

/// <summary>Every setting, in the order of the help: the one place that names, reads, checks and describes them.</summary>
internal static partial class ServerSettings
{
    /// <summary>The setting that the command takes as its arguments.</summary>
    internal const string Models = "models";

    /// <summary>Every setting.</summary>
    internal static IReadOnlyList<ServerSetting> All { get; } = [.. OfModels(), .. OfListening(), .. OfDecoding(), .. OfLimits(), .. OfAccess(), .. OfOperations(), .. OfParts()];

    /// <summary>What stands on the command line for a setting.</summary>
    internal static string FlagOf(ServerSetting setting) => setting.Name == Models ? "MODEL" : setting.Flag;

    private static IEnumerable<ServerSetting> OfModels()
    {
        const string group = "Models";
        yield return ServerSetting.Many(Models, group, SettingKinds.Text("DIR", "the directory of a trained model"),
            "The directories of trained models; the first is meant where a request names none.", o => o.Models, (o, v) => o with { Models = v });
        yield return ServerSetting.Of("models_directory", group, SettingKinds.OptionalText("DIR"),
            "A directory below which models may be loaded while the server runs; all that lie in it are served where no MODEL is given.", o => o.ModelsDirectory, (o, v) => o with { ModelsDirectory = v });
        yield return ServerSetting.Of("compute_type", group, SettingKinds.Optional(SettingKinds.ComputeType, "model"),
            "How weights are held: float32, float16, bfloat16, int8, int7, or as the model says.", o => o.ComputeType, (o, v) => o with { ComputeType = v });
        yield return ServerSetting.Of("idle_unload", group, SettingKinds.Optional(SettingKinds.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(10_000))),
            "Give a model's memory back when it was idle so long; the next request loads it again.", o => o.IdleUnload, (o, v) => o with { IdleUnload = v });
    }

    private static IEnumerable<ServerSetting> OfListening()
    {
        const string group = "Listening";
        yield return ServerSetting.Of("url", group, SettingKinds.OptionalText("URL", "none", "http:// with localhost or an address in numbers, such as http://127.0.0.1:8080 (encryption is a proxy's work: see docs/serving.md)", IsUrl),
            "Where to listen, in one piece; also http://unix:/run/sequor.sock.", o => o.Url, (o, v) => o with { Url = v });
        yield return ServerSetting.Of("host", group, SettingKinds.Text("ADDRESS", "localhost or an address in numbers, such as 127.0.0.1 or 0.0.0.0", IsHost),
            "The address to listen at; 0.0.0.0 lets other machines in.", o => o.Host, (o, v) => o with { Host = v });
        yield return ServerSetting.Of("port", group, SettingKinds.Whole(0, 65_535),
            "The port; 0 takes any that is free.", o => o.Port, (o, v) => o with { Port = v });
    }

    private static IEnumerable<ServerSetting> OfDecoding()
    {
        const string group = "Decoding";
        yield return ServerSetting.Of("threads", group, SettingKinds.Optional(SettingKinds.Whole(1, 256), "processors"),
            "Threads that compute; no result depends on it.", o => o.Threads, (o, v) => o with { Threads = v });
        yield return ServerSetting.Of("workers", group, SettingKinds.Whole(1, 256),
            "Threads of a model that decode side by side, each with a batch of its own; more than one helps many callers where there are many processors.", o => o.Workers, (o, v) => o with { Workers = v });
        yield return ServerSetting.Of("batch_tokens", group, SettingKinds.Whole(1),
            "Source pieces decoded at once, those of all requests together.", o => o.BatchTokens, (o, v) => o with { BatchTokens = v });
        yield return ServerSetting.Of("batch_sentences", group, SettingKinds.Whole(1),
            "Sentences decoded at once, those of all requests together.", o => o.BatchSentences, (o, v) => o with { BatchSentences = v });
        yield return ServerSetting.Of("max_wait", group, SettingKinds.Duration(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            "How long a text may wait for others of like length while a batch is being decoded; an idle engine never waits.", o => o.MaximumWait, (o, v) => o with { MaximumWait = v });
        yield return ServerSetting.Of("queue_limit", group, SettingKinds.Whole(1),
            "Texts that may wait; further ones are answered with 503.", o => o.QueueLimit, (o, v) => o with { QueueLimit = v });
        yield return ServerSetting.Of("cache_entries", group, SettingKinds.Whole(0, 10_000_000),
            "Translations that are remembered; 0 for none.", o => o.CacheEntries, (o, v) => o with { CacheEntries = v });
    }

    private static IEnumerable<ServerSetting> OfLimits()
    {
        const string group = "Limits";
        yield return ServerSetting.Of("body_limit", group, SettingKinds.Size(1000, 1_000_000_000),
            "The size that a request may have.", o => o.BodyLimit, (o, v) => o with { BodyLimit = v });
        yield return ServerSetting.Of("file_limit", group, SettingKinds.Size(1000, 1_000_000_000),
            "The size that a file to be translated may have.", o => o.FileLimit, (o, v) => o with { FileLimit = v });
        yield return ServerSetting.Of("characters_per_text", group, SettingKinds.Optional(SettingKinds.Whole(1)),
            "Characters that one text may have.", o => o.CharactersPerText, (o, v) => o with { CharactersPerText = v });
        yield return ServerSetting.Of("texts_per_request", group, SettingKinds.Optional(SettingKinds.Whole(1)),
            "Texts that one request may hold.", o => o.TextsPerRequest, (o, v) => o with { TextsPerRequest = v });
        yield return ServerSetting.Of("beam_limit", group, SettingKinds.Whole(1, 1024),
            "Hypotheses or samples that a request may ask for by text.", o => o.BeamLimit, (o, v) => o with { BeamLimit = v });
        yield return ServerSetting.Of("request_timeout", group, SettingKinds.Optional(SettingKinds.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(24))),
            "How long a request may take; a longer one is answered with 503.", o => o.RequestTimeout, (o, v) => o with { RequestTimeout = v });
        yield return ServerSetting.Of("header_timeout", group, SettingKinds.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            "How long a client may take to send the head of a request.", o => o.HeaderTimeout, (o, v) => o with { HeaderTimeout = v });
        yield return ServerSetting.Of("max_connections", group, SettingKinds.Optional(SettingKinds.Whole(1)),
            "Connections that may be open at once.", o => o.MaximumConnections, (o, v) => o with { MaximumConnections = v });
    }
}
