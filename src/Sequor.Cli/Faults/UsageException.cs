namespace Sequor.Cli.Faults;

/// <summary>The program was called wrongly.</summary>
/// <param name="faults">One sentence for each fault, one or more.</param>
internal sealed class UsageException(params IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    /// <summary>Every fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;

    /// <summary>Refuses faulty settings.</summary>
    /// <param name="faults">What their check found.</param>
    /// <exception cref="UsageException">It found something.</exception>
    public static void ThrowIfAny(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
            throw new UsageException(faults);
    }

    /// <summary>Does what only wrong settings keep from being done.</summary>
    /// <typeparam name="T">What is made of the settings.</typeparam>
    /// <param name="make">Makes it; throws <see cref="ArgumentException"/> or <see cref="NotSupportedException"/> for wrong settings.</param>
    /// <exception cref="UsageException">The settings are wrong.</exception>
    public static T Guard<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(FaultText.WithoutParameter(fault));
        }
        catch (NotSupportedException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
