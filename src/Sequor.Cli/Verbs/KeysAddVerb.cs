using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Server.Keys;
using Sequor.Server.Settings;

namespace Sequor.Cli.Verbs;

/// <summary>Makes a key.</summary>
internal sealed class KeysAddVerb : Verb
{
    private const int LongestName = 64;

    private readonly Argument<string> _name = new("NAME") { Description = "Who it is for, such as a person or a program: letters, digits and . _ - @." };
    private readonly KeyFileOption _file = new();
    private readonly Option<string?> _rate = new("--rate") { HelpName = "RATE", Description = "Requests that it may make, such as 60/min. Default: the server's --rate-per-key." };

    /// <summary>Makes the verb.</summary>
    public KeysAddVerb()
        : base("add", "Make a key and print it, this once: the file keeps only a hash.", "sequor keys add alice --key-file keys.json --rate 600/min")
    {
        Arguments.Add(_name);
        _file.AddTo(this);
        Options.Add(_rate);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string name = given.GetValue(_name)!;
        if (name.Length > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@'))
            throw new UsageException($"A key cannot be for '{name}': its name must have 1 to {LongestName} letters, digits or . _ - @.");
        RequestRate? rate = null;
        if (given.GetValue(_rate) is { } text)
            rate = RequestRate.TryParse(text, out RequestRate read) ? read : throw new UsageException($"--rate is '{text}', but must be requests in a time, such as 60/min, 5/s or 1000/h.");

        (ApiKey kept, string key) = ApiKey.Make(name, terminal.Time.GetUtcNow(), rate);
        KeyFile.Change(_file.Of(given), keys => keys.Any(one => one.Name == name)
            ? throw new InputException($"There is a key for {name} already. Revoke it first, or give this one another name.")
            : [.. keys, kept]);
        Overview.Write(key + "\n", terminal);
        terminal.Errors.WriteLine($"This is the key of {name} (id {kept.Id}). It is shown only now: keep it where nobody else reads it.");
        return ExitCode.Success;
    }
}
