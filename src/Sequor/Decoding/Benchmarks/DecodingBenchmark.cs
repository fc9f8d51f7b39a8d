using System.Runtime.ExceptionServices;
using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Timing;

namespace Sequor.Decoding.Benchmarks;

/// <summary>Measures how fast a model decodes sentences that are there already, sorted by their lengths.</summary>
public static class DecodingBenchmark
{
    /// <summary>
    /// Decodes all sentences several times, for the speed, and then once more with a clock around each kernel, for the shares: the clock disturbs
    /// nothing that is reported as speed.
    /// </summary>
    /// <param name="model">The model; kernels can be timed only where it lives on a <see cref="TimedDevice"/>.</param>
    /// <param name="special">The ids of begin, end and padding.</param>
    /// <param name="sources">Source pieces, each sentence with its end sign; one or more.</param>
    /// <param name="options">How; defaults when left out.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, or there are no sentences.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static DecodingBenchmarkResult Measure(
        EncoderDecoder model, SpecialIds special, IReadOnlyList<int[]> sources, DecodingBenchmarkOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new DecodingBenchmarkOptions();
        string[] faults = [.. options.Validate(), .. sources.Count == 0 ? ["There are no sentences to decode."] : (string[])[]];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }

        SequenceBatch[] batches = [.. InferenceBatches.Cut(sources, options.BatchTokens, options.BatchSentences).Select(batch => batch.Source)];
        DecodingSession[] sessions = [.. Enumerable.Range(0, options.Workers).Select(_ => new DecodingSession(model, special, options))];
        try
        {
            // One after the other, so that what is laid out at first use is laid out once.
            foreach (DecodingSession session in sessions)
            {
                WarmUp(session, batches, options.WarmUp, stop);
            }

            ResidentMemory.Settle();
            DecodingRound[] rounds = [.. Enumerable.Range(0, options.Repeat).Select(_ => Round(sessions, batches, options.Time, stop))];
            long peak = ResidentMemory.Peak;
            return new DecodingBenchmarkResult
            {
                Parameters = model.Parameters.Count,
                Sentences = sources.Count,
                Rounds = rounds,
                PeakResident = peak,
                Kernels = model.Parameters.Device is TimedDevice device ? Timed(device, sessions[0], batches, stop) : new KernelTimes(0, [], []),
                Workers = options.Workers,
                Threads = options.Workers * model.Parameters.Device.Threads,
                InstructionSet = model.Parameters.Device.InstructionSet,
            };
        }
        finally
        {
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    private static void WarmUp(DecodingSession session, SequenceBatch[] batches, int count, CancellationToken stop)
    {
        for (int i = 0; i < count; i++)
        {
            session.Decode(batches[i % batches.Length], stop);
        }
    }

    private static DecodingRound Round(DecodingSession[] sessions, SequenceBatch[] batches, TimeProvider time, CancellationToken stop)
    {
        var decoded = new DecodedBatch[batches.Length];
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        void Work(DecodingSession session)
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < batches.Length; i = Interlocked.Increment(ref next))
                {
                    decoded[i] = session.Decode(batches[i], stop);
                }
            }
            catch (Exception fault)
            {
                failure = ExceptionDispatchInfo.Capture(fault);
            }
        }

        long start = time.GetTimestamp();
        Thread[] others = [.. sessions.Skip(1).Select(session => new Thread(() => Work(session)) { IsBackground = true, Name = "Sequor decoding" })];
        Array.ForEach(others, thread => thread.Start());
        Work(sessions[0]);
        Array.ForEach(others, thread => thread.Join());
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        failure?.Throw();
        return new DecodingRound(seconds, decoded);
    }

    private static KernelTimes Timed(TimedDevice device, DecodingSession session, SequenceBatch[] batches, CancellationToken stop)
    {
        // The way through the clocks is compiled in the first batch.
        device.StartTiming();
        session.Decode(batches[^1], stop);
        device.StopTiming();

        device.StartTiming();
        foreach (SequenceBatch batch in batches)
        {
            session.Decode(batch, stop);
        }

        return device.StopTiming();
    }
}
