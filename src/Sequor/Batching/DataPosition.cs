using System.Globalization;

namespace Sequor.Batching;

/// <summary>
/// A place in the endless sequence of training batches. Going on from a saved position gives exactly the batches
/// that an uninterrupted run gives. <see cref="ToString"/> and <see cref="Parse"/> are its text form.
/// </summary>
public sealed record DataPosition
{
    /// <summary>The first batch of the first epoch.</summary>
    public static DataPosition Start { get; } = new();

    /// <summary>Passes over the data that are complete, from 0.</summary>
    public long Epoch { get; init; }

    /// <summary>Batches of this epoch that are done, from 0.</summary>
    public long BatchInEpoch { get; init; }

    /// <summary>The pool of sentences that is being cut into batches, counted within the epoch from 0.</summary>
    public long Pool { get; init; }

    /// <summary>Batches of this pool that are done, from 0.</summary>
    public int BatchInPool { get; init; }

    /// <summary>Where each corpus stood when this pool was begun; empty at the start of an epoch and for corpora in memory.</summary>
    public IReadOnlyList<CorpusPosition> Corpora { get; init; } = [];

    /// <summary>Equal places have equal fields and equal corpus positions.</summary>
    /// <param name="other">The other position.</param>
    public bool Equals(DataPosition? other) =>
        other is not null && Epoch == other.Epoch && BatchInEpoch == other.BatchInEpoch && Pool == other.Pool
        && BatchInPool == other.BatchInPool && Corpora.SequenceEqual(other.Corpora);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, BatchInEpoch, Pool, BatchInPool, Corpora.Count);

    /// <summary>The text form: <c>epoch batch pool batch-in-pool</c>, then per corpus <c>pass:line:source:target:taken</c>, parted by spaces.</summary>
    public override string ToString() => string.Join(' ', Fields());

    private IEnumerable<string> Fields()
    {
        foreach (long field in new[] { Epoch, BatchInEpoch, Pool, BatchInPool })
            yield return field.ToString(CultureInfo.InvariantCulture);
        foreach (CorpusPosition corpus in Corpora)
            yield return corpus.ToString();
    }

    /// <summary>Reads the text form back.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static DataPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] fields = text.Split(' ');
        if (fields.Length < 4)
            throw new FormatException($"'{text}' is no place in the data: four numbers (epoch, batch, pool, batch in pool) were expected.");
        return new DataPosition
        {
            Epoch = Number(fields[0], text),
            BatchInEpoch = Number(fields[1], text),
            Pool = Number(fields[2], text),
            BatchInPool = checked((int)Number(fields[3], text)),
            Corpora = [.. fields.Skip(4).Select(field => CorpusPosition.Parse(field))],
        };
    }

    internal static long Number(string field, string text) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"'{text}' is no place in the data: '{field}' is not a whole number of 0 or more.");
}
