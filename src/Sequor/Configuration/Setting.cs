using System.Globalization;

namespace Sequor.Configuration;

/// <summary>One setting of a record: how it is read, written and checked.</summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class Setting<T>(string key)
{
    public string Key { get; } = key;

    /// <summary>The key and its aliases.</summary>
    public virtual IEnumerable<string> Names => [Key];

    public abstract T Read(Section section, T record);

    public abstract void Write(YamlWriter writer, T record);

    public abstract void Validate(T record, string path, FaultList faults);
}

/// <summary>A setting with a single value.</summary>
internal sealed class ValueSetting<T, TValue>(
    string key, string[] aliases, SettingFormat<TValue> format, Func<T, TValue> get, Func<T, TValue, T> set) : Setting<T>(key)
{
    public override IEnumerable<string> Names => [Key, .. aliases];

    public override T Read(Section section, T record) => set(record, section.Value(Key, get(record), format, aliases));

    public override void Write(YamlWriter writer, T record) => writer.Value(Key, format.Render(get(record)));

    public override void Validate(T record, string path, FaultList faults)
    {
        TValue value = get(record);
        if (!format.Allows(value))
        {
            faults.Add(ConfigurationOrigin.Code, path, $"expected {format.Expected}, was given {format.Render(value)}");
        }
    }
}

/// <summary>A list of texts.</summary>
internal sealed class TextsSetting<T>(
    string key, string[] aliases, Func<T, ValueList<string>> get, Func<T, ValueList<string>, T> set) : Setting<T>(key)
{
    public override IEnumerable<string> Names => [Key, .. aliases];

    public override T Read(Section section, T record) => set(record, [.. section.Texts(Key, get(record), aliases)]);

    public override void Write(YamlWriter writer, T record) => writer.List(Key, [.. get(record).Select(YamlText.Quote)]);

    public override void Validate(T record, string path, FaultList faults)
    {
    }
}

/// <summary>A record within the record; null, where that is allowed, when its key is absent.</summary>
internal sealed class ChildSetting<T, TChild>(
    string key, Schema<TChild> schema, Func<T, TChild?> get, Func<T, TChild, T> set, bool optional, bool over = false) : Setting<T>(key)
    where TChild : class
{
    public override T Read(Section section, T record)
    {
        bool present = section.Contains(Key);
        Section child = section.Child(Key);
        return optional && !present ? record
            : set(record, over && get(record) is { } there ? schema.Read(child, there) : schema.Read(child));
    }

    public override void Write(YamlWriter writer, T record)
    {
        if (get(record) is { } child)
        {
            writer.Section(Key, () => schema.Write(writer, child));
        }
    }

    public override void Validate(T record, string path, FaultList faults)
    {
        if (get(record) is { } child)
        {
            schema.Validate(child, path, faults);
        }
    }
}

/// <summary>A list of records.</summary>
internal sealed class ChildrenSetting<T, TChild>(
    string key, Schema<TChild> schema, Func<T, ValueList<TChild>> get, Func<T, ValueList<TChild>, T> set) : Setting<T>(key)
    where TChild : class
{
    public override T Read(Section section, T record) =>
        set(record, [.. section.Children(Key).Select(schema.Read)]);

    public override void Write(YamlWriter writer, T record) =>
        writer.List(Key, get(record).Select(child => (Action)(() => schema.Write(writer, child))));

    public override void Validate(T record, string path, FaultList faults)
    {
        for (int i = 0; i < get(record).Count; i++)
        {
            schema.Validate(get(record)[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), faults);
        }
    }
}
