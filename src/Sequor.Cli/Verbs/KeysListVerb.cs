using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Server.Keys;

namespace Sequor.Cli.Verbs;

/// <summary>Lists keys.</summary>
internal sealed class KeysListVerb : Verb
{
    private readonly KeyFileOption _file = new();

    /// <summary>Makes the verb.</summary>
    public KeysListVerb()
        : base("list", "List the keys that were given out, by name.", "sequor keys list --key-file keys.json") => _file.AddTo(this);

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string path = _file.Existing(given);
        IReadOnlyList<ApiKey> keys = KeyFile.Read(path);
        if (KeyFile.IsOpenToOthers(path))
            terminal.Errors.WriteLine($"Others than its owner can read or change {path}: chmod 600 it.");
        int width = keys.Select(key => key.Name.Length).Append("name".Length).Max();
        using LineSink sink = LineSink.Open(null, terminal);
        sink.WriteLine($"{"name".PadRight(width)}  id            made        rate");
        foreach (ApiKey key in keys.OrderBy(key => key.Name, StringComparer.Ordinal))
            sink.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Name.PadRight(width)}  {key.Id}  {key.Created:yyyy-MM-dd}  {(key.Rate is { } rate ? rate : "-")}"));
        return ExitCode.Success;
    }
}
