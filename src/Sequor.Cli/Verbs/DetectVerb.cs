using System.CommandLine;
using System.Text.Json;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text.Languages;

namespace Sequor.Cli.Verbs;

/// <summary>Says which language text is in.</summary>
internal sealed class DetectVerb : Verb
{
    /// <summary>What is written for text without letters, as in ISO 639-2.</summary>
    private const string Undetermined = "und";

    private readonly TextFiles _files = new();

    private readonly Option<string?> _among = new("--among")
    {
        HelpName = "CODES",
        Description = "The languages to choose from, parted by commas, such as en,de,fr. Default: all that are known.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object for each line: the likeliest languages with confidences." };

    private readonly Option<bool> _whole = new("--whole") { Description = "Take the whole input for one text, and write one line." };

    /// <summary>Makes the verb.</summary>
    public DetectVerb()
        : base("detect", "Say which language each line of text is in.", "sequor detect --among en,de,fr < lines.txt", "sequor detect --whole --json -i page.txt")
    {
        _files.AddTo(this);
        foreach (Option option in (Option[])[_among, _json, _whole])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string[]? among = given.GetValue(_among)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        UsageException.ThrowIfAny(Faults(among));
        if (among?.Where(code => !LanguageIdentifier.Default.Knows(code)).ToArray() is { Length: > 0 } strangers)
            terminal.Errors.WriteLine($"--among: {string.Join(", ", strangers)} {(strangers.Length == 1 ? "is" : "are")} not known, and no line will be taken for {(strangers.Length == 1 ? "it" : "them")}.");
        bool json = given.GetValue(_json);
        if (!given.GetValue(_whole))
        {
            _files.TurnLines(given, terminal, (text, _, _) => Answer(text, among, json));
            return ExitCode.Success;
        }

        using LineSource source = _files.OpenInput(given, terminal);
        using LineSink sink = _files.OpenOutput(given, terminal);
        sink.WriteLine(Answer(string.Join('\n', source.Rest()), among, json));
        return ExitCode.Success;
    }

    private static IReadOnlyList<string> Faults(string[]? among)
    {
        IReadOnlyList<string> known = LanguageIdentifier.Default.Languages;
        return among is null || among.Any(LanguageIdentifier.Default.Knows)
            ? []
            : [$"--among {string.Join(',', among)}: none of these languages is known. Known are {string.Join(' ', known)}."];
    }

    private static string Answer(string text, string[]? among, bool json)
    {
        IReadOnlyList<LanguageGuess> guesses = LanguageIdentifier.Default.Identify(text, among);
        return json ? JsonLine.Of(writer => Write(writer, guesses)) : guesses.Count > 0 ? guesses[0].Language : Undetermined;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<LanguageGuess> guesses)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("languages");
        foreach (LanguageGuess guess in guesses)
        {
            writer.WriteStartObject();
            writer.WriteString("language", guess.Language);
            writer.WriteNumber("confidence", guess.Confidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
