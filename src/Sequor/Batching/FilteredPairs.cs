using System.Collections;

namespace Sequor.Batching;

/// <summary>
/// The sentence pairs of corpora as text, changed and filtered as the options say, one at a time in the order of the
/// files. Every enumeration reads the files anew; its report is complete when it has ended.
/// </summary>
public sealed class FilteredPairs : IEnumerable<NumberedPair>
{
    private readonly IReadOnlyList<Corpus> _corpora;
    private readonly CorpusOptions _options;

    /// <summary>Names the files; they are opened when the pairs are enumerated.</summary>
    /// <param name="corpora">One corpus or several.</param>
    /// <param name="options">How to read them; null takes the defaults.</param>
    /// <exception cref="ArgumentException">There is no corpus, or an option is out of range.</exception>
    public FilteredPairs(IReadOnlyList<Corpus> corpora, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        if (corpora.Count == 0)
            throw new ArgumentException("No corpus was given; one is needed.", nameof(corpora));
        (_corpora, _options) = (corpora, options ?? new CorpusOptions());
        Report = new CorpusReport(corpora.Count);
        _options.ThrowIfInvalid();
        foreach (Corpus corpus in corpora)
            corpus.ThrowIfInvalid();
    }

    /// <summary>What the latest enumeration has found so far.</summary>
    public CorpusReport Report { get; private set; }

    /// <summary>Reads the corpora from their beginning.</summary>
    /// <exception cref="CorpusException">A file is missing, unreadable, not UTF-8, or does not fit its other side.</exception>
    public IEnumerator<NumberedPair> GetEnumerator()
    {
        CorpusReport report = Report = new CorpusReport(_corpora.Count);
        PairFilter filter = new(_options.Filters);
        for (int corpus = 0; corpus < _corpora.Count; corpus++)
        {
            using PairReader reader = _corpora[corpus].Open(_options.LineLimitBytes);
            PairTransform transform = new(_options, _corpora[corpus]);
            while (reader.Read(out SentencePair pair) is var kind && kind != LineKind.End)
            {
                report.PairsRead++;
                long number = NumberedPair.NumberOf(corpus, reader.Line);
                SentencePair changed = transform.Apply(pair);
                // Pairs held out pass the filter first, so that their duplicates are known and do not slip in.
                DropReason? judged = _corpora[corpus].HasSource ? filter.Judge(changed.Source, changed.Target) : filter.JudgeTarget(changed.Target);
                DropReason? reason = kind == LineKind.Overlong ? DropReason.OverlongLine : judged ?? (IsHeldOut(number) ? DropReason.HeldOut : null);
                if (reason is DropReason dropped)
                {
                    report.Drop(dropped);
                    continue;
                }

                report.Keep(corpus);
                report.PairsAligned += reader.Alignment is { Count: > 0 } ? 1 : 0;
                yield return transform.AddPrefixes(number, changed, reader.Alignment);
            }

            report.LoneCarriageReturns += reader.LoneCarriageReturns;
        }

        report.HasForgottenPairs = filter.HasForgotten;
    }

    private bool IsHeldOut(long number) => _options.HeldOut?.Contains(number) == true;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
