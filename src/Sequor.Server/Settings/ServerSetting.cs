namespace Sequor.Server.Settings;

/// <summary>One setting of the server: the flag, the environment variable and the YAML key that set it, and what it sets.</summary>
internal sealed class ServerSetting
{
    private readonly Func<ServerOptions, IReadOnlyList<string>> _get;
    private readonly Func<ServerOptions, IReadOnlyList<string>, ServerOptions> _set;
    private readonly Func<ServerOptions, bool> _isValid;

    private ServerSetting(
        string name, string group, string helpName, string expected, string description, bool isList,
        Func<ServerOptions, IReadOnlyList<string>> get, Func<ServerOptions, IReadOnlyList<string>, ServerOptions> set, Func<ServerOptions, bool> isValid)
    {
        (Name, Group, HelpName, Expected, IsList, _get, _set, _isValid) = (name, group, helpName, expected, isList, get, set, isValid);
        Description = $"{description} Default: {Shown(new ServerOptions())}.";
    }

    /// <summary>The key in a YAML file, such as <c>max_wait</c>.</summary>
    internal string Name { get; }

    /// <summary>The heading under which the help has it.</summary>
    internal string Group { get; }

    /// <summary>What stands for a value in the help.</summary>
    internal string HelpName { get; }

    /// <summary>What a value must be, to end a sentence with.</summary>
    internal string Expected { get; }

    /// <summary>What it sets, as a sentence, and the default.</summary>
    internal string Description { get; }

    /// <summary>Whether it has several values.</summary>
    internal bool IsList { get; }

    /// <summary>The flag, such as <c>--max-wait</c>.</summary>
    internal string Flag => "--" + Name.Replace('_', '-');

    /// <summary>The environment variable, such as <c>SEQUOR_MAX_WAIT</c>.</summary>
    internal string Variable => SettingsEnvironment.Prefix + Name.ToUpperInvariant();

    /// <summary>A setting of one value.</summary>
    internal static ServerSetting Of<T>(
        string name, string group, SettingKind<T> kind, string description, Func<ServerOptions, T> get, Func<ServerOptions, T, ServerOptions> set) => new(
        name, group, kind.HelpName, kind.Expected, description, isList: false,
        options => [kind.Format(get(options))],
        (options, values) => set(options, Parsed(kind, values is [var only] ? only : throw new FormatException($"has {values.Count} values, but takes one"))),
        options => kind.IsValid(get(options)));

    /// <summary>A setting of any number of values.</summary>
    internal static ServerSetting Many(
        string name, string group, SettingKind<string> kind, string description,
        Func<ServerOptions, IReadOnlyList<string>> get, Func<ServerOptions, IReadOnlyList<string>, ServerOptions> set) => new(
        name, group, kind.HelpName, kind.Expected, description, isList: true,
        get,
        (options, values) => set(options, [.. values.Select(value => Parsed(kind, value))]),
        options => get(options).All(kind.IsValid));

    /// <summary>The value or values as they are written.</summary>
    internal IReadOnlyList<string> Values(ServerOptions options) => _get(options);

    /// <summary>The options with this setting as given.</summary>
    /// <exception cref="FormatException">A value is none; the message says what it must be.</exception>
    internal ServerOptions Set(ServerOptions options, IReadOnlyList<string> values) => _set(options, values);

    /// <summary>What is wrong with the value that options have; null for nothing.</summary>
    internal string? Fault(ServerOptions options) => _isValid(options) ? null : $"{Name} is {Shown(options)}, but must be {Expected}.";

    private string Shown(ServerOptions options) => _get(options) is { Count: > 0 } values ? string.Join(", ", values) : "none";

    private static T Parsed<T>(SettingKind<T> kind, string text) => kind.TryParse(text, out T value) && kind.IsValid(value)
        ? value
        : throw new FormatException($"is '{text}', but must be {kind.Expected}");
}
