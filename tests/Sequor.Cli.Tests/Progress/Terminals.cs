using Spectre.Console;

namespace Sequor.Cli.Tests.Progress;

/// <summary>Terminals of a fixed width that write into a text.</summary>
internal static class Terminals
{
    public static IAnsiConsole Open(TextWriter output, int columns, bool ansi, bool unicode = true)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = ansi ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = columns;
        console.Profile.Height = 24;
        console.Profile.Capabilities.Unicode = unicode;
        return console;
    }
}
