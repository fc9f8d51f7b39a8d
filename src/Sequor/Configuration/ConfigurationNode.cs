namespace Sequor.Configuration;

/// <summary>A piece of a configuration file as it was written, before anyone has said what it should be.</summary>
internal abstract class ConfigurationNode(ConfigurationOrigin origin)
{
    public ConfigurationOrigin Origin { get; } = origin;

    /// <summary>The node as a fault names it: <c>"many"</c>, <c>a list</c>, <c>a section</c>.</summary>
    public abstract string Description { get; }

    public virtual bool IsNothing => false;
}

/// <summary>A single value. YAML's guesses about its type are left aside: the setting that is read says what it must be.</summary>
internal sealed class ScalarNode(ConfigurationOrigin origin, string text, bool quoted) : ConfigurationNode(origin)
{
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    public override bool IsNothing => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Description => IsNothing ? "nothing" : Quoted ? $"the quoted text \"{Text}\"" : $"\"{Text}\"";
}

/// <summary>A list of values.</summary>
internal sealed class ListNode(ConfigurationOrigin origin, List<ConfigurationNode> items) : ConfigurationNode(origin)
{
    public List<ConfigurationNode> Items { get; } = items;

    public override string Description => "a list";
}

/// <summary>A section: keys with values, in the order of the file.</summary>
internal sealed class MappingNode(ConfigurationOrigin origin) : ConfigurationNode(origin)
{
    public List<MappingEntry> Entries { get; } = [];

    public override string Description => "a section";

    public MappingEntry? Find(string key) => Entries.Find(entry => entry.Key == key);
}

/// <summary>One key of a section.</summary>
/// <param name="Key">The key with <c>_</c> for every <c>-</c>.</param>
/// <param name="Written">The key as it was written.</param>
/// <param name="KeyOrigin">Where the key stands.</param>
/// <param name="Value">Its value.</param>
/// <param name="Override">0 for the file, otherwise the number of the override that set it; the highest wins.</param>
internal sealed record MappingEntry(
    string Key, string Written, ConfigurationOrigin KeyOrigin, ConfigurationNode Value, int Override)
{
    /// <summary>Dashes and underscores are one: <c>batch-tokens</c> on a command line is <c>batch_tokens</c> in a file.</summary>
    public static string Normal(string key) => key.Replace('-', '_');
}
