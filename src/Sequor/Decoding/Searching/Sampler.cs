namespace Sequor.Decoding.Searching;

/// <summary>Draws pieces from the part of a distribution that the options leave. The cuts are made one after the other, each on what the one before has left:
/// temperature, top-k, top-p, min-p, typical, epsilon.</summary>
internal sealed class Sampler(SamplingSearchOptions options)
{
    private ulong[] _order = [];
    private int[] _ids = [];
    private double[] _weights = [];
    private double[] _keys = [];

    /// <summary>Draws a piece.</summary>
    /// <param name="logProbabilities">[V]; pieces of minus infinity are never drawn.</param>
    /// <param name="mark">A number from 0 (inclusive) to 1 (exclusive).</param>
    internal int Draw(ReadOnlySpan<float> logProbabilities, double mark)
    {
        int count = Possible(logProbabilities, out float greatest);
        count = options.TopK > 0 ? Math.Min(options.TopK, count) : count;
        Weigh(logProbabilities, greatest, count);
        count = options.TopP < 1 ? UpTo(options.TopP, count) : count;
        count = options.MinP > 0 ? AtLeast(options.MinP, count) : count;
        count = options.TypicalP < 1 ? Typical(count) : count;
        count = options.Epsilon > 0 ? AtLeast(options.Epsilon * Sum(count), count) : count;
        double left = mark * Sum(count);
        for (int i = 0; i < count - 1; i++)
        {
            left -= _weights[i];
            if (left < 0)
            {
                return _ids[i];
            }
        }

        return _ids[count - 1];
    }

    /// <summary>Collects the pieces that are possible: most probable first and of equals the lowest id, where a cut asks for that order; else by id.</summary>
    private int Possible(ReadOnlySpan<float> logProbabilities, out float greatest)
    {
        if (_order.Length < logProbabilities.Length)
        {
            _order = new ulong[logProbabilities.Length];
            _ids = new int[logProbabilities.Length];
            _weights = new double[logProbabilities.Length];
            _keys = new double[logProbabilities.Length];
        }

        int count = 0;
        greatest = float.NegativeInfinity;
        for (int id = 0; id < logProbabilities.Length; id++)
        {
            if (!float.IsNegativeInfinity(logProbabilities[id]))
            {
                greatest = MathF.Max(greatest, logProbabilities[id]);
                _ids[count++] = id;
            }
        }

        if (options.TopK > 0 || options.TopP < 1)
        {
            Sort(logProbabilities, count);
        }

        return count;
    }

    private void Sort(ReadOnlySpan<float> logProbabilities, int count)
    {
        for (int i = 0; i < count; i++)
        {
            // The bits of numbers below zero rise as the numbers fall; those above zero, which language models make, fall when turned over. The greatest comes first.
            uint bits = BitConverter.SingleToUInt32Bits(logProbabilities[_ids[i]] + 0f);
            _order[i] = ((ulong)(bits >> 31 == 0 ? ~bits & int.MaxValue : bits) << 32) | (uint)_ids[i];
        }

        Array.Sort(_order, 0, count);
        for (int i = 0; i < count; i++)
        {
            _ids[i] = (int)(uint)_order[i];
        }
    }

    /// <summary>The greatest weight is 1.</summary>
    private void Weigh(ReadOnlySpan<float> logProbabilities, double greatest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _weights[i] = Math.Exp((logProbabilities[_ids[i]] - greatest) / options.Temperature);
        }
    }

    private double Sum(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _weights[i];
        }

        return sum;
    }

    /// <summary>The first pieces that together have a share of the probability.</summary>
    private int UpTo(double share, int count)
    {
        double needed = share * Sum(count);
        int kept = 0;
        for (double sum = 0; sum < needed && kept < count; kept++)
        {
            sum += _weights[kept];
        }

        return kept;
    }

    /// <summary>The pieces of a weight or more, one at least.</summary>
    private int AtLeast(double weight, int count)
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (_weights[i] >= weight)
            {
                (_ids[kept], _weights[kept]) = (_ids[i], _weights[i]);
                kept++;
            }
        }

        return Math.Max(1, kept);
    }

    /// <summary>The pieces whose surprise is nearest to the expected one (Meister et al. 2023).</summary>
    private int Typical(int count)
    {
        double sum = Sum(count);
        double entropy = 0;
        for (int i = 0; i < count; i++)
        {
            double p = _weights[i] / sum;
            entropy -= p > 0 ? p * Math.Log(p) : 0;
        }

        for (int i = 0; i < count; i++)
        {
            _keys[i] = Math.Abs(-Math.Log(_weights[i] / sum) - entropy);
            _order[i] = ((ulong)_ids[i] << 32) | (uint)i;
        }

        Array.Sort(_keys, _order, 0, count);
        double[] weights = _weights;
        int[] ids = [.. _order.Take(count).Select(packed => (int)(packed >> 32))];
        double[] sorted = [.. _order.Take(count).Select(packed => weights[(int)(uint)packed])];
        ids.CopyTo(_ids, 0);
        sorted.CopyTo(_weights, 0);
        return Math.Max(1, UpTo(options.TypicalP, count));
    }
}
