using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

/// <summary>Keys and values of source sentences, worked out once and read by every hypothesis of the sentence at every step of decoding.</summary>
/// <param name="Pairs">[M, 2D], kept.</param>
/// <param name="Starts">The first row of each sentence, [B].</param>
/// <param name="Lengths">The rows of each sentence, [B].</param>
public sealed record SourceKeys(Tensor Pairs, int[] Starts, int[] Lengths)
{
    /// <summary>Keeps the keys and values of source sentences laid end to end.</summary>
    /// <param name="pairs">[M, 2D], keys and values side by side.</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    public static SourceKeys From(Tensor pairs, SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("SourceKeys", "the keys and values", pairs.Shape, layout.Rows);
        int[] lengths = layout.Lengths.ToArray();
        var starts = new int[lengths.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + lengths[i - 1];
        }

        return new SourceKeys(pairs.Keep(), starts, lengths);
    }

    /// <summary>These sentences and others behind them.</summary>
    /// <param name="joining">The others.</param>
    /// <param name="step">A step that is open.</param>
    public SourceKeys With(SourceKeys joining, Step step)
    {
        ArgumentNullException.ThrowIfNull(joining);
        ArgumentNullException.ThrowIfNull(step);
        Tensor both = Tensor.StackRows([step.Use(Pairs), step.Use(joining.Pairs)]);
        int rows = Pairs.Shape.Rows;
        return new SourceKeys(both.Keep(), [.. Starts, .. joining.Starts.Select(start => start + rows)], [.. Lengths, .. joining.Lengths]);
    }
}

public readonly partial struct Tensor
{
    /// <summary>One decoding step of causal self-attention: the row's own key and value join the cache, then it reads all of them.
    /// The same bits as <see cref="SelfAttention"/> at that position.</summary>
    /// <param name="cache">What earlier steps left; one more position afterwards.</param>
    /// <param name="heads">The number of heads, H.</param>
    /// <returns>[R, D], where this is [R, 3D], one row per hypothesis.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CachedSelfAttention(KeyValueCache cache, int heads)
    {
        ArgumentNullException.ThrowIfNull(cache);
        int width = Shape.Width / 3;
        ShapeErrors.CheckWidth("CachedSelfAttention", "the input", Shape, 3 * width);
        CheckHeads(width, heads);
        _ = Op.RequiredStep("CachedSelfAttention", this);
        Matrix all = AsMatrix();
        cache.Append(all.ColumnRange(width, 2 * width));
        Tensor result = AttendRows(all.ColumnRange(0, width), cache.Rows(), cache.Starts(), cache.Lengths.ToArray(), heads, default);
        GC.KeepAlive(cache);
        return result;
    }

    /// <summary>One decoding step of attention to the source.</summary>
    /// <param name="source">The keys and values of all source sentences.</param>
    /// <param name="sentences">The source sentence of each row, [R].</param>
    /// <param name="heads">The number of heads, H.</param>
    /// <param name="weights">Receives the attention weights averaged over heads, row after row, each as long as its source; empty when unwanted.</param>
    /// <returns>[R, D], where this is [R, D], one row per hypothesis.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CachedCrossAttention(SourceKeys source, ReadOnlySpan<int> sentences, int heads, Span<float[]> weights = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ShapeErrors.CheckWidth("CachedCrossAttention", "the keys and values", source.Pairs.Shape, 2 * Shape.Width);
        ShapeErrors.CheckRows("CachedCrossAttention", "the queries", Shape, sentences.Length);
        var starts = new int[sentences.Length];
        var lengths = new int[sentences.Length];
        for (int r = 0; r < sentences.Length; r++)
        {
            starts[r] = source.Starts[sentences[r]];
            lengths[r] = source.Lengths[sentences[r]];
        }

        CheckHeads(Shape.Width, heads);
        Tensor result = AttendRows(AsMatrix(), source.Pairs.AsMatrix(), starts, lengths, heads, weights);
        GC.KeepAlive(source);
        return result;
    }

    /// <summary>Every row is a sentence of one query with its own run of keys.</summary>
    private Tensor AttendRows(in Matrix queries, in Matrix pairs, int[] starts, int[] lengths, int heads, Span<float[]> weights)
    {
        Step step = Op.RequiredStep("Cached attention", this);
        int rows = queries.Rows;
        int width = queries.Columns;
        var queryStarts = new int[rows];
        var ones = new int[rows];
        var weightStarts = new long[rows + 1];
        for (int r = 0; r < rows; r++)
        {
            (queryStarts[r], ones[r]) = (r, 1);
            weightStarts[r + 1] = weightStarts[r] + ((long)heads * RoundedUp(lengths[r]));
        }

        var plan = new AttentionPlan(
            rows, step.Upload<int>(queryStarts), step.Upload<int>(ones), step.Upload<int>(starts), step.Upload<int>(lengths),
            step.Upload<long>(weightStarts), heads, width / heads, 1 / MathF.Sqrt(width / heads), false, default);
        Tensor result = step.Allocate([rows, width], recorded: false);
        Storage<float> probabilities = weights.IsEmpty ? default : step.Take<float>(weightStarts[rows]);
        Kernels.Attention(plan, queries, pairs.ColumnRange(0, width), pairs.ColumnRange(width, width), result.AsMatrix(), probabilities);
        for (int r = 0; r < weights.Length; r++)
        {
            weights[r] = MeanOverHeads(probabilities.Slice(weightStarts[r], heads * RoundedUp(lengths[r])), heads, lengths[r]);
        }

        return result;
    }

    private float[] MeanOverHeads(Storage<float> rows, int heads, int length)
    {
        var all = new float[rows.Length];
        Device.Download(rows, all);
        var mean = new float[length];
        for (int h = 0; h < heads; h++)
        {
            for (int s = 0; s < length; s++)
            {
                mean[s] += all[(h * RoundedUp(length)) + s] / heads;
            }
        }

        return mean;
    }
}
