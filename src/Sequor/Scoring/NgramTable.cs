namespace Sequor.Scoring;

/// <summary>
/// The n-grams of one sequence, numbered, so that another sequence can be matched against them. An n-gram is known by the number of its first n - 1
/// units and its last unit: exact for any order, without joining strings.
/// </summary>
internal sealed class NgramTable
{
    private const int _absent = -2;
    private readonly Dictionary<ulong, int> _numbers;
    private readonly int[] _firstOfOrder;
    private readonly List<int> _counts = [];

    /// <param name="units">The sequence, as unit numbers of 0 or more.</param>
    /// <param name="maxOrder">The longest n-gram, 1 or more.</param>
    internal NgramTable(ReadOnlySpan<int> units, int maxOrder)
    {
        _numbers = new Dictionary<ulong, int>(units.Length * maxOrder);
        _firstOfOrder = new int[maxOrder + 1];
        int[] numbers = Roots(units.Length);
        for (var order = 1; order <= maxOrder; order++)
        {
            for (var start = 0; start + order <= units.Length; start++)
                numbers[start] = CountNew(numbers[start], units[start + order - 1]);
            _firstOfOrder[order] = _counts.Count;
        }
    }

    /// <summary>Distinct n-grams of all orders.</summary>
    internal int Count => _counts.Count;

    /// <summary>Counts how often each n-gram of the table occurs in a sequence.</summary>
    /// <returns>[Count]; n-grams that the table does not hold are not counted.</returns>
    internal int[] CountIn(ReadOnlySpan<int> units)
    {
        var counts = new int[Count];
        int[] numbers = Roots(units.Length);
        for (var order = 1; order < _firstOfOrder.Length; order++)
        {
            for (var start = 0; start + order <= units.Length; start++)
            {
                if (numbers[start] == _absent)
                    continue;
                int number = _numbers.GetValueOrDefault(Name(numbers[start], units[start + order - 1]), _absent);
                numbers[start] = number;
                if (number != _absent)
                    counts[number]++;
            }
        }

        return counts;
    }

    /// <summary>How many n-grams of an order the two sequences share, each as often as the rarer side has it.</summary>
    internal int Overlap(int order, ReadOnlySpan<int> counts)
    {
        var shared = 0;
        for (int number = _firstOfOrder[order - 1]; number < _firstOfOrder[order]; number++)
            shared += Math.Min(_counts[number], counts[number]);
        return shared;
    }

    /// <summary>How many n-grams of an order a sequence of a length has.</summary>
    internal static int Total(int length, int order) => Math.Max(0, length - order + 1);

    private int CountNew(int prefix, int unit)
    {
        ulong name = Name(prefix, unit);
        if (_numbers.TryGetValue(name, out int number))
        {
            _counts[number]++;
            return number;
        }

        number = _counts.Count;
        _numbers.Add(name, number);
        _counts.Add(1);
        return number;
    }

    private static int[] Roots(int length)
    {
        var numbers = new int[length];
        Array.Fill(numbers, -1);
        return numbers;
    }

    private static ulong Name(int prefix, int unit) => ((ulong)(uint)prefix << 32) | (uint)unit;
}
