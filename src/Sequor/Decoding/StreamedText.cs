using Sequor.Decoding.Engine;

namespace Sequor.Decoding;

/// <summary>Tells a sentence's output while it grows.</summary>
internal sealed class StreamedText : ISentenceWatcher
{
    private readonly SentenceTexts _texts;
    private readonly SourceText _source;
    private readonly Action<string> _part;
    private readonly AgreedText _agreed;

    /// <summary>For one sentence.</summary>
    /// <param name="texts">What makes hypotheses texts.</param>
    /// <param name="source">The sentence's source.</param>
    /// <param name="part">Receives each part, none of them empty.</param>
    internal StreamedText(SentenceTexts texts, SourceText source, Action<string> part)
    {
        (_texts, _source, _part) = (texts, source, part);
        _agreed = new AgreedText(
            (histories, history, count) => texts.TextOf(histories.Finish(histories.First(history, count), 0, StopReason.MaximumLength), source));
    }

    /// <inheritdoc/>
    public bool HasGone => false;

    /// <inheritdoc/>
    public void Stepped(SentenceSearch search) => Tell(_agreed.Next(search));

    /// <inheritdoc/>
    public bool Failed(Exception fault) => false;

    /// <summary>Tells what is left of the output.</summary>
    internal void Finish(Hypothesis output) => Tell(_agreed.Rest(_texts.TextOf(output, _source)));

    private void Tell(string certain)
    {
        if (certain.Length > 0)
        {
            _part(certain);
        }
    }
}
