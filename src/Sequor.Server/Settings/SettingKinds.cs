using System.Globalization;
using Sequor.Tensors.Kernels;

namespace Sequor.Server.Settings;

/// <summary>Every kind of value that a setting has.</summary>
internal static class SettingKinds
{
    internal const string Off = "off";

    private static readonly (string Unit, double Milliseconds)[] _durations = [("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)];

    private static readonly (string Unit, long Bytes)[] _sizes =
        [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("B", 1)];

    internal static SettingKind<string> Text(string helpName, string expected = "a text", Func<string, bool>? isValid = null) =>
        new(helpName, expected, (string text, out string value) => (value = text).Length > 0, text => text, isValid ?? (text => text.Length > 0));

    internal static SettingKind<bool> Switch { get; } = new(
        "on|off", "on or off",
        (string text, out bool value) =>
        {
            value = text is "on" or "true" or "yes" or "1";
            return value || text is Off or "false" or "no" or "0";
        },
        value => value ? "on" : Off, _ => true);

    internal static SettingKind<int> Whole(int least, int most = int.MaxValue, string helpName = "N") => new(
        helpName,
        most == int.MaxValue ? $"a whole number of {Number(least)} or more" : $"a whole number of {Number(least)} to {Number(most)}",
        (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out value),
        value => value.ToString(CultureInfo.InvariantCulture),
        value => value >= least && value <= most);

    internal static SettingKind<TimeSpan> Duration(TimeSpan least, TimeSpan most) => new(
        "TIME", $"a time with its unit (ms, s, min, h) of {Duration(least)} to {Duration(most)}, such as 5ms or 2s",
        TryDuration, Duration, value => value >= least && value <= most);

    internal static SettingKind<long> Size(long least, long most) => new(
        "SIZE", $"a size with its unit (B, KB, MB, GB) of {Size(least)} to {Size(most)}, such as 2MB",
        TrySize, Size, value => value >= least && value <= most);

    internal static SettingKind<RequestRate> Rate { get; } = new(
        "RATE", "a number of requests, 1 to 1,000,000, in a time, such as 60/min, 5/s or 1000/h", RequestRate.TryParse, rate => rate.ToString(), rate => rate.Requests is > 0 and <= RequestRate.Most);

    internal static SettingKind<WeightType> ComputeType { get; } = new(
        "TYPE", string.Join(", ", WeightTypes.Names.SkipLast(1)) + " or " + WeightTypes.Names[^1], WeightTypes.TryParse, WeightTypes.NameOf, _ => true);

    internal static SettingKind<LogFormat> LogFormat { get; } = new(
        "json|text", "json or text",
        (string text, out LogFormat value) =>
        {
            value = text == "json" ? Settings.LogFormat.Json : Settings.LogFormat.Text;
            return text is "json" or "text";
        },
        value => value == Settings.LogFormat.Json ? "json" : "text", _ => true);

    /// <summary>A kind whose values may be left away, with the word for that.</summary>
    internal static SettingKind<T?> Optional<T>(SettingKind<T> kind, string nothing = Off)
        where T : struct => new(
        kind.HelpName, $"{kind.Expected}, or {nothing}",
        (string text, out T? value) =>
        {
            bool isRead = kind.TryParse(text, out T read);
            value = isRead ? read : null;
            return isRead || text == nothing;
        },
        value => value is { } one ? kind.Format(one) : nothing,
        value => value is not { } one || kind.IsValid(one));

    /// <summary>A text that may be left away, with the word for that.</summary>
    internal static SettingKind<string?> OptionalText(string helpName, string nothing = "none", string expected = "a text", Func<string, bool>? isValid = null) => new(
        helpName, $"{expected}, or {nothing}",
        (string text, out string? value) =>
        {
            value = text == nothing || text.Length == 0 ? null : text;
            return true;
        },
        value => value ?? nothing,
        value => value is null || isValid is null || isValid(value));

    internal static string Duration(TimeSpan value)
    {
        double milliseconds = value.TotalMilliseconds;
        (string unit, double scale) = _durations.LastOrDefault(one => milliseconds >= one.Milliseconds && milliseconds % one.Milliseconds == 0, _durations[0]);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / scale:0.###}{unit}");
    }

    internal static string Size(long bytes)
    {
        (string unit, long scale) = _sizes.FirstOrDefault(one => bytes >= one.Bytes && bytes % one.Bytes == 0, _sizes[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / scale}{unit}");
    }

    private static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        foreach ((string unit, double milliseconds) in _durations)
        {
            if (TryNumber(text, unit, out double number) && number * milliseconds < TimeSpan.MaxValue.TotalMilliseconds)
            {
                value = TimeSpan.FromMilliseconds(number * milliseconds);
                return true;
            }
        }

        return text == "0";
    }

    private static bool TrySize(string text, out long value)
    {
        value = 0;
        foreach ((string unit, long bytes) in _sizes)
        {
            if (TryNumber(text, unit, out double number) && number * bytes < long.MaxValue)
            {
                value = (long)(number * bytes);
                return true;
            }
        }

        return false;
    }

    private static bool TryNumber(string text, string unit, out double number)
    {
        number = 0;
        return text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
