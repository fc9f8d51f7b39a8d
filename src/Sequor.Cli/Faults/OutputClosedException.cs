namespace Sequor.Cli.Faults;

/// <summary>Whoever read the output has stopped reading: nothing is wrong, and nothing is left to do.</summary>
/// <param name="inner">What the system reported.</param>
internal sealed class OutputClosedException(Exception inner) : Exception("The reader of the output has closed it.", inner);
