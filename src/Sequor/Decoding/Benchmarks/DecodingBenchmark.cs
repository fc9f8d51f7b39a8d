using System.Runtime.ExceptionServices;
using Sequor.Decoding.Engine;
using Sequor.Models;
using Sequor.Tensors.Kernels;
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
        string[] faults = [.. options.Validate(), .. (Ensemble.Of(model) with { Shortlist = options.Shortlist }).Validate(), .. sources.Count == 0 ? ["There are no sentences to decode."] : (string[])[]];
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }

        SentenceRequest[] requests = Requests(model, sources, options);
        DecodingSession[] sessions = [.. Enumerable.Range(0, options.Workers).Select(_ => new DecodingSession(model, special, options))];
        try
        {
            // One after the other, so that what is laid out at first use is laid out once.
            foreach (DecodingSession session in sessions)
            {
                WarmUp(session, requests, options, stop);
            }

            ResidentMemory.Settle();
            DecodingRound[] rounds = [.. Enumerable.Range(0, options.Repeat).Select(_ => Round(sessions, requests, options.Time, stop))];
            long peak = ResidentMemory.Peak;
            (KernelTimes kernels, DecoderWork timedWork) = model.Parameters.Device is TimedDevice device
                ? Timed(device, sessions[0], requests, stop)
                : (new KernelTimes(0, [], []), default);
            return new DecodingBenchmarkResult
            {
                Parameters = model.Parameters.Count,
                ComputeType = model.Parameters.PackedAs ?? WeightType.Float32,
                WeightBytes = model.Parameters.Bytes,
                Sentences = sources.Count,
                Rounds = rounds,
                PeakResident = peak,
                Kernels = kernels,
                TimedWork = timedWork,
                Workers = options.Workers,
                Threads = options.Workers * model.Parameters.Device.Threads,
                InstructionSet = model.Parameters.Device.InstructionSet,
                ProductInstructions = model.Parameters.Device.ProductInstructions(model.Parameters.PackedAs ?? WeightType.Float32),
            };
        }
        finally
        {
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    /// <summary>The sentences, longest first, with their places in this order.</summary>
    private static SentenceRequest[] Requests(EncoderDecoder model, IReadOnlyList<int[]> sources, DecodingBenchmarkOptions options)
    {
        var requests = new SentenceRequests(options.MeasuredSearch, model.TargetVocabularySize, model.LongestSequence);
        return [.. sources.OrderByDescending(source => source.Length).Select((source, place) => requests.Make(place, source, place, []))];
    }

    private static void WarmUp(DecodingSession session, SentenceRequest[] requests, DecodingBenchmarkOptions options, CancellationToken stop)
    {
        long start = options.Time.GetTimestamp();
        long left = (long)options.WarmUp * options.BatchSentences;
        while (left > 0 || options.Time.GetElapsedTime(start).TotalSeconds < options.WarmUpSeconds)
        {
            int count = (int)Math.Min(left > 0 ? left : options.BatchSentences, requests.Length);
            session.Decode(new SentenceQueue(requests.Take(count)), new DecodedSentence[requests.Length], stop);
            left -= count;
        }
    }

    private static DecodingRound Round(DecodingSession[] sessions, SentenceRequest[] requests, TimeProvider time, CancellationToken stop)
    {
        var decoded = new DecodedSentence[requests.Length];
        var queue = new SentenceQueue(requests);
        var work = new DecoderWork[sessions.Length];
        ExceptionDispatchInfo? failure = null;
        void Work(int worker)
        {
            try
            {
                work[worker] = sessions[worker].Decode(queue, decoded, stop);
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(fault), null);
            }
        }

        long start = time.GetTimestamp();
        Thread[] others = [.. Enumerable.Range(1, sessions.Length - 1).Select(worker => new Thread(() => Work(worker)) { IsBackground = true, Name = "Sequor decoding" })];
        Array.ForEach(others, thread => thread.Start());
        Work(0);
        Array.ForEach(others, thread => thread.Join());
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        failure?.Throw();
        return new DecodingRound(seconds, decoded, work.Aggregate((left, right) => left + right));
    }

    private static (KernelTimes Kernels, DecoderWork Work) Timed(TimedDevice device, DecodingSession session, SentenceRequest[] requests, CancellationToken stop)
    {
        // The way through the clocks is compiled in the shortest sentence.
        device.StartTiming();
        session.Decode(new SentenceQueue([requests[^1]]), new DecodedSentence[requests.Length], stop);
        device.StopTiming();

        device.StartTiming();
        DecoderWork work = session.Decode(new SentenceQueue(requests), new DecodedSentence[requests.Length], stop);
        return (device.StopTiming(), work);
    }
}
