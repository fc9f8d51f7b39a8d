namespace Sequor.Batching;

/// <summary>What pairs of a corpus are usually like: the mean ratio of their lengths, and the trigrams of each side.</summary>
internal sealed class UsualPair
{
    // With fewer on both sides together, a name or a number decides.
    private const int FewestTrigrams = 20;

    private readonly LanguageProfile _source = new();
    private readonly LanguageProfile _target = new();
    private readonly double _meanLogRatio;

    internal UsualPair(IEnumerable<NumberedPair> pairs)
    {
        double sum = 0;
        long count = 0;
        foreach (NumberedPair pair in pairs)
        {
            _source.Add(LanguageProfile.Trigrams(pair.Source));
            _target.Add(LanguageProfile.Trigrams(pair.Target));
            sum += LogRatio(pair);
            count++;
        }

        _meanLogRatio = count == 0 ? 0 : sum / count;
    }

    internal bool IsRatioExtreme(in NumberedPair pair, SuspectOptions options)
    {
        int longer = Math.Max(PairFilter.Characters(pair.Source), PairFilter.Characters(pair.Target));
        return longer >= options.LongEnough && Math.Abs(LogRatio(pair) - _meanLogRatio) > Math.Log(options.ExtremeRatio);
    }

    /// <summary>How much likelier the sides are when exchanged, in nats per trigram; negative when they stand right.</summary>
    internal double SwapEvidence(in NumberedPair pair)
    {
        int[] source = LanguageProfile.Trigrams(pair.Source);
        int[] target = LanguageProfile.Trigrams(pair.Target);
        if (source.Length + target.Length < FewestTrigrams)
            return 0;
        double evidence = source.Sum(trigram => _target.LogOfOther(trigram) - _source.LogOfOwn(trigram))
            + target.Sum(trigram => _source.LogOfOther(trigram) - _target.LogOfOwn(trigram));
        return evidence / (source.Length + target.Length);
    }

    private static double LogRatio(in NumberedPair pair) =>
        Math.Log((PairFilter.Characters(pair.Source) + 1.0) / (PairFilter.Characters(pair.Target) + 1.0));
}
