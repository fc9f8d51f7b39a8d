using System.Globalization;

namespace Sequor.Scoring;

/// <summary>Fixed-point text as Python prints it, so that printed scores equal sacreBLEU's digit for digit.</summary>
internal static class PrintedNumber
{
    // .NET rounds an exact tie away from zero, Python to the even digit: 6.25, the precision 1/16, is 6.2 there.
    // A binary fraction ties at d decimals only if it has at most d + 1 fractional bits, and such a one fits a decimal exactly.
    internal static string Fixed(double value, int decimals)
    {
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        double scaled = value * Math.Pow(2, decimals + 1);
        bool mayTie = Math.Abs(value) < 1e9 && scaled == Math.Floor(scaled);
        return mayTie
            ? decimal.Round((decimal)value, decimals, MidpointRounding.ToEven).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);
    }
}
