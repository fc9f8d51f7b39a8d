using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Extensions;

/// <summary>What is asked of a translation.</summary>
public sealed record TranslationOptions
{
    /// <summary>The language code that stands for "find it out".</summary>
    public const string Auto = "auto";

    /// <summary>The name of a model; null where the languages decide, or the default model is meant. Default null.</summary>
    public string? Model { get; init; }

    /// <summary>The language of the text, such as <c>en</c>; null or <see cref="Auto"/> to find it out where several models write the target language. Default null.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language to translate to; null for what the model writes. Default null.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>How outputs are looked for; null for what the model's configuration asks for. Default null.</summary>
    public SearchOptions? Search { get; init; }

    /// <summary>Terms and what they must be translated to; null for none. Needs a beam. Default null.</summary>
    public Glossary? Glossary { get; init; }

    /// <summary>What the translation must begin with. Default empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether texts are cut into sentences: true and false say so, null does where the model states the language that it reads, in its configuration or its card, and leaves texts whole for
    /// others. Default null.</summary>
    public bool? SplitSentences { get; init; }

    /// <summary>Pieces of all outputs of a call together, 1 or more. Sentences are then decoded one after another, and those for which none are left are not translated.
    /// Null for no such limit. Default null.</summary>
    public int? MaximumPieces { get; init; }

    /// <summary>Whether results may come from the cache and go there, where there is one. Default true.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Who asks: clients take turns, however much each of them asks for. Default empty, one client.</summary>
    public string Client { get; init; } = "";

    /// <summary>Told how many sentences of a call are done: of none first, then of each that is finished, on any thread and not always in order; it must return at once. Streams do not tell it.
    /// Null for nobody. Default null.</summary>
    public IProgress<TranslationProgress>? Progress { get; init; }

    /// <summary>The number of the first sentence; sampling is keyed by it. Default 0.</summary>
    public long Number { get; init; }
}
