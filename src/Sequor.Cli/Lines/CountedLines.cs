namespace Sequor.Cli.Lines;

/// <summary>The lines of several files, one after the other, and how many they were.</summary>
/// <param name="paths">The files; <c>-</c> is standard input.</param>
/// <param name="terminal">Whose input is meant.</param>
/// <param name="stop">Looked at before every line.</param>
internal sealed class CountedLines(IReadOnlyList<string> paths, Terminal terminal, CancellationToken stop)
{
    /// <summary>Lines given out so far.</summary>
    public long Count { get; private set; }

    /// <summary>The lines, read as they are asked for.</summary>
    public IEnumerable<string> All()
    {
        foreach (string path in paths)
        {
            using LineSource source = LineSource.Open(path, terminal);
            foreach (string line in source.Rest())
            {
                stop.ThrowIfCancellationRequested();
                Count++;
                yield return line;
            }
        }
    }
}
