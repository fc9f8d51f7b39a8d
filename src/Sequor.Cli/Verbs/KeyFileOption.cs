using System.CommandLine;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Verbs;

/// <summary>The option <c>--key-file</c>.</summary>
internal sealed class KeyFileOption
{
    private const string Variable = "SEQUOR_KEY_FILE";

    private readonly Option<string?> _file = new("--key-file") { HelpName = "FILE", Description = $"The file that keeps the keys. Default: what {Variable} names." };

    /// <summary>Gives the option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb) => verb.Options.Add(_file);

    /// <summary>The file.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">None was named.</exception>
    public string Of(ParseResult given) => given.GetValue(_file) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : throw new UsageException($"--key-file is needed: it names the file that keeps the keys. {Variable} can name it too."));

    /// <summary>The file, which must be there.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">None was named.</exception>
    /// <exception cref="InputException">There is none.</exception>
    public string Existing(ParseResult given)
    {
        string path = Of(given);
        return File.Exists(path) ? path : throw new InputException($"There is no key file {path}. 'sequor keys add NAME --key-file {path}' makes one.");
    }
}
