namespace Sequor.Alignments;

/// <summary>
/// Expectation maximisation of one direction. Threads share one table of counts in whole numbers, and sums of fractions are made share by share, so that
/// every bit of the result is the same for any number of threads.
/// </summary>
internal sealed class AlignmentTraining
{
    private const long LinksPerShare = 1 << 17;
    private const int RowsPerShare = 64;
    private const int TensionSteps = 8;
    private const double TensionRate = 20;

    // exp(ψ(α)) of a small α is far below this; keeping probabilities above it keeps them out of the slow, inexact numbers near 0.
    private const float LeastProbability = 1e-35f;

    private const double CountUnit = 1L << 36;

    private readonly SentenceStore _given;
    private readonly SentenceStore _written;
    private readonly AlignerOptions _options;
    private readonly int _threads;
    private readonly CancellationToken _stop;
    private readonly TranslationRows _rows;
    private readonly int[] _shareEnds;
    private readonly KeyValuePair<(int Given, int Written), int>[] _sizes;
    private readonly int _longest;
    private readonly long _words;
    private double _tension;

    internal AlignmentTraining(
        SentenceStore given, SentenceStore written, (int Given, int Written) words, AlignerOptions options, int threads, CancellationToken stop)
    {
        (_given, _written, _options, _threads, _stop) = (given, written, options, threads, stop);
        _tension = options.Tension;
        var sizes = new Dictionary<(int, int), int>();
        var ends = new List<int>();
        long links = 0;
        for (int pair = 0; pair < given.Count; pair++)
        {
            (int n, int m) = (given.LengthOf(pair), written.LengthOf(pair));
            if (n > 0 && m > 0)
            {
                sizes[(n, m)] = sizes.GetValueOrDefault((n, m)) + 1;
                _longest = Math.Max(_longest, n);
                _words += m;
                links += (long)n * m;
            }

            if (links >= LinksPerShare || pair == given.Count - 1)
            {
                ends.Add(pair + 1);
                links = 0;
            }
        }

        (_shareEnds, _sizes) = ([.. ends], [.. sizes]);
        _rows = Rows(words);
    }

    private LinkPrior Prior => new(_options.Prior, _options.NullProbability, _tension);

    /// <summary>Makes all passes.</summary>
    /// <param name="report">Told of each pass.</param>
    internal DirectedAligner Run(Action<int, double, long, double>? report)
    {
        for (int iteration = 1; iteration <= _options.Iterations; iteration++)
        {
            (double logLikelihood, double distance) = Expect();
            if (_options is { Prior: AlignmentPrior.Diagonal, OptimizeTension: true } && iteration > 1)
                FitTension(distance / _words);
            Shares.Run((_rows.Count + RowsPerShare - 1) / RowsPerShare, _threads, _stop, Maximize);
            report?.Invoke(iteration, logLikelihood, _words, _tension);
        }

        return DirectedAligner.Of(_rows, Prior);
    }

    /// <summary>Every word that stands beside a given word somewhere is a translation of it, all equally likely.</summary>
    private TranslationRows Rows((int Given, int Written) words)
    {
        const int parts = 16;
        var rows = new TranslationRows(words.Given);
        float uniform = 1f / Math.Max(1, words.Written);
        Shares.Run(parts, _threads, _stop, part =>
        {
            for (int pair = 0; pair < _given.Count; pair++)
            {
                ReadOnlySpan<int> given = _given[pair];
                if (part == 0 && !given.IsEmpty)
                    AddAll(rows, 0, _written[pair], uniform);
                foreach (int word in given)
                {
                    if (word % parts == part)
                        AddAll(rows, word + 1, _written[pair], uniform);
                }
            }
        });
        return rows;
    }

    private static void AddAll(TranslationRows rows, int row, ReadOnlySpan<int> written, float probability)
    {
        foreach (int word in written)
            rows.Add(row, word).Probability = probability;
    }

