using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Configuration;
using Sequor.Server.Keys;

namespace Sequor.Cli.Verbs;

/// <summary>Takes a key back.</summary>
internal sealed class KeysRevokeVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Whose key, or the key's id." };
    private readonly KeyFileOption _file = new();

    /// <summary>Makes the verb.</summary>
    public KeysRevokeVerb()
        : base("revoke", "Take a key back; a server that runs refuses it within a second.", "sequor keys revoke alice --key-file keys.json")
    {
        Arguments.Add(_name);
        _file.AddTo(this);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string name = given.GetValue(_name)!;
        string path = _file.Existing(given);
        KeyFile.Change(path, keys => keys.Any(key => key.Name == name || key.Id == name)
            ? [.. keys.Where(key => key.Name != name && key.Id != name)]
            : throw new InputException($"{path} has no key for '{name}'." + (NearestName.Find(name, keys.Select(key => key.Name)) is { } nearest ? $" Did you mean '{nearest}'?" : "")));
        terminal.Errors.WriteLine($"The key of {name} is revoked.");
        return ExitCode.Success;
    }
}
