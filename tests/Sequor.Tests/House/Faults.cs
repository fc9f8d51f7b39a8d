namespace Sequor.Tests.House;

/// <summary>Fails a test with every fault at once, a line each.</summary>
internal static class Faults
{
    /// <summary>Asserts that there is none.</summary>
    /// <param name="faults">A line per fault.</param>
    public static void None(IEnumerable<string> faults)
    {
        string all = string.Join("\n  ", faults);
        Assert.True(all.Length == 0, "\n  " + all);
    }
}
