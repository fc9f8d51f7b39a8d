namespace Sequor.LanguageModels;

/// <summary>
/// Interpolated modified Kneser–Ney smoothing (Chen and Goodman 1998): the highest order counts occurrences, lower ones count how
/// many different words stand before an n-gram; n-grams at the beginning of a sentence have nothing before them and keep their
/// occurrences. p(w | c) = (a(cw) - D(a(cw))) / Σ a(cx) + b(c) · p(w | c without its first word), down to equal shares for all words.
/// </summary>
internal sealed class KneserNey
{
    private readonly NgramCounts _counts;
    private readonly IReadOnlyList<int> _thresholds;
    private readonly bool[] _isNeverPredicted;
    private readonly int[] _adjusted;
    private readonly double[] _lowerProbabilities;
    private readonly float[] _logProbs;
    private readonly float[] _backOffs;

    /// <summary>Gives every n-gram its probability and every context its back-off weight.</summary>
    /// <param name="counts">What was counted.</param>
    /// <param name="begin">The word that begins sentences.</param>
    /// <param name="padding">A word that stands in no sentence; -1 for none.</param>
    /// <param name="thresholds">For each order from 1, occurrences up to which n-grams are left out; missing orders take the last one.</param>
    internal KneserNey(NgramCounts counts, int begin, int padding, IReadOnlyList<int> thresholds)
    {
        (_counts, _thresholds) = (counts, thresholds);
        int inner = counts.Starts[counts.Order];
        _isNeverPredicted = new bool[counts.Starts[2] - 1];
        _isNeverPredicted[begin] = true;
        if (padding >= 0)
            _isNeverPredicted[padding] = true;
        _adjusted = counts.Order == 1 ? counts.Occurrences : Adjust(counts, begin);
        Discounts = [.. Enumerable.Range(1, counts.Order).Select(DiscountsOf)];
        _lowerProbabilities = new double[inner];
        _logProbs = new float[counts.Words.Length];
        _backOffs = new float[inner];
        _lowerProbabilities[NgramTrie.Root] = 1.0 / _isNeverPredicted.Count(isNever => !isNever);
        for (int order = 0; order < counts.Order; order++)
        {
            for (int context = counts.Starts[order]; context < counts.Starts[order + 1]; context++)
                Estimate(context, order + 1);
        }
    }

    /// <summary>The discounts of each order, from 1.</summary>
    internal IReadOnlyList<KneserNeyDiscounts> Discounts { get; }

    /// <summary>The model without the n-grams that the thresholds leave out.</summary>
    /// <param name="unknown">The word that stands for all that are not known.</param>
    internal NgramTrie Trie(int unknown)
    {
        int[] starts = [.. _counts.Starts];
        int[] newNodes = new int[_counts.Words.Length];
        int kept = 0;
        for (int order = 0; order <= _counts.Order; order++)
        {
            starts[order] = kept;
            for (int node = _counts.Starts[order]; node < _counts.Starts[order + 1]; node++)
                newNodes[node] = IsKept(node, order) ? kept++ : kept;
        }

        starts[^1] = kept;
        int inner = starts[_counts.Order];
        int[] firstChildren = new int[inner + 1];
        firstChildren[^1] = kept;
        for (int order = 0; order < _counts.Order; order++)
        {
            for (int node = _counts.Starts[order]; node < _counts.Starts[order + 1]; node++)
            {
                int child = _counts.FirstChildren[node];
                if (IsKept(node, order))
                    firstChildren[newNodes[node]] = child < newNodes.Length ? newNodes[child] : kept;
            }
        }

        float[] backOffs = Kept(_backOffs, inner);
        // A context without children gives way at no cost, also where all of them were left out.
        for (int context = 0; context < inner; context++)
            backOffs[context] = firstChildren[context + 1] > firstChildren[context] ? backOffs[context] : 0;
        return new NgramTrie(starts, Kept(_counts.Words, kept), Kept(_logProbs, kept), backOffs, firstChildren, unknown);
    }

    private bool IsKept(int node, int order) => order < 2 || _counts.Occurrences[node] > ThresholdOf(order);

    private int ThresholdOf(int order) => _thresholds.Count == 0 ? 0 : _thresholds[Math.Min(order, _thresholds.Count) - 1];

    private T[] Kept<T>(T[] all, int count)
    {
        T[] kept = new T[count];
        int place = 0;
        for (int order = 0; order <= _counts.Order; order++)
        {
            for (int node = _counts.Starts[order]; node < Math.Min(all.Length, _counts.Starts[order + 1]); node++)
            {
                if (IsKept(node, order))
                    kept[place++] = all[node];
            }
        }

        return kept;
    }

    /// <summary>Occurrences of the highest order and at the beginning of sentences; of all others, how many words stand before them.</summary>
    private static int[] Adjust(NgramCounts counts, int begin)
    {
        int[] adjusted = new int[counts.Words.Length];
        int top = counts.Starts[counts.Order];
        counts.Occurrences.AsSpan(top).CopyTo(adjusted.AsSpan(top));
        (int first, int end) = (1 + begin, 2 + begin);
        for (int order = 1; order < counts.Order; order++)
        {
            counts.Occurrences.AsSpan(first, end - first).CopyTo(adjusted.AsSpan(first));
            (first, end) = (counts.FirstChildren[first], counts.FirstChildren[end]);
        }

        for (int node = counts.Starts[2]; node < counts.Words.Length; node++)
            adjusted[counts.Suffixes[node]]++;
        return adjusted;
    }

    private KneserNeyDiscounts DiscountsOf(int order)
    {
        long[] having = new long[5];
        for (int node = _counts.Starts[order]; node < _counts.Starts[order + 1]; node++)
        {
            if (_adjusted[node] < having.Length && (order > 1 || !_isNeverPredicted[_counts.Words[node]]))
                having[_adjusted[node]]++;
        }

        return KneserNeyDiscounts.From(having[1], having[2], having[3], having[4]);
    }

    private void Estimate(int context, int order)
    {
        (int first, int end) = (_counts.FirstChildren[context], _counts.FirstChildren[context + 1]);
        KneserNeyDiscounts discounts = Discounts[order - 1];
        double sum = 0;
        double left = 0;
        for (int node = first; node < end; node++)
        {
            if (IsPredicted(node, order))
            {
                sum += _adjusted[node];
                left += IsKept(node, order) ? discounts.Of(_adjusted[node]) : _adjusted[node];
            }
        }

        double backOff = sum > 0 ? left / sum : 1;
        // A weight of zero would make what was not seen impossible and its logarithm infinite.
        _backOffs[context] = (float)Math.Max(Math.Log(backOff), NgramTrie.Impossible);
        for (int node = first; node < end; node++)
        {
            double own = sum > 0 ? (_adjusted[node] - discounts.Of(_adjusted[node])) / sum : 0;
            double shorter = _lowerProbabilities[_counts.Suffixes[node]];
            double probability = IsPredicted(node, order) ? (IsKept(node, order) ? own : 0) + (backOff * shorter) : 0;
            if (node < _lowerProbabilities.Length)
                _lowerProbabilities[node] = probability;
            _logProbs[node] = (float)Math.Max(Math.Log(probability), NgramTrie.Impossible);
        }
    }

    private bool IsPredicted(int node, int order) => order > 1 || !_isNeverPredicted[_counts.Words[node]];
}
