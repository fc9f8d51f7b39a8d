using Sequor.Batching;

namespace Sequor.Alignments;

/// <summary>Sentence pairs to align, as text: from two files, or from lines <c>source ||| target</c>.</summary>
public static class AlignmentText
{
    /// <summary>What stands between the two sides of a line.</summary>
    public const string Separator = "|||";

    private const int LongestLineBytes = 1 << 28;

    /// <summary>Pairs from two files of as many lines, plain or gzip.</summary>
    /// <param name="sourcePath">The file of source sentences.</param>
    /// <param name="targetPath">The file of target sentences.</param>
    /// <exception cref="CorpusException">A file cannot be read, or the two have not as many lines.</exception>
    public static IEnumerable<SentencePair> OfFiles(string sourcePath, string targetPath)
    {
        using ParallelReader reader = new(sourcePath, targetPath, LongestLineBytes);
        while (Next(reader.Read(out SentencePair pair), sourcePath, reader.Line))
            yield return pair;
    }

    /// <summary>Lines of a file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CorpusException">The file cannot be read.</exception>
    public static IEnumerable<string> LinesOf(string path)
    {
        using LineReader reader = new(path, LongestLineBytes);
        while (Next(reader.Read(out string line), path, reader.Line))
            yield return line;
    }

    /// <summary>Pairs from lines <c>source ||| target</c>.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What faults call them.</param>
    /// <exception cref="CorpusException">A line has no separator, or several.</exception>
    public static IEnumerable<SentencePair> OfJoined(IEnumerable<string> lines, string name)
    {
        ArgumentNullException.ThrowIfNull(lines);
        long number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] sides = line.Split(Separator);
            if (sides.Length != 2)
            {
                string found = sides.Length == 1 ? $"no '{Separator}'" : $"{sides.Length - 1} times '{Separator}'";
                throw new CorpusException($"Line {number} of {name} has {found}; a line is 'source {Separator} target'.", name, number);
            }

            yield return new SentencePair(sides[0].Trim(' ', '\t'), sides[1].Trim(' ', '\t'));
        }
    }

    /// <summary>Numbers the words of pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="corpus">Where they are added.</param>
    /// <param name="encodeSource">Turns a source sentence into numbers.</param>
    /// <param name="encodeTarget">Turns a target sentence into numbers.</param>
    /// <param name="allowsEmpty">Whether a side may be without words; such a pair has no links.</param>
    /// <param name="stop">Looked at before each pair.</param>
    /// <exception cref="CorpusException">A side is without words, and that is not allowed; the message names the lines.</exception>
    public static void Add(
        IEnumerable<SentencePair> pairs, AlignmentCorpus corpus, Func<string, int[]> encodeSource, Func<string, int[]> encodeTarget, bool allowsEmpty,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(corpus);
        (int empty, string first, long line) = (0, "", 0);
        foreach (SentencePair pair in pairs)
        {
            stop.ThrowIfCancellationRequested();
            line++;
            int[] source = encodeSource(pair.Source);
            int[] target = encodeTarget(pair.Target);
            if ((source.Length == 0 || target.Length == 0) && empty++ == 0)
                first = $"line {line} has no {(source.Length == 0 ? "source" : "target")} words";
            corpus.Add(source, target);
        }

        if (empty > 0 && !allowsEmpty)
        {
            string others = empty == 1 ? "" : $", and so it is with {empty - 1} more";
            throw new CorpusException($"There is nothing to align where a side is empty: {first}{others}. Take such pairs out, or allow them; they get an empty line.");
        }
    }

    private static bool Next(LineKind kind, string path, long line) => kind switch
    {
        LineKind.End => false,
        LineKind.Overlong => throw new CorpusException($"Line {line} of {path} is longer than {LongestLineBytes >> 20} MiB. Is it text with one sentence a line?", path, line),
        _ => true,
    };
}
