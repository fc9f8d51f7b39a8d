namespace Sequor.Cli.Faults;

/// <summary>What the program's exit code means; scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>All is done.</summary>
    public const int Success = 0;

    /// <summary>What was given to work on was wrong: a file, its content, a configuration.</summary>
    public const int WrongInput = 1;

    /// <summary>The program was called wrongly.</summary>
    public const int WrongUsage = 2;

    /// <summary>The machine failed: disk full, memory, device.</summary>
    public const int MachineFailed = 3;

    /// <summary>A fault of this program.</summary>
    public const int Bug = 70;

    /// <summary>Ctrl-C; what could be saved is saved.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM; what could be saved is saved.</summary>
    public const int Terminated = 143;
}
