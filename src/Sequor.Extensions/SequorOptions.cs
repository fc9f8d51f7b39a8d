using Sequor.Extensions.Hosting;

namespace Sequor.Extensions;

/// <summary>How models are served inside an application: what <c>AddSequor</c> is given, or the section <c>Sequor</c> of its configuration.</summary>
public sealed class SequorOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Sequor";

    /// <summary>The directories of models; the first is the one that is meant when none is named. Default none.</summary>
    public IList<string> Models { get; set; } = [];

    /// <summary>The directory below which models may be loaded by name or path while the program runs; null where none may be added. Default null.</summary>
    public string? ModelsDirectory { get; set; }

    /// <summary>The name of the model that is meant when none is named; null for the first. Default null.</summary>
    public string? DefaultModel { get; set; }

    /// <summary>Whether a model is loaded by the first request for it, and not when the application starts. Default false.</summary>
    public bool LoadLazily { get; set; }

    /// <summary>How long a model may be in memory without being used, 1 ms to 24 days; null for ever. Default null.</summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>Whether a word is decoded by each model before it answers. Default false.</summary>
    public bool WarmUp { get; set; }

    /// <summary>How matrices are held: <c>float32</c>, <c>float16</c>, <c>bfloat16</c>, <c>int8</c> or <c>int7</c>; null for what each model's configuration says. Default null.</summary>
    public string? ComputeType { get; set; }

    /// <summary>Sentences decoded at once, 1 or more. Default 64.</summary>
    public int BatchSentences { get; set; } = 64;

    /// <summary>Source pieces decoded at once, 1 or more. Default 4,096.</summary>
    public int BatchTokens { get; set; } = 4096;

    /// <summary>Threads that decode side by side for each model, 1 to 256, sharing its weights; see <see cref="BatchingOptions.Workers"/>. Default 1.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>Sentences that may wait, 1 or more; further ones are refused. Default 4,096.</summary>
    public int QueueLimit { get; set; } = 4096;

    /// <summary>How long a sentence may wait for others of like length while a batch is being decoded, 0 to 1 minute. Default 5 ms.</summary>
    public TimeSpan MaximumWait { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Sentences whose translations are kept for the case that they are asked for again, 0 or more; 0 for no cache. Default 0.</summary>
    public int CacheSentences { get; set; }

    /// <summary>Mebibytes that the cache may take, 1 to 1,048,576. Default 64.</summary>
    public int CacheMegabytes { get; set; } = 64;

    /// <summary>What could not be read from a configuration: one sentence for each key.</summary>
    internal List<string> UnreadKeys { get; } = [];

    /// <summary>Every fault of these options, as sentences that name the key; none when they can be used.</summary>
    public IReadOnlyList<string> Validate() => SequorOptionsCheck.Faults(this);
}
