using System.Globalization;

namespace Sequor.Configuration;

/// <summary>
/// A section of a configuration. Each getter reads one key, remembers that it is known, and returns the fallback when the key is
/// absent; what is wrong is kept and reported by <see cref="ConfigurationReader.ThrowIfFaulty"/> with everything else.
/// Keys may be written with dashes or underscores; aliases are other names of the same key.
/// </summary>
public sealed class Section
{
    private readonly MappingNode _node;
    private readonly FaultList _faults;
    private readonly List<Section> _all;
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, MappingEntry> _found = [];
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<string, string> _elsewhere = [];

    internal Section(MappingNode node, string path, FaultList faults, List<Section> all)
    {
        (_node, Path, _faults, _all) = (node, path, faults, all);
        all.Add(this);
    }

    /// <summary>The section's key from the root, with dots; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Whether <paramref name="key"/> or an alias of it stands in this section with a value.</summary>
    public bool Contains(string key, params string[] aliases) => Find(key, aliases) is { Value.IsNothing: false };

    /// <summary>A whole number.</summary>
    public long Integer(string key, long fallback, IntegerBounds bounds, params string[] aliases) =>
        Value(key, fallback, new IntegerFormat(bounds), aliases);

    /// <summary>A number.</summary>
    public double Number(string key, double fallback, NumberBounds bounds, params string[] aliases) =>
        Value(key, fallback, new NumberFormat(bounds), aliases);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Boolean(string key, bool fallback, params string[] aliases) =>
        Value(key, fallback, BooleanFormat.Instance, aliases);

    /// <summary>Text.</summary>
    public string Text(string key, string fallback, params string[] aliases) =>
        Value(key, fallback, TextFormat.Instance, aliases);

    /// <summary>One of several names.</summary>
    public T Choice<T>(string key, T fallback, Choices<T> choices, params string[] aliases)
        where T : struct, Enum => Value(key, fallback, new ChoiceFormat<T>(choices), aliases);

    /// <summary>A list of texts; a single text counts as a list of one, and no value as an empty list.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback, params string[] aliases)
    {
        if (Find(key, aliases) is not { } entry)
        {
            return fallback;
        }
        List<string> texts = [];
        foreach ((ConfigurationNode item, string path) in Items(entry))
        {
            if (item is ScalarNode { IsNothing: false } scalar)
            {
                texts.Add(scalar.Text);
            }
            else
            {
                _faults.Add(item.Origin, path, $"expected text, was given {item.Description}");
            }
        }
        return texts;
    }

    /// <summary>A section below this one; an empty one when the key is absent.</summary>
    public Section Child(string key, params string[] aliases) =>
        Find(key, aliases) is { Value.IsNothing: false } entry
            ? Open(entry.Value, PathOf(key))
            : new Section(new MappingNode(_node.Origin), PathOf(key), _faults, _all);

    /// <summary>A list of sections; a single section counts as a list of one, and no value as an empty list.</summary>
    public IReadOnlyList<Section> Children(string key, params string[] aliases) =>
        Find(key, aliases) is { } entry ? [.. Items(entry).Select(item => Open(item.Node, item.Path))] : [];

    /// <summary>Reports a fault of a key of this section that only the caller can see, such as two settings that exclude each other.</summary>
    /// <param name="key">The key; its place in the file is named, or the section's when the key is absent.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop.</param>
    public void Report(string key, string problem) => _faults.Add(OriginOf(key), PathOf(key), problem);

    internal bool IsFaulty(string key) => _faults.Touches(PathOf(key));

    internal T Value<T>(string key, T fallback, SettingFormat<T> format, string[] aliases)
    {
        if (Find(key, aliases) is not { } entry)
        {
            return fallback;
        }
        if (entry.Value.IsNothing && format.AllowsNothing)
        {
            return default!;
        }
        if (entry.Value is ScalarNode { IsNothing: false } scalar)
        {
            if (format.TryParse(scalar, out T value) && format.Allows(value))
            {
                return value;
            }
            Expect(entry, PathOf(key), format.Expected, format.Advice(scalar));
            return fallback;
        }
        Expect(entry, PathOf(key), format.Expected, "");
        return fallback;
    }

    /// <summary>Says what is wrong with a key that would be right in a section of another kind; it counts only if nothing else knows the key.</summary>
    internal void BelongsElsewhere(string key, string problem) => _elsewhere.TryAdd(key, problem);

    internal void ReportUnknownKeys()
    {
        foreach (MappingEntry entry in _node.Entries.Where(entry => !_known.Contains(entry.Key)))
        {
            if (_elsewhere.TryGetValue(entry.Key, out string? problem))
            {
                _faults.Add(entry.KeyOrigin, PathOf(entry.Key), problem);
                continue;
            }

            string advice = NearestName.Find(entry.Key, _known) is { } nearest
                ? $"did you mean \"{nearest}\"?"
                : $"this section knows {string.Join(", ", _keys)}";
            _faults.Add(entry.KeyOrigin, PathOf(entry.Key), $"unknown key \"{entry.Written}\"; {advice}");
        }
    }

    /// <summary>The entry of a key. Two names of one key are a fault in a file; an override wins over both.</summary>
    private MappingEntry? Find(string key, string[] aliases)
    {
        if (_known.Add(key))
        {
            _keys.Add(key);
        }
        _known.UnionWith(aliases);
        MappingEntry[] given = [.. _node.Entries.Where(entry => entry.Key == key || aliases.Contains(entry.Key))
            .OrderBy(entry => entry.Override)];
        if (given.Length > 1 && given[^1].Override == 0)
        {
            string others = string.Join(" and ", given[..^1].Select(entry => $"\"{entry.Written}\" at {entry.KeyOrigin}"));
            _faults.Add(given[^1].KeyOrigin, PathOf(key), $"\"{given[^1].Written}\" is another name of {others}; keep one of them");
        }
        if (given.Length == 0)
        {
            return null;
        }
        _found[key] = given[^1];
        return given[^1];
    }

    private IEnumerable<(ConfigurationNode Node, string Path)> Items(MappingEntry entry) => entry.Value switch
    {
        { IsNothing: true } => [],
        ListNode list => list.Items.Select((item, index) =>
            (item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(entry.Key)}.{index}"))),
        _ => [(entry.Value, PathOf(entry.Key))],
    };

    private Section Open(ConfigurationNode node, string path)
    {
        if (node is not MappingNode mapping)
        {
            _faults.Add(node.Origin, path, $"expected a section of keys and values, was given {node.Description}");
            mapping = new MappingNode(node.Origin);
        }
        return new Section(mapping, path, _faults, _all);
    }

    private void Expect(MappingEntry entry, string path, string expected, string advice) =>
        _faults.Add(entry.Value.Origin, path, $"expected {expected}, was given {entry.Value.Description}{advice}");

    private ConfigurationOrigin OriginOf(string key)
    {
        ConfigurationNode place = _node;
        foreach (string part in key.Split('.'))
        {
            if ((place as MappingNode)?.Find(part) is { } entry)
            {
                place = entry.Value;
            }
        }
        return _found.TryGetValue(key, out MappingEntry? found) ? found.Value.Origin : place.Origin;
    }

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
