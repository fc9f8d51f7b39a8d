namespace Sequor.Decoding.Benchmarks;

/// <summary>Numbers in rising order, to be asked how many lie below.</summary>
/// <param name="numbers">The numbers, in any order.</param>
public sealed class Percentiles(IEnumerable<double> numbers)
{
    private readonly double[] _sorted = [.. numbers.Order()];

    /// <summary>The number that half of all lie below.</summary>
    public double Median => At(0.5);

    /// <summary>The number that a share of all lie below, between neighbours where it falls between two; 0 when there are none.</summary>
    /// <param name="share">0 for the least number to 1 for the greatest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range.</exception>
    public double At(double share)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share of the numbers is 0 to 1.");
        }

        if (_sorted.Length == 0)
        {
            return 0;
        }

        double place = share * (_sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((place - below) * (_sorted[above] - _sorted[below]));
    }
}
