namespace Sequor.Configuration;

/// <summary>A configuration could not be used; <see cref="Faults"/> holds everything that is wrong with it, not only the first thing.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes the exception whose message is the faults, one per line.</summary>
    /// <param name="faults">At least one fault.</param>
    public ConfigurationException(IReadOnlyList<ConfigurationFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Every fault, in the order in which they were found.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }
}
