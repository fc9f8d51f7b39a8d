using Sequor.Batching;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Benchmarks;

/// <summary>Counts what another predictor is asked, and nothing more.</summary>
/// <param name="predictor">The other, which belongs to this from now on.</param>
/// <param name="time">The clock.</param>
internal sealed class MeasuredPredictor(Predictor predictor, TimeProvider time) : Predictor
{
    internal override int VocabularySize => predictor.VocabularySize;

    internal override int LongestSequence => predictor.LongestSequence;

    internal override int Rows => predictor.Rows;

    /// <summary>Steps so far.</summary>
    internal long Steps { get; private set; }

    /// <summary>Rows of all steps so far.</summary>
    internal long StepRows { get; private set; }

    /// <summary>Wall time of reading sentences.</summary>
    internal double EncodingSeconds { get; private set; }

    /// <summary>Bytes that reading sentences allocated on the managed heap.</summary>
    internal long EncodingBytes { get; private set; }

    public override void Dispose() => predictor.Dispose();

    internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = time.GetTimestamp();
        predictor.Add(source, wanted);
        EncodingSeconds += time.GetElapsedTime(start).TotalSeconds;
        EncodingBytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        (Steps, StepRows) = (Steps + 1, StepRows + lastIds.Length);
        predictor.Advance(lastIds, needs);
    }

    internal override BestPieces Best(int row) => predictor.Best(row);

    internal override Span<float> Row(int row) => predictor.Row(row);

    internal override float[]? Attention(int row) => predictor.Attention(row);

    internal override void Reorder(ReadOnlySpan<int> parents) => predictor.Reorder(parents);
}
