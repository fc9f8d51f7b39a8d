using System.CommandLine;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Verbs;

/// <summary>The options <c>-i</c> and <c>-o</c> of every verb that turns lines into lines.</summary>
internal sealed class TextFiles
{
    private const int WindowLines = 1000;

    private readonly Option<string?> _input = new("--input", "-i") { HelpName = "FILE", Description = "Text to read. Default: standard input." };

    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE", Description = "Where results go. Default: standard output." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_input);
        verb.Options.Add(_output);
    }

    /// <summary>The file that is read; null for standard input.</summary>
    /// <param name="given">The arguments.</param>
    public string? InputPath(ParseResult given) => given.GetValue(_input);

    /// <summary>Opens what is read.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose input is the default.</param>
    public LineSource OpenInput(ParseResult given, Terminal terminal) => LineSource.Open(given.GetValue(_input), terminal);

    /// <summary>Opens what is written, replacing what it held.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose output is the default.</param>
    public LineSink OpenOutput(ParseResult given, Terminal terminal) => LineSink.Open(given.GetValue(_output), terminal, given.GetValue(_input));

    /// <summary>Turns every line into one line. Results are sent on whenever the input pauses.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose streams are the defaults.</param>
    /// <param name="turn">Makes a line of a line; is told its number, from 1, and what the input is called.</param>
    public void TurnLines(ParseResult given, Terminal terminal, Func<string, long, string, string> turn)
    {
        using LineSource source = OpenInput(given, terminal);
        using LineSink sink = OpenOutput(given, terminal);
        long line = 0;
        while (source.ReadWindow(WindowLines) is { Count: > 0 } window)
        {
            foreach (string text in window)
                sink.WriteLine(turn(text, ++line, source.Name));
            sink.Flush();
        }
    }
}
