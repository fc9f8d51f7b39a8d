using System.Runtime.InteropServices;

namespace Sequor.Cli;

/// <summary>The first Ctrl-C or SIGTERM asks the work to come to an end in good order; the second ends the program at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    private Signals()
    {
    }

    /// <summary>Set when the first signal has come.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The exit code of work that a signal has ended; null before.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Begins to listen.</summary>
    /// <param name="isListening">False for a program inside another, whose signals are not ours.</param>
    public static Signals Listen(bool isListening)
    {
        Signals signals = new();
        if (isListening)
        {
            signals.Register(PosixSignal.SIGINT, Faults.ExitCode.Interrupted);
            signals.Register(PosixSignal.SIGTERM, Faults.ExitCode.Terminated);
        }

        return signals;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void Register(PosixSignal signal, int exitCode) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            if (ExitCode is not null)
                return;
            ExitCode = exitCode;
            context.Cancel = true;
            _stop.Cancel();
        }));
}
