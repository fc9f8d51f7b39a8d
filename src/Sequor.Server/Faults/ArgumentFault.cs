namespace Sequor.Server.Faults;

/// <summary>What the library says of an argument, for those who sent a request and know no library.</summary>
internal static class ArgumentFault
{
    /// <summary>The sentence, without the name of a parameter.</summary>
    /// <param name="fault">What was thrown.</param>
    internal static string Sentence(ArgumentException fault) =>
        fault.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) is var at and > 0 ? fault.Message[..at] : fault.Message;
}
