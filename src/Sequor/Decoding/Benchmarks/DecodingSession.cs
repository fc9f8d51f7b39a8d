using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Benchmarks;

/// <summary>One worker: a session over weights that others share.</summary>
internal sealed class DecodingSession : IDisposable
{
    private readonly DecodingBenchmarkOptions _options;
    private readonly ISearch _search;
    private readonly Step _step;

    internal DecodingSession(EncoderDecoder model, SpecialIds special, DecodingBenchmarkOptions options)
    {
        (_options, _search) = (options, Searches.For(model, special, options.MeasuredSearch));
        _step = new Step(model.Parameters.Device);
    }

    /// <summary>Decodes a batch.</summary>
    internal DecodedBatch Decode(SequenceBatch source, CancellationToken stop)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = _options.Time.GetTimestamp();
        IReadOnlyList<IReadOnlyList<Hypothesis>> found = _search.Search(_step, source, cancellation: stop);
        double seconds = _options.Time.GetElapsedTime(start).TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new DecodedBatch(source.Count, found.Sum(outputs => (long)Pieces(outputs[0])), found.Max(outputs => Pieces(outputs[0])), seconds, bytes);
    }

    public void Dispose() => _step.Dispose();

    private static int Pieces(Hypothesis output) => output.Ids.Length + (output.StoppedBy == StopReason.EndOfSentence ? 1 : 0);
}
