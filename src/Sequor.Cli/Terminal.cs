using System.Text;
using Microsoft.Win32.SafeHandles;
using Sequor.Cli.Lines;
using Sequor.Cli.Progress;
using Sequor.Training.Logs;

namespace Sequor.Cli;

/// <summary>What the program has around it: streams, a clock and signals. Tests hand in streams of their own.</summary>
internal sealed record Terminal
{
    private const int StandardOutput = 1;

    /// <summary>UTF-8 text to work on.</summary>
    public required Stream Input { get; init; }

    /// <summary>Results and nothing else, in UTF-8 without a byte order mark.</summary>
    public required Stream Output { get; init; }

    /// <summary>Everything that is said about the work: progress, warnings, faults.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Whether this is the terminal of the process, so that signals are for this program: false where it runs inside another, as in tests.</summary>
    public bool ReceivesSignals { get; init; }

    /// <summary>Whether somebody watches <see cref="Errors"/>, so that a line may be written over while work goes on. Default false.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Opens what shows a training. Default: plain lines on <see cref="Errors"/>.</summary>
    public Func<Terminal, ITrainingListener> OpenProgress { get; init; } = terminal => new PlainTextListener(terminal.Errors);

    /// <summary>Whether faults come with their stack trace, as <c>--verbose</c> and <c>SEQUOR_DEBUG</c> ask for.</summary>
    public bool ShowsStackTraces { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The terminal of this process.</summary>
    public static Terminal Open()
    {
        StreamWriter errors = new(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        Console.SetError(errors);
        return new Terminal
        {
            Input = Console.OpenStandardInput(),
            Output = new PipeAwareStream(OpenOutput()),
            Errors = errors,
            ReceivesSignals = true,
            IsWatched = !Console.IsErrorRedirected,
            OpenProgress = terminal => TrainingProgress.OnStandardError(terminal.Time),
            ShowsStackTraces = Environment.GetEnvironmentVariable("SEQUOR_DEBUG") is not (null or "" or "0"),
        };
    }

    // The console's own stream hides that the reader of a pipe is gone, and the program would work on for nobody. A file
    // must be left to it: a stream over the handle would not move the offset that a following command continues from.
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            try
            {
                FileStream direct = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!direct.CanSeek)
                    return direct;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return Console.OpenStandardOutput();
            }
        }

        return Console.OpenStandardOutput();
    }
}
