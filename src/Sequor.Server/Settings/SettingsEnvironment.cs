using System.Collections;
using Sequor.Configuration;

namespace Sequor.Server.Settings;

/// <summary>The settings that environment variables hold.</summary>
internal static class SettingsEnvironment
{
    /// <summary>What every variable begins with.</summary>
    internal const string Prefix = "SEQUOR_";

    // Read by the engine and by the command, not by the server.
    private static readonly string[] _others = ["SEQUOR_CONFIG", "SEQUOR_DEBUG", "SEQUOR_KERNELS"];

    /// <summary>The environment of this process.</summary>
    internal static IReadOnlyDictionary<string, string> OfThisProcess() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(one => (string)one.Key, one => (string?)one.Value ?? "", StringComparer.Ordinal);

    /// <summary>What an environment sets.</summary>
    /// <param name="environment">Variables by name.</param>
    /// <param name="faults">Receives names that look like slips: a server must not start open because <c>SEQUOR_REQIRE_KEYS</c> means nothing.</param>
    /// <param name="warnings">Receives names that mean nothing.</param>
    internal static IEnumerable<SettingSource> Read(IReadOnlyDictionary<string, string> environment, List<ConfigurationFault> faults, List<string> warnings)
    {
        List<SettingSource> sources = [];
        foreach ((string variable, string text) in environment.Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (ServerSettings.All.FirstOrDefault(setting => setting.Variable == variable) is { } setting)
            {
                if (text.Length > 0 && !IsServiceLink(variable, text))
                {
                    sources.Add(new SettingSource(setting, setting.IsList ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text.Trim()], new ConfigurationOrigin(variable)));
                }
            }
            else if (!_others.Contains(variable) && !IsServiceLink(variable, text))
            {
                Unknown(variable, faults, warnings);
            }
        }

        return sources;
    }

    private static void Unknown(string variable, List<ConfigurationFault> faults, List<string> warnings)
    {
        if (NearestName.Find(variable, ServerSettings.All.Select(setting => setting.Variable)) is { } nearest)
        {
            faults.Add(new ConfigurationFault(new ConfigurationOrigin(variable), "", $"there is no setting of this name; did you mean {nearest}?"));
        }
        else
        {
            warnings.Add($"The environment variable {variable} means nothing to sequor.");
        }
    }

    // Kubernetes gives every pod variables such as SEQUOR_PORT=tcp://10.0.0.7:5000 for a service that is called sequor.
    private static bool IsServiceLink(string variable, string text) =>
        variable.StartsWith("SEQUOR_SERVICE_", StringComparison.Ordinal) || variable.StartsWith("SEQUOR_PORT_", StringComparison.Ordinal)
        || (variable == "SEQUOR_PORT" && text.Contains("://", StringComparison.Ordinal));
}
