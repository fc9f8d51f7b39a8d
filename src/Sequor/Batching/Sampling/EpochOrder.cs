using System.Runtime.InteropServices;

namespace Sequor.Batching;

/// <summary>Which pairs of a corpus in memory make up an epoch, and in what order: a function of seed and epoch.</summary>
internal sealed class EpochOrder(IReadOnlyList<long> numbers, IReadOnlyList<double> weights, BatchOptions options)
{
    private int[] _order = [];
    private long _epoch = -1;

    internal ReadOnlySpan<int> Of(long epoch)
    {
        if (_epoch == epoch)
            return _order;

        List<int> order = new(numbers.Count);
        for (int pair = 0; pair < numbers.Count; pair++)
        {
            int copies = Copies(weights[new NumberedPair(numbers[pair], "", "").Corpus], numbers[pair], options.Seed, epoch);
            for (int copy = 0; copy < copies; copy++)
                order.Add(pair);
        }

        if (options.Shuffle)
            KeyedRandom.Shuffle(CollectionsMarshal.AsSpan(order), KeyedRandom.Key(options.Seed, KeyedRandom.Purpose.EpochOrder, epoch));
        (_order, _epoch) = ([.. order], epoch);
        return _order;
    }

    /// <summary>
    /// How often a pair comes in an epoch. The fraction of a weight is spread over the epochs from a place of the
    /// pair's own, so that after E epochs each pair has come weight × E times to within one.
    /// </summary>
    internal static int Copies(double weight, long number, ulong seed, long epoch)
    {
        int whole = (int)weight;
        double fraction = weight - whole;
        if (fraction == 0)
            return whole;
        double phase = KeyedRandom.Unit(KeyedRandom.Key(seed, KeyedRandom.Purpose.CorpusWeight, number));
        return whole + (int)(Math.Floor(phase + (fraction * (epoch + 1))) - Math.Floor(phase + (fraction * epoch)));
    }
}
