namespace Sequor.Decoding.Engine;

/// <summary>A sentence that is to be decoded.</summary>
/// <param name="Place">Its place among the caller's sentences.</param>
/// <param name="Source">Its pieces, the end sign last.</param>
/// <param name="Number">The caller's number of it, the key of chance.</param>
/// <param name="Rules">What it asks of its output.</param>
/// <param name="Search">How its output is looked for.</param>
internal sealed record SentenceRequest(int Place, int[] Source, long Number, SentenceRules Rules, SearchOptions Search)
{
    /// <summary>Who follows it while it is decoded; null for nobody.</summary>
    internal ISentenceWatcher? Watcher { get; init; }
}
