using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Configuration;
using Sequor.Server.Settings;

namespace Sequor.Cli.Verbs;

/// <summary>The settings of the server as options of a verb, and what they come to together with the environment and a file.</summary>
internal sealed class ServerSettingOptions
{
    private readonly Argument<string[]> _models = new("MODEL") { Description = "The directories of trained models; also SEQUOR_MODELS, or models in the file.", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string?> _config = new("--config", "-c") { HelpName = "FILE", Description = "A YAML file with settings; also SEQUOR_CONFIG. A flag wins over an environment variable, and that over the file." };

    private readonly (ServerSetting Setting, Option Option)[] _options =
        [.. from setting in ServerSettings.All where setting.Name != ServerSettings.Models select (setting, OptionOf(setting))];

    /// <summary>The options by their headings.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<Option> Options)> Groups =>
        [.. _options.GroupBy(one => one.Setting.Group).Select(group => (group.Key, (IReadOnlyList<Option>)[.. group.Select(one => one.Option)]))];

    /// <summary>Gives the arguments and the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_models);
        foreach ((_, Option option) in _options)
            verb.Options.Add(option);
        verb.Options.Add(_config);
    }

    /// <summary>Puts flags, environment and file together.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">What is wrong stands on the command line alone.</exception>
    /// <exception cref="ConfigurationException">Something is wrong elsewhere.</exception>
    public EffectiveSettings Read(ParseResult given)
    {
        Dictionary<string, IReadOnlyList<string>> flags = new(StringComparer.Ordinal);
        if (given.GetValue(_models) is { Length: > 0 } models)
            flags[ServerSettings.Models] = models;
        foreach ((ServerSetting setting, Option option) in _options)
        {
            if (given.GetResult(option) is { Implicit: false } result)
                flags[setting.Name] = [.. result.Tokens.Select(token => token.Value)];
        }

        IReadOnlyDictionary<string, string> environment = SettingsEnvironment.OfThisProcess();
        string? file = given.GetValue(_config) ?? (environment.GetValueOrDefault("SEQUOR_CONFIG") is { Length: > 0 } named ? named : null);
        try
        {
            return EffectiveSettings.Read(flags, environment, file);
        }
        catch (ConfigurationException fault) when (fault.Faults.All(one => one.Origin.Source.StartsWith('-')))
        {
            throw new UsageException([.. fault.Faults.Select(one => $"{one.Origin.Source} {one.Problem}.")]);
        }
    }

    private static Option OptionOf(ServerSetting setting) => setting.IsList
        ? new Option<string[]>(setting.Flag) { HelpName = setting.HelpName, Description = setting.Description, Arity = ArgumentArity.OneOrMore }
        : new Option<string?>(setting.Flag) { HelpName = setting.HelpName, Description = setting.Description };
}
