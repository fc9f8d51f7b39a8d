namespace Sequor.Configuration;

/// <summary>
/// The settings of a record, said once: reading, writing and checking all follow from this list, so that none can forget a key
/// that another knows.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="start">The record before any key is read: its defaults, or those of a preset that the section names.</param>
internal sealed class Schema<T>(Func<Section, T> start)
    where T : class
{
    private readonly List<Setting<T>> _settings = [];
    private readonly List<Rule> _rules = [];

    public Schema<T> Integer(string key, IntegerBounds bounds, Func<T, int> get, Func<T, int, T> set, params string[] aliases) =>
        Long(key, bounds, record => get(record), (record, value) => set(record, (int)value), aliases);

    public Schema<T> Long(string key, IntegerBounds bounds, Func<T, long> get, Func<T, long, T> set, params string[] aliases) =>
        Value(key, new IntegerFormat(bounds), get, set, aliases);

    public Schema<T> OptionalInteger(string key, IntegerBounds bounds, Func<T, int?> get, Func<T, int?, T> set, params string[] aliases) =>
        OptionalLong(key, bounds, record => get(record), (record, value) => set(record, (int?)value), aliases);

    public Schema<T> OptionalLong(string key, IntegerBounds bounds, Func<T, long?> get, Func<T, long?, T> set, params string[] aliases) =>
        Value(key, new OptionalFormat<long>(new IntegerFormat(bounds)), get, set, aliases);

    public Schema<T> Number(string key, NumberBounds bounds, Func<T, double> get, Func<T, double, T> set, params string[] aliases) =>
        Value(key, new NumberFormat(bounds), get, set, aliases);

    public Schema<T> OptionalNumber(string key, NumberBounds bounds, Func<T, double?> get, Func<T, double?, T> set, params string[] aliases) =>
        Value(key, new OptionalFormat<double>(new NumberFormat(bounds)), get, set, aliases);

    public Schema<T> Boolean(string key, Func<T, bool> get, Func<T, bool, T> set, params string[] aliases) =>
        Value(key, BooleanFormat.Instance, get, set, aliases);

    public Schema<T> Text(string key, Func<T, string> get, Func<T, string, T> set, params string[] aliases) =>
        Value(key, TextFormat.Instance, get, set, aliases);

    public Schema<T> OptionalText(string key, Func<T, string?> get, Func<T, string?, T> set, params string[] aliases) =>
        Value(key, OptionalTextFormat.Instance, get, set, aliases);

    public Schema<T> Choice<TChoice>(string key, Choices<TChoice> choices, Func<T, TChoice> get, Func<T, TChoice, T> set, params string[] aliases)
        where TChoice : struct, Enum => Value(key, new ChoiceFormat<TChoice>(choices), get, set, aliases);

    public Schema<T> Texts(string key, Func<T, ValueList<string>> get, Func<T, ValueList<string>, T> set, params string[] aliases) =>
        Add(new TextsSetting<T>(key, aliases, get, set));

    public Schema<T> Child<TChild>(string key, Schema<TChild> schema, Func<T, TChild> get, Func<T, TChild, T> set)
        where TChild : class => Add(new ChildSetting<T, TChild>(key, schema, get, set, optional: false));

    /// <summary>A child whose settings lie over those that the record has already, a preset's for instance, and not over their defaults.</summary>
    public Schema<T> Part<TChild>(string key, Schema<TChild> schema, Func<T, TChild> get, Func<T, TChild, T> set)
        where TChild : class => Add(new ChildSetting<T, TChild>(key, schema, get, set, optional: false, over: true));

    public Schema<T> OptionalChild<TChild>(string key, Schema<TChild> schema, Func<T, TChild?> get, Func<T, TChild?, T> set)
        where TChild : class => Add(new ChildSetting<T, TChild>(key, schema, get, (record, child) => set(record, child), optional: true));

    public Schema<T> Children<TChild>(string key, Schema<TChild> schema, Func<T, ValueList<TChild>> get, Func<T, ValueList<TChild>, T> set)
        where TChild : class => Add(new ChildrenSetting<T, TChild>(key, schema, get, set));

    /// <summary>Adds settings that stand beside the others in the file and count only while a condition holds; elsewhere their keys are refused.</summary>
    /// <param name="applies">Whether they count; it may look at settings added before.</param>
    /// <param name="schema">The settings.</param>
    /// <param name="otherwise">What is wrong with such a key where they do not count; {0} is the key.</param>
    public Schema<T> When(Func<T, bool> applies, Schema<T> schema, string otherwise) =>
        When(applies, schema, record => record, (_, value) => value, otherwise);

    /// <summary>The same for settings of a record within the record.</summary>
    /// <param name="applies">Whether they count; it may look at settings added before.</param>
    /// <param name="schema">The settings.</param>
    /// <param name="get">The record that has them.</param>
    /// <param name="set">Puts it back.</param>
    /// <param name="otherwise">What is wrong with such a key where they do not count; {0} is the key.</param>
    public Schema<T> When<TChild>(Func<T, bool> applies, Schema<TChild> schema, Func<T, TChild> get, Func<T, TChild, T> set, string otherwise)
        where TChild : class => Add(new ConditionalSettings<T, TChild>(applies, schema, get, set, otherwise));

    /// <summary>Adds a rule over several settings; it is left out while one of them is faulty, for its sentence would be about a default.</summary>
    /// <param name="keys">The settings it looks at, with dots below a child; the fault is named after the first.</param>
    /// <param name="problem">What is wrong, or null.</param>
    public Schema<T> Require(string[] keys, Func<T, string?> problem) =>
        RequireEach(keys, record => problem(record) is { } found ? [(keys[0], found)] : []);

    /// <summary>Adds a rule over several settings that can find several faults.</summary>
    /// <param name="keys">The settings it looks at, with dots below a child.</param>
    /// <param name="problems">The setting that each fault is named after, with dots below a child, and what is wrong.</param>
    public Schema<T> RequireEach(string[] keys, Func<T, IEnumerable<(string Key, string Problem)>> problems)
    {
        _rules.Add(new Rule(keys, problems));
        return this;
    }

    /// <summary>Every key and alias.</summary>
    public IEnumerable<string> Names => _settings.SelectMany(setting => setting.Names);

    public T Read(Section section) => Read(section, start(section));

    /// <summary>Reads over a record that is there already.</summary>
    public T Read(Section section, T record)
    {
        foreach (Setting<T> setting in _settings)
        {
            record = setting.Read(section, record);
        }
        foreach (Rule rule in _rules.Where(rule => !rule.Keys.Any(section.IsFaulty)))
        {
            foreach ((string key, string problem) in rule.Problems(record))
            {
                section.Report(key, problem);
            }
        }
        return record;
    }

    public void Write(YamlWriter writer, T record)
    {
        foreach (Setting<T> setting in _settings)
        {
            setting.Write(writer, record);
        }
    }

    public void Validate(T record, string path, FaultList faults)
    {
        string PathOf(string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}.{key}";
        foreach (Setting<T> setting in _settings)
        {
            setting.Validate(record, PathOf(setting.Key), faults);
        }
        foreach (Rule rule in _rules.Where(rule => !rule.Keys.Any(key => faults.Touches(PathOf(key)))))
        {
            foreach ((string key, string problem) in rule.Problems(record))
            {
                faults.Add(ConfigurationOrigin.Code, PathOf(key), problem);
            }
        }
    }

    /// <summary>Everything that is wrong with a record made in code.</summary>
    public IReadOnlyList<ConfigurationFault> Validate(T record)
    {
        var faults = new FaultList();
        Validate(record, "", faults);
        return faults.Faults;
    }

    private Schema<T> Value<TValue>(string key, SettingFormat<TValue> format, Func<T, TValue> get, Func<T, TValue, T> set, string[] aliases) =>
        Add(new ValueSetting<T, TValue>(key, aliases, format, get, set));

    private Schema<T> Add(Setting<T> setting)
    {
        _settings.Add(setting);
        return this;
    }

    private sealed record Rule(string[] Keys, Func<T, IEnumerable<(string Key, string Problem)>> Problems);
}
