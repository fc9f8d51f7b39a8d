using Sequor.Decoding;

namespace Sequor;

/// <summary>One text that a caller of a <see cref="BatchingTranslator"/> wants an output for.</summary>
/// <param name="Text">One line.</param>
public sealed record GenerationJob(string Text)
{
    /// <summary>How to search; what the model's configuration asks for when null. Default null.</summary>
    public SearchOptions? Search { get; init; }

    /// <summary>What the text asks of its output. Default nothing.</summary>
    public DecodingRequest Request { get; init; } = DecodingRequest.None;

    /// <summary>The caller's number of the text; sampling is keyed by it. Default 0.</summary>
    public long Number { get; init; }

    /// <summary>Who asks: clients take turns, however much each of them asks for. Default empty, one client.</summary>
    public string Client { get; init; } = "";

    /// <summary>Receives the parts of the output as soon as they are certain, on the decoding thread, and must return at once; null where only the whole is wanted.
    /// Laid end to end the parts are the output. Default null.</summary>
    public Action<string>? Part { get; init; }
}
