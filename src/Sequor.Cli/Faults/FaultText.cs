using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Training;

namespace Sequor.Cli.Faults;

/// <summary>The one place that turns exceptions into sentences and exit codes.</summary>
internal static class FaultText
{
    /// <summary>What to say and how to exit.</summary>
    /// <param name="fault">Anything that was thrown.</param>
    /// <returns>The exit code, and one sentence for each thing that is wrong; none where there is nothing to say.</returns>
    public static (int Code, IReadOnlyList<string> Sentences) Of(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        OutputClosedException => (ExitCode.Success, []),
        UsageException usage => (ExitCode.WrongUsage, usage.Faults),
        ConfigurationException configuration => (ExitCode.WrongInput, [.. configuration.Faults.Select(one => one.ToString())]),
        InputException or CorpusException or ModelFormatException or ModelConflictException or InvalidDataException
            or TrainingDivergedException => (ExitCode.WrongInput, [fault.Message]),
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException or PathTooLongException
            or UnauthorizedAccessException => (ExitCode.WrongInput, [fault.Message]),
        OutOfMemoryException => (ExitCode.MachineFailed,
            ["The memory is not enough for this. Try a smaller --batch-tokens, a smaller model or a larger machine."]),
        IOException => (ExitCode.MachineFailed, [fault.Message]),
        _ => (ExitCode.Bug, [$"This is a bug in sequor, not in what you did: {fault.GetType().Name}: {fault.Message}"]),
    };

    /// <summary>The message of an exception without the parameter's name that .NET adds to it.</summary>
    /// <param name="fault">The exception.</param>
    public static string WithoutParameter(ArgumentException fault)
    {
        string suffix = $" (Parameter '{fault.ParamName}')";
        int place = fault.ParamName is null ? -1 : fault.Message.IndexOf(suffix, StringComparison.Ordinal);
        return place < 0 ? fault.Message : fault.Message[..place];
    }
}
