using System.Text;
using Sequor.Configuration;

namespace Sequor.Server.Settings;

/// <summary>The settings that are in force, and where each comes from.</summary>
internal sealed class EffectiveSettings
{
    private readonly Dictionary<string, string> _origins;

    private EffectiveSettings(ServerOptions options, Dictionary<string, string> origins, IReadOnlyList<string> warnings) =>
        (Options, _origins, Warnings) = (options, origins, warnings);

    /// <summary>The settings.</summary>
    internal ServerOptions Options { get; }

    /// <summary>What does not keep the server from starting, but should be known.</summary>
    internal IReadOnlyList<string> Warnings { get; }

    /// <summary>Puts the settings together: a flag wins over an environment variable, and that over the file.</summary>
    /// <param name="flags">What was given on the command line, by the setting's name.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="file">A YAML file; null for none.</param>
    /// <exception cref="ConfigurationException">Something is wrong; everything that is wrong is in it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static EffectiveSettings Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> flags, IReadOnlyDictionary<string, string> environment, string? file)
    {
        List<ConfigurationFault> faults = [];
        List<string> warnings = [];
        SettingSource[] sources =
        [
            .. file is null ? [] : SettingsFile.Read(file, faults),
            .. SettingsEnvironment.Read(environment, faults, warnings),
            .. ServerSettings.All.Where(setting => flags.ContainsKey(setting.Name))
                .Select(setting => new SettingSource(setting, flags[setting.Name], new ConfigurationOrigin(ServerSettings.FlagOf(setting)))),
        ];
        ServerOptions options = new();
        Dictionary<string, string> origins = new(StringComparer.Ordinal);
        foreach (SettingSource source in sources)
        {
            try
            {
                options = source.Setting.Set(options, source.Values);
                origins[source.Setting.Name] = source.Origin.ToString();
            }
            catch (FormatException fault)
            {
                faults.Add(new ConfigurationFault(source.Origin, source.Origin.Line == 0 ? "" : source.Setting.Name, fault.Message));
            }
        }

        faults.AddRange(faults.Count > 0 ? [] : options.Validate().Select(fault => new ConfigurationFault(ConfigurationOrigin.Code, "", fault.TrimEnd('.'))));
        return faults.Count == 0 ? new EffectiveSettings(options, origins, warnings) : throw new ConfigurationException(faults);
    }

    /// <summary>The settings as a YAML file that sets the same, with the origin of each behind it.</summary>
    internal string ToYaml()
    {
        StringBuilder text = new();
        foreach (IGrouping<string, ServerSetting> group in ServerSettings.All.GroupBy(setting => setting.Group))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("# ").Append(group.Key).Append('\n');
            foreach (ServerSetting setting in group)
            {
                IReadOnlyList<string> values = setting.Values(Options);
                string line = setting.IsList ? $"{setting.Name}: [{string.Join(", ", values.Select(Quoted))}]" : $"{setting.Name}: {Quoted(values[0])}";
                text.Append(line.PadRight(40)).Append(" # ").Append(_origins.GetValueOrDefault(setting.Name, "default")).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Quoted(string value) => value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '/' or '-')
        ? value
        : '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
