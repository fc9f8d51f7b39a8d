namespace Sequor.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Origin">Where it was written.</param>
/// <param name="Path">The key from the root, with dots: <c>training.batch_tokens</c>; empty for the file as a whole.</param>
/// <param name="Problem">What was given and what was expected, as a sentence without its full stop.</param>
public sealed record ConfigurationFault(ConfigurationOrigin Origin, string Path, string Problem)
{
    /// <summary>The fault on one line: origin, key and problem.</summary>
    public override string ToString() =>
        string.Join(": ", new[] { Origin.ToString(), Path, Problem }.Where(part => part.Length > 0));
}
