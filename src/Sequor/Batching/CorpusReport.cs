using System.Globalization;
using System.Text;

namespace Sequor.Batching;

/// <summary>What was found in the corpora: pairs read, kept and dropped by reason, lengths, and pieces the vocabulary lacks.</summary>
public sealed class CorpusReport
{
    private readonly long[] _dropped = new long[DropReasons.All.Length];
    private readonly long[] _keptOf;

    internal CorpusReport(int corpora) => _keptOf = new long[corpora];

    /// <summary>Pairs in the files.</summary>
    public long PairsRead { get; internal set; }

    /// <summary>Pairs to learn from: those read less those dropped.</summary>
    public long PairsKept => _keptOf.Sum();

    /// <summary>Pairs to learn from, for each corpus.</summary>
    public IReadOnlyList<long> PairsKeptOf => _keptOf;

    /// <summary>Pairs of which a side was cut at the limit.</summary>
    public long PairsTruncated { get; internal set; }

    /// <summary>Pairs with an alignment of at least one link, before limits on tokens.</summary>
    public long PairsAligned { get; internal set; }

    /// <summary>Measured pairs whose alignment was left out, because the tokenizer's pieces do not spell their words.</summary>
    public long AlignmentsLost { get; internal set; }

    /// <summary>Carriage returns inside lines, kept as text.</summary>
    public long LoneCarriageReturns { get; internal set; }

    /// <summary>Whether there were more different pairs than are remembered, so that some duplicates may be left.</summary>
    public bool HasForgottenPairs { get; internal set; }

    /// <summary>Pairs whose lengths were measured: all that were kept, or in streaming those at the beginning.</summary>
    public long PairsMeasured { get; internal set; }

    /// <summary>Lengths of the source side.</summary>
    public SideReport Source { get; } = new();

    /// <summary>Lengths of the target side.</summary>
    public SideReport Target { get; } = new();

    /// <summary>Pairs dropped for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long Dropped(DropReason reason) => _dropped[(int)reason];

    /// <summary>The reasons for which pairs were dropped, with their number, in the order in which they are looked for.</summary>
    public IReadOnlyList<(DropReason Reason, long Pairs)> AllDropped =>
        [.. DropReasons.All.Where(reason => Dropped(reason) > 0).Select(reason => (reason, Dropped(reason)))];

    /// <summary>The report as lines of text for a reader.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{PairsKept:N0} of {PairsRead:N0} pairs kept");
        if (AllDropped.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $" (dropped: {DroppedInWords()})");
        text.Append('\n');
        if (PairsTruncated > 0)
            text.Append(CultureInfo.InvariantCulture, $"{PairsTruncated:N0} pairs cut at the length limit\n");
        if (PairsAligned > 0)
            text.Append(CultureInfo.InvariantCulture, $"{PairsAligned:N0} pairs with aligned words\n");
        if (AlignmentsLost > 0)
            text.Append(CultureInfo.InvariantCulture, $"{AlignmentsLost:N0} alignments left out: the pieces do not spell the words\n");
        if (LoneCarriageReturns > 0)
            text.Append(CultureInfo.InvariantCulture, $"{LoneCarriageReturns:N0} carriage returns inside lines, kept as text\n");
        if (HasForgottenPairs)
            text.Append("more different pairs than are remembered: some duplicates may be left\n");
        if (PairsMeasured == 0)
            return text.ToString();
        if (PairsMeasured < PairsKept)
            text.Append(CultureInfo.InvariantCulture, $"lengths measured on the first {PairsMeasured:N0} pairs\n");
        text.Append(CultureInfo.InvariantCulture, $"source: {Source.InWords(PairsMeasured)}\ntarget: {Target.InWords(PairsMeasured)}\n");
        return text.ToString();
    }

    internal string DroppedInWords() => string.Join(
        ", ", AllDropped.Select(drop => string.Create(CultureInfo.InvariantCulture, $"{drop.Reason.InWords()} {drop.Pairs:N0}")));

    internal void Keep(int corpus) => _keptOf[corpus]++;

    internal void Drop(DropReason reason) => _dropped[(int)reason]++;

    /// <summary>Drops a pair that was kept for its text, for its tokens.</summary>
    internal void DropKept(int corpus, DropReason reason)
    {
        _keptOf[corpus]--;
        Drop(reason);
    }

    internal void Measure(in NumberedPair pair, int[] source, int[] target, PairEncoder encoder)
    {
        PairsMeasured++;
        AlignmentsLost += pair.Alignment is { Count: > 0 } && PieceLinks.Of(pair, source, target, encoder) is null ? 1 : 0;
        Source.Add(PairFilter.Characters(pair.Source), source, encoder.SourceUnknownId);
        Target.Add(PairFilter.Characters(pair.Target), target, encoder.TargetUnknownId);
    }
}
