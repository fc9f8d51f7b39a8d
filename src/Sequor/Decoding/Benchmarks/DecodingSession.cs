using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Benchmarks;

/// <summary>One worker: a session over weights that others share, with the loop that every generator runs.</summary>
internal sealed class DecodingSession : IDisposable
{
    private readonly Ensemble _ensemble;
    private readonly SpecialIds _special;
    private readonly DecodingBenchmarkOptions _options;
    private readonly Step _step;

    internal DecodingSession(EncoderDecoder model, SpecialIds special, DecodingBenchmarkOptions options)
    {
        (_ensemble, _special, _options) = (Ensemble.Of(model) with { Shortlist = options.Shortlist }, special, options);
        _step = new Step(model.Parameters.Device);
    }

    /// <summary>Decodes what waits until nothing does.</summary>
    /// <param name="queue">The sentences.</param>
    /// <param name="decoded">Receives each sentence at its place.</param>
    /// <param name="stop">Asks for a stop.</param>
    internal DecoderWork Decode(SentenceQueue queue, DecodedSentence[] decoded, CancellationToken stop)
    {
        TimeProvider time = _options.Time;
        var takenAt = new long[decoded.Length];
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        using var predictor = new MeasuredPredictor(EnsemblePredictors.For(_ensemble, _special.End, _step), time);
        new DecodingLoop(predictor, _special).Run(
            room =>
            {
                IReadOnlyList<SentenceRequest> taken = queue.Take(room);
                foreach (SentenceRequest request in taken)
                {
                    takenAt[request.Place] = time.GetTimestamp();
                }

                return taken;
            },
            new BatchRoom(_options.BatchSentences, _options.BatchTokens),
            (request, found) => decoded[request.Place] = new DecodedSentence(Pieces(found[0]), time.GetElapsedTime(takenAt[request.Place]).TotalSeconds),
            stop);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes - predictor.EncodingBytes;
        return new DecoderWork(predictor.Steps, predictor.StepRows, predictor.EncodingSeconds, bytes);
    }

    public void Dispose() => _step.Dispose();

    private static int Pieces(Hypothesis output) => output.Ids.Length + (output.StoppedBy == StopReason.EndOfSentence ? 1 : 0);
}
