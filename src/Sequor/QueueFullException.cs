namespace Sequor;

/// <summary>More texts wait than may wait: try again later.</summary>
/// <param name="message">How many wait, and how many may.</param>
public sealed class QueueFullException(string message) : Exception(message);
