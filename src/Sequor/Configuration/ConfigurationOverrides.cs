using System.Globalization;

namespace Sequor.Configuration;

/// <summary>Lays <c>key=value</c> overrides over what a file holds.</summary>
internal static class ConfigurationOverrides
{
    /// <summary>Applies one override such as <c>training.batch_tokens=4096</c> or <c>data.train.0.source=a.en</c>.</summary>
    /// <param name="root">The file's root, changed in place.</param>
    /// <param name="text">The override as the user gave it.</param>
    /// <param name="number">Its place among the overrides, counted from 1.</param>
    /// <param name="faults">Where a malformed override is reported.</param>
    public static void Apply(MappingNode root, string text, int number, FaultList faults)
    {
        var origin = new ConfigurationOrigin(string.Create(CultureInfo.InvariantCulture, $"--set {number}"));
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string path = equals < 0 ? "" : MappingEntry.Normal(text[..equals].Trim());
        if (path.Length == 0 || path.Split('.').Contains(""))
        {
            faults.Add(origin, "", $"expected section.key=value, was given \"{text}\"");
            return;
        }
        if (Value(text[(equals + 1)..].Trim(), origin, path, faults) is { } value)
        {
            Place(root, path, new MappingEntry("", "", origin, value, number), faults);
        }
    }

    /// <summary>A value is YAML, so that lists can be given; what is no YAML is text: a tag such as <c>&gt;&gt;de&lt;&lt;</c> needs no quotes.</summary>
    private static ConfigurationNode? Value(string text, ConfigurationOrigin origin, string path, FaultList faults)
    {
        var attempt = new FaultList();
        ConfigurationNode? value = YamlTree.ReadValue(text, origin, attempt);
        if (value is not null && attempt.Faults.Count == 0)
        {
            return value;
        }
        if (!text.StartsWith('[') && !text.StartsWith('{') && !text.StartsWith('"'))
        {
            return new ScalarNode(origin, text, quoted: true);
        }
        faults.Add(origin, path, $"expected a value in YAML, was given \"{text}\": {attempt.Faults[0].Problem}");
        return null;
    }

    private static void Place(MappingNode root, string path, MappingEntry change, FaultList faults)
    {
        string[] keys = path.Split('.');
        ConfigurationNode place = root;
        for (int i = 0; i < keys.Length; i++)
        {
            bool last = i == keys.Length - 1;
            ConfigurationNode? next = place switch
            {
                MappingNode section => InSection(section, change with { Key = keys[i], Written = keys[i] }, last),
                ListNode list => InList(list, keys[i], change, last),
                _ => null,
            };
            if (next is null)
            {
                string parent = string.Join('.', keys[..i]);
                faults.Add(change.KeyOrigin, path, $"{parent} is {place.Description} and has no \"{keys[i]}\" that could be set");
                return;
            }
            place = next;
        }
    }

    private static ConfigurationNode InSection(MappingNode section, MappingEntry change, bool last)
    {
        int index = section.Entries.FindIndex(entry => entry.Key == change.Key);
        ConfigurationNode value = last ? change.Value
            : index >= 0 && !section.Entries[index].Value.IsNothing ? section.Entries[index].Value
            : new MappingNode(change.KeyOrigin);
        if (index < 0)
        {
            section.Entries.Add(change with { Value = value });
        }
        else if (last || value != section.Entries[index].Value)
        {
            section.Entries[index] = change with { Value = value };
        }
        return value;
    }

    private static ConfigurationNode? InList(ListNode list, string key, MappingEntry change, bool last)
    {
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= list.Items.Count)
        {
            return null;
        }
        return list.Items[index] = last ? change.Value : list.Items[index];
    }
}
