using System.Text;
using Sequor.Cli.Lines;

namespace Sequor.Cli;

/// <summary>What the program says of itself when it is not told what to do.</summary>
internal static class Overview
{
    private const int VerbColumn = 14;

    /// <summary>The program's version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } = typeof(Overview).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Answers a call without a verb, <c>--help</c>, <c>--version</c> and <c>help VERB</c>.</summary>
    /// <param name="arguments">The arguments as they were given.</param>
    /// <param name="verbs">Every verb.</param>
    /// <param name="terminal">Where the answer goes.</param>
    /// <returns>Whether that was all that was asked for.</returns>
    public static bool TryShow(IReadOnlyList<string> arguments, IReadOnlyList<Verb> verbs, Terminal terminal)
    {
        string? answer = arguments switch
        {
            [] or ["--verbose"] or ["--help" or "-h" or "-?" or "help"] => Text(verbs),
            ["--version" or "version"] => $"sequor {Version}\n",
            ["help", var name] when verbs.FirstOrDefault(verb => verb.Name == name || verb.Aliases.Contains(name)) is { } verb => HelpText.Of(verb, []),
            ["help", var name, var inner] when verbs.OfType<VerbGroup>().FirstOrDefault(group => group.Name == name)
                ?.Verbs.FirstOrDefault(verb => verb.Name == inner) is { } verb => HelpText.Of(verb, []),
            _ => null,
        };
        if (answer is not null)
            Write(answer, terminal);
        return answer is not null;
    }

    /// <summary>Writes a text to the output.</summary>
    /// <param name="text">The text, line ends included.</param>
    /// <param name="terminal">Whose output.</param>
    public static void Write(string text, Terminal terminal)
    {
        using LineSink sink = LineSink.Open(null, terminal);
        sink.Write(text);
    }

    private static string Text(IReadOnlyList<Verb> verbs)
    {
        StringBuilder text = new();
        text.Append($"""
            sequor {Version}: sequence-to-sequence learning. Train, translate and score, on this machine alone.

            Usage: sequor VERB [options]


            """);
        foreach (Verb verb in verbs)
            text.Append("  ").Append(verb.Name.PadRight(VerbColumn)).Append(verb.Description).Append('\n');
        text.Append("""

            'sequor VERB --help' shows the options of a verb and a call to copy.

            """);
        return text.ToString();
    }
}
