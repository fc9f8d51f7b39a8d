namespace Sequor.Batching;

/// <summary>
/// Where target pieces of a batch should look, from alignments of words: row r predicts target piece r of the batch, and its weight
/// is shared evenly by the source pieces that it is aligned to. A row without partners, such as that of the end sign, is not guided.
/// </summary>
public sealed class AttentionGuide
{
    /// <summary>Takes the arrays as they are; they must not be changed afterwards.</summary>
    /// <param name="starts">[rows + 1] Where the partners of each target row begin in <paramref name="sources"/>.</param>
    /// <param name="sources">[starts[^1]] Places of source pieces in their own sentence, from 0.</param>
    /// <exception cref="ArgumentException">The starts do not rise from 0 to the number of sources.</exception>
    public AttentionGuide(int[] starts, int[] sources)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(sources);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != sources.Length || !starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second))
            throw new ArgumentException($"The starts of {starts.Length - 1} rows must rise from 0 to the {sources.Length} sources.", nameof(starts));
        (Starts, Sources) = (starts, sources);
    }

    /// <summary>[Rows + 1] Where the partners of each target row begin in <see cref="Sources"/>.</summary>
    public int[] Starts { get; }

    /// <summary>Places of source pieces in their own sentence, from 0.</summary>
    public int[] Sources { get; }

    /// <summary>Target rows of the batch.</summary>
    public int Rows => Starts.Length - 1;

    /// <summary>Rows that have a partner.</summary>
    public int GuidedRows => Enumerable.Range(0, Rows).Count(row => Partners(row).Length > 0);

    /// <summary>The source pieces that a target row should look at, as places in their sentence; each has the same share.</summary>
    /// <param name="row">The target row in the batch, from 0.</param>
    public ReadOnlySpan<int> Partners(int row) => Sources.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Writes the shares out, sentence by sentence.</summary>
    /// <param name="source">The batch's source sentences.</param>
    /// <param name="target">The batch's target sentences, with as many rows as this guide.</param>
    /// <returns>For each sentence its rows [T, S] end to end: each row sums to 1, or is 0 where it is not guided.</returns>
    /// <exception cref="ArgumentException">The target has another number of rows.</exception>
    public float[] Weights(SequenceBatch source, SequenceBatch target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Rows != Rows || source.Count != target.Count)
            throw new ArgumentException($"A guide of {Rows} rows was given {source.Count} source sentences and {target.Count} target sentences of {target.Rows} rows.", nameof(target));
        float[] weights = new float[source.Lengths.Zip(target.Lengths, (s, t) => s * t).Sum()];
        Span<float> rest = weights;
        for (int i = 0; i < target.Count; i++)
        {
            for (int row = target.Starts[i]; row < target.Starts[i] + target.Lengths[i]; row++)
            {
                ReadOnlySpan<int> partners = Partners(row);
                foreach (int partner in partners)
                    rest[partner] = 1f / partners.Length;
                rest = rest[source.Lengths[i]..];
            }
        }

        return weights;
    }
}
