using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sequor.Configuration;

namespace Sequor.Extensions.Hosting;

/// <summary>Reads the options from a section of a configuration, key by key: nothing is found by reflection, and a key that does not exist is a fault.</summary>
internal static class SequorOptionsBinding
{
    private static readonly Dictionary<string, Func<SequorOptions, IConfigurationSection, string?>> _keys = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SequorOptions.Models)] = ReadModels,
        [nameof(SequorOptions.ModelsDirectory)] = Text((options, value) => options.ModelsDirectory = value),
        [nameof(SequorOptions.DefaultModel)] = Text((options, value) => options.DefaultModel = value),
        [nameof(SequorOptions.LoadLazily)] = Truth((options, value) => options.LoadLazily = value),
        [nameof(SequorOptions.IdleTimeout)] = Span((options, value) => options.IdleTimeout = value),
        [nameof(SequorOptions.WarmUp)] = Truth((options, value) => options.WarmUp = value),
        [nameof(SequorOptions.ComputeType)] = Text((options, value) => options.ComputeType = value),
        [nameof(SequorOptions.BatchSentences)] = Whole((options, value) => options.BatchSentences = value),
        [nameof(SequorOptions.BatchTokens)] = Whole((options, value) => options.BatchTokens = value),
        [nameof(SequorOptions.Workers)] = Whole((options, value) => options.Workers = value),
        [nameof(SequorOptions.QueueLimit)] = Whole((options, value) => options.QueueLimit = value),
        [nameof(SequorOptions.MaximumWait)] = Span((options, value) => options.MaximumWait = value),
        [nameof(SequorOptions.CacheSentences)] = Whole((options, value) => options.CacheSentences = value),
        [nameof(SequorOptions.CacheMegabytes)] = Whole((options, value) => options.CacheMegabytes = value),
    };

    /// <summary>Every key.</summary>
    internal static IEnumerable<string> Keys => _keys.Keys;

    /// <summary>Reads a section into options; what cannot be read is noted in them.</summary>
    internal static void Read(IConfiguration section, SequorOptions options)
    {
        foreach (IConfigurationSection key in section.GetChildren())
        {
            string? fault = _keys.TryGetValue(key.Key, out Func<SequorOptions, IConfigurationSection, string?>? read)
                ? read(options, key) is { } wanted ? $"{key.Path} is '{key.Value}'; it must be {wanted}." : null
                : $"{key.Path} is no setting.{(NearestName.Find(key.Key, _keys.Keys) is { } nearest ? $" Did you mean {nearest}?" : $" There are {string.Join(", ", _keys.Keys)}.")}";
            if (fault is not null)
            {
                options.UnreadKeys.Add(fault);
            }
        }
    }

    // One path may stand for a list of one.
    private static string? ReadModels(SequorOptions options, IConfigurationSection key)
    {
        string?[] paths = key.Value is { } one ? [one] : [.. key.GetChildren().Select(child => child.Value)];
        if (paths.Any(path => path is null))
        {
            return "a list of directories";
        }

        options.Models = [.. paths.OfType<string>()];
        return null;
    }

    private static Func<SequorOptions, IConfigurationSection, string?> Text(Action<SequorOptions, string?> set) => (options, key) =>
    {
        set(options, string.IsNullOrEmpty(key.Value) ? null : key.Value);
        return null;
    };

    private static Func<SequorOptions, IConfigurationSection, string?> Truth(Action<SequorOptions, bool> set) => (options, key) =>
    {
        bool isRead = bool.TryParse(key.Value, out bool value);
        set(options, value);
        return isRead ? null : "true or false";
    };

    private static Func<SequorOptions, IConfigurationSection, string?> Whole(Action<SequorOptions, int> set) => (options, key) =>
    {
        if (!int.TryParse(key.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
        {
            return "a whole number";
        }

        set(options, value);
        return null;
    };

    private static Func<SequorOptions, IConfigurationSection, string?> Span(Action<SequorOptions, TimeSpan> set) => (options, key) =>
    {
        if (!TimeSpan.TryParse(key.Value, CultureInfo.InvariantCulture, out TimeSpan value))
        {
            return "a time such as 00:10:00 (hours:minutes:seconds)";
        }

        set(options, value);
        return null;
    };
}