    private (double LogLikelihood, double Distance) Expect()
    {
        var sums = new Sums[_shareEnds.Length];
        Shares.Run(sums.Length, _threads, _stop, share =>
        {
            var work = new Work(_longest);
            for (int pair = share == 0 ? 0 : _shareEnds[share - 1]; pair < _shareEnds[share]; pair++)
            {
                if (_given.LengthOf(pair) > 0)
                    Expect(_given[pair], _written[pair], work, ref sums[share]);
            }
        });

        // In the order of the shares, whoever finished first.
        var all = default(Sums);
        foreach (Sums one in sums)
            (all.LogLikelihood, all.Distance) = (all.LogLikelihood + one.LogLikelihood, all.Distance + one.Distance);
        return (all.LogLikelihood, all.Distance);
    }

    private void Expect(ReadOnlySpan<int> given, ReadOnlySpan<int> written, Work work, ref Sums sums)
    {
        LinkPrior prior = Prior;
        Span<double> chances = work.Chances.AsSpan(0, given.Length + 1);
        TranslationEntry[][] rows = work.Rows;
        rows[0] = _rows[0];
        for (int i = 0; i < given.Length; i++)
            rows[i + 1] = _rows[given[i] + 1];
        for (int j = 0; j < written.Length; j++)
        {
            prior.Fill(chances, j, written.Length);
            double sum = 0;
            for (int i = prior.First; i < chances.Length; i++)
            {
                int slot = TranslationRows.Find(rows[i], written[j]);
                work.Slots[i] = slot;
                sum += chances[i] *= rows[i][slot].Probability;
            }

            sums.LogLikelihood += Math.Log(sum);
            for (int i = prior.First; i < chances.Length; i++)
            {
                double posterior = chances[i] / sum;
                long count = (long)((posterior * CountUnit) + 0.5);
                if (count == 0)
                    continue;
                Interlocked.Add(ref rows[i][work.Slots[i]].Count, count);
                if (i > 0)
                    sums.Distance += posterior * DiagonalPrior.Distance(i - 1, given.Length, j, written.Length);
            }
        }
    }

    /// <summary>Counts become probabilities, and are cleared.</summary>
    private void Maximize(int share)
    {
        double concentration = _options.Concentration ?? 0;
        int last = Math.Min(_rows.Count, (share + 1) * RowsPerShare);
        for (int row = share * RowsPerShare; row < last; row++)
        {
            TranslationEntry[] slots = _rows[row];
            long counted = 0;
            foreach (TranslationEntry entry in slots)
                counted += entry.Count;
            double total = (counted / CountUnit) + (concentration * _rows.SizeOf(row));
            if (total <= 0)
                continue;
            double logTotal = concentration > 0 ? Digamma.Of(total) : 0;
            for (int i = 0; i < slots.Length; i++)
            {
                ref TranslationEntry entry = ref slots[i];
                if (entry.Key == 0)
                    continue;
                double count = (entry.Count / CountUnit) + concentration;
                double probability = concentration > 0 ? Math.Exp(Digamma.Of(count) - logTotal) : count / total;
                entry.Probability = Math.Max((float)probability, LeastProbability);
                entry.Count = 0;
            }
        }
    }

    /// <summary>Steps along the gradient of λ: the mean distance from the diagonal under the prior less the one that was seen.</summary>
    /// <param name="seen">The mean distance of a word's counterpart, words without one counting 0.</param>
    private void FitTension(double seen)
    {
        var means = new double[_sizes.Length];
        for (int step = 0; step < TensionSteps; step++)
        {
            double tension = _tension;
            Shares.Run(_sizes.Length, _sizes.Length > 100 ? _threads : 1, _stop, size =>
            {
                ((int n, int m), int pairs) = _sizes[size];
                Span<double> work = n <= 256 ? stackalloc double[n] : new double[n];
                double distance = 0;
                for (int j = 0; j < m; j++)
                    distance += DiagonalPrior.MeanDistance(work, j, m, tension);
                means[size] = pairs * distance;
            });
            double expected = 0;
            foreach (double mean in means)
                expected += mean;
            _tension = Math.Clamp(tension + ((expected / _words) - seen) * TensionRate, AlignerOptions.LeastTension, AlignerOptions.GreatestTension);
        }
    }

    private struct Sums
    {
        internal double LogLikelihood;
        internal double Distance;
    }

    private sealed class Work(int longest)
    {
        internal readonly double[] Chances = new double[longest + 1];
        internal readonly int[] Slots = new int[longest + 1];
        internal readonly TranslationEntry[][] Rows = new TranslationEntry[longest + 1][];
    }
}
