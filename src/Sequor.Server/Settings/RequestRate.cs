using System.Globalization;

namespace Sequor.Server.Settings;

/// <summary>How many requests one caller may make in a time.</summary>
/// <param name="Requests">Requests, 1 or more.</param>
/// <param name="Per">The time: a second, a minute or an hour.</param>
public readonly record struct RequestRate(int Requests, TimeSpan Per)
{
    // One in each microsecond: what is shorter than the clock's ticks cannot be measured out.
    internal const int Most = 1_000_000;

    private static readonly (string Name, TimeSpan Per)[] _times = [("s", TimeSpan.FromSeconds(1)), ("min", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>Reads a rate.</summary>
    /// <param name="text">Such as <c>60/min</c>, <c>5/s</c> or <c>1000/h</c>.</param>
    /// <param name="rate">The rate.</param>
    public static bool TryParse(string text, out RequestRate rate)
    {
        ArgumentNullException.ThrowIfNull(text);
        rate = default;
        if (text.Split('/') is not [string count, string name]
            || !int.TryParse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out int requests) || requests is < 1 or > Most)
        {
            return false;
        }

        (string Name, TimeSpan Per) found = Array.Find(_times, time => time.Name == name.Trim());
        rate = new RequestRate(requests, found.Per);
        return found.Name is not null;
    }

    /// <summary>The rate as it is written: <c>60/min</c>.</summary>
    public override string ToString()
    {
        TimeSpan per = Per;
        return string.Create(CultureInfo.InvariantCulture, $"{Requests}/{Array.Find(_times, time => time.Per == per).Name ?? per.ToString("c", CultureInfo.InvariantCulture)}");
    }
}
