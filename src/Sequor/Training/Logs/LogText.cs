using System.Globalization;

namespace Sequor.Training.Logs;

/// <summary>Numbers of a training as a person reads them, the same in every culture.</summary>
public static class LogText
{
    /// <summary>Writes a span of time as <c>42 s</c>, <c>3:07 min</c> or <c>2:03:07 h</c>.</summary>
    /// <param name="seconds">The span in seconds; a negative or non-finite one gives a question mark.</param>
    /// <returns>The text.</returns>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > 1e9)
        {
            return "?";
        }

        long whole = (long)Math.Round(seconds);
        (long hours, long minutes, long rest) = (whole / 3600, whole / 60 % 60, whole % 60);
        return whole < 60 ? Invariant($"{rest} s")
            : whole < 3600 ? Invariant($"{minutes}:{rest:00} min")
            : Invariant($"{hours}:{minutes:00}:{rest:00} h");
    }

    /// <summary>Writes a whole number with commas between thousands.</summary>
    /// <param name="value">The number; it is rounded.</param>
    /// <returns>The text, <c>nan</c> or <c>inf</c> where it is not finite.</returns>
    public static string Count(double value) =>
        double.IsFinite(value) ? value.ToString("#,0", CultureInfo.InvariantCulture) : NotFinite(value);

    /// <summary>Writes a measure with so many digits after the point.</summary>
    /// <param name="value">The measure.</param>
    /// <param name="decimals">Digits after the point, 0 to 15.</param>
    /// <returns>The text, <c>nan</c> or <c>inf</c> where it is not finite.</returns>
    public static string Fixed(double value, int decimals) => double.IsFinite(value)
        ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : NotFinite(value);

    /// <summary>Writes a number of any size with so many significant digits, in powers of ten where it is very small or large.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Significant digits, 1 to 15.</param>
    /// <returns>The text, for example <c>0.00069</c>, <c>12.3</c> or <c>3.2e-06</c>.</returns>
    public static string Significant(double value, int digits)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value == 0 ? "0" : NotFinite(value);
        }

        // The exponent after rounding: 9.996 with three digits is 10.0.
        string rounded = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = int.Parse(rounded.AsSpan(rounded.IndexOf('E', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        if (exponent is < -4 or > 6)
        {
            string mantissa = rounded[..rounded.IndexOf('E', StringComparison.Ordinal)];
            return Invariant($"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}");
        }

        return Fixed(value, Math.Clamp(digits - 1 - exponent, 0, 15));
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
