namespace Sequor.Decoding.Engine;

/// <summary>Somebody who follows a sentence while it is decoded; asked and told on the decoding thread.</summary>
internal interface ISentenceWatcher
{
    /// <summary>Whether nobody waits for the sentence any more: it leaves before the next step.</summary>
    bool HasGone { get; }

    /// <summary>The sentence has taken a step; called for its last one too.</summary>
    /// <param name="search">Its search.</param>
    void Stepped(SentenceSearch search);

    /// <summary>The sentence cannot be decoded.</summary>
    /// <param name="fault">Why.</param>
    /// <returns>Whether that is the sentence's own matter; if not, all that are decoded beside it end with it.</returns>
    bool Failed(Exception fault);
}
