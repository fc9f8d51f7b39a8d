using Sequor.Training.Logs;
using Spectre.Console;

namespace Sequor.Cli.Progress;

/// <summary>Chooses how a training is shown to the person at the terminal.</summary>
internal static class TrainingProgress
{
    /// <summary>Opens the display on standard error: live on a terminal, plain lines in a pipe or file.</summary>
    /// <param name="time">The clock of the live display.</param>
    /// <returns>The listener; dispose it where it is <see cref="IDisposable"/>, as <see cref="CompositeListener"/> does.</returns>
    public static ITrainingListener OnStandardError(TimeProvider time)
    {
        if (Console.IsErrorRedirected)
        {
            return new PlainTextListener(Console.Error);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return For(console, Console.Error, time);
    }

    /// <summary>Chooses by what a terminal can do: one without cursor movement gets plain lines.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="plain">Where plain lines go.</param>
    /// <param name="time">The clock of the live display.</param>
    /// <returns>The listener.</returns>
    public static ITrainingListener For(IAnsiConsole console, TextWriter plain, TimeProvider time) =>
        console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveTrainingDisplay(console, time)
            : new PlainTextListener(plain);
}
