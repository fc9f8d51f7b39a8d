using Sequor.Decoding;
using Sequor.Decoding.Engine;
using Sequor.Serving;
using Sequor.Tests.Decoding;

namespace Sequor.Tests.Serving;

/// <summary>A fault of the model itself strikes all that are decoded together, but is told only to those whose own it is.</summary>
public sealed class DecodingThreadTests
{
    private const int Bad = 9;
    private const int Length = 40;

    private static readonly BatchingOptions _options = new();

    [Fact]
    public async Task A_sentence_that_breaks_the_model_fails_alone()
    {
        using var together = new ManualResetEventSlim();
        var model = new ScriptedModel(10, (source, written) => Say(source, written, together));
        var queue = new WorkQueue(100, TimeSpan.FromMilliseconds(5), TimeProvider.System);
        using var ended = new ManualResetEventSlim();
        _ = new DecodingThread(Ensemble.Of(model), new SpecialIds(0, 1), queue, _options, new ServingInstruments("", TimeProvider.System), ended.Set, CancellationToken.None);
        var requests = new SentenceRequests(new GreedySearchOptions { Length = new LengthLimits { Maximum = Length, MaximumExtra = Length } }, 10, 100);
        PendingSentence[] sentences = [.. new[] { 3, 4, Bad, 5, Bad, 6 }.Select((id, i) => new PendingSentence("", requests.Make(i, [id, 1], i, []), null))];
        Array.ForEach(sentences, queue.Add);
        together.Set();

        foreach (PendingSentence sentence in sentences)
        {
            int id = sentence.Request.Source[0];
            if (id == Bad)
            {
                Assert.Equal("9 breaks it", (await Assert.ThrowsAsync<InvalidOperationException>(() => sentence.Answer)).Message);
            }
            else
            {
                Assert.Equal(Enumerable.Repeat(id, Length), (await sentence.Answer)[0].Ids);
            }
        }

        Assert.Empty(queue.Close()!);
        Assert.True(ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static float[] Say(int[] source, int[] written, ManualResetEventSlim together)
    {
        together.Wait();
        if (source[0] == Bad && written.Length == 7)
        {
            throw new InvalidOperationException("9 breaks it");
        }

        return [.. Enumerable.Range(0, 10).Select(id => id == source[0] ? 0f : -20f)];
    }
}
