namespace Sequor;

/// <summary>
/// What <see cref="BatchingTranslator"/> tells of itself: measurements of a <see cref="System.Diagnostics.Metrics.Meter"/> and activities of an
/// <see cref="System.Diagnostics.ActivitySource"/>, both named <see cref="Name"/>. Without a listener they cost next to nothing.
/// </summary>
/// <remarks>
/// Every measurement has the tag <c>model</c>, <see cref="BatchingOptions.ModelName"/>:
/// <list type="table">
/// <item><term><c>sequor.queue.length</c></term><description>texts and calls that wait (up-down counter, {text})</description></item>
/// <item><term><c>sequor.queue.wait</c></term><description>how long each of them waited (histogram, s)</description></item>
/// <item><term><c>sequor.batch.sentences</c></term><description>sentences decoded together, in each step (histogram, {sentence})</description></item>
/// <item><term><c>sequor.decoding.step</c></term><description>how long each step took, with the reading of the sentences that begin with it (histogram, s)</description></item>
/// <item><term><c>sequor.decoding.time</c></term><description>how long each text was decoded, without its waiting (histogram, s)</description></item>
/// <item><term><c>sequor.source.tokens</c></term><description>source pieces read, end signs included (counter, {token})</description></item>
/// <item><term><c>sequor.generated.tokens</c></term><description>pieces of all outputs found, end signs included (counter, {token})</description></item>
/// <item><term><c>sequor.texts</c></term><description>texts and calls that were answered, by the tag <c>outcome</c>: <c>answered</c>, <c>cancelled</c>, <c>refused</c> (the
/// queue was full) or <c>failed</c> (counter, {text})</description></item>
/// </list>
/// Each text and each call is one activity, a child of the caller's: <c>sequor.generate</c>, <c>sequor.score</c>, <c>sequor.alternatives</c> or <c>sequor.attention</c>, with
/// the tags <c>model</c>, <c>sequor.queue.wait</c> and <c>sequor.decoding.time</c> in seconds, and of texts <c>sequor.source.tokens</c>.
/// </remarks>
public static class SequorInstruments
{
    /// <summary>The name of the meter and of the activity source: <c>Sequor</c>.</summary>
    public const string Name = "Sequor";
}
