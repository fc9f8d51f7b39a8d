namespace Sequor.Cli.Faults;

/// <summary>What was given to work on is wrong.</summary>
/// <param name="message">A sentence that names the file, and the line where there is one.</param>
/// <param name="inner">What reported it first.</param>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
