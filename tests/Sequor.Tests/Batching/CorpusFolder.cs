using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sequor.Batching;

namespace Sequor.Tests.Batching;

/// <summary>Corpus files of one test, in a folder that goes with it.</summary>
internal sealed class CorpusFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-corpus-").FullName;

    internal string PathOf(string name) => Path.Combine(_folder, name);

    internal string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    internal string WritePacked(string name, string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Write(name, packed.ToArray());
    }

    internal ParallelFiles WritePairs(string name, IEnumerable<(string Source, string Target)> pairs)
    {
        (string Source, string Target)[] all = [.. pairs];
        return new ParallelFiles(
            Write(name + ".src", string.Concat(all.Select(pair => pair.Source + "\n"))),
            Write(name + ".tgt", string.Concat(all.Select(pair => pair.Target + "\n"))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Pairs "s7 x x" / "t7 y": the first word names the pair, the others make its lengths, 1 to longest words.</summary>
    internal static IEnumerable<(string Source, string Target)> NamedPairs(int count, int longest = 12, int first = 0) =>
        Enumerable.Range(first, count).Select(i => (
            $"{i}" + string.Concat(Enumerable.Repeat(" x", i * 7 % longest)),
            $"{i}" + string.Concat(Enumerable.Repeat(" y", i * 5 % longest))));

    /// <summary>Words to ids: a number n is n + 10, "x" is 4, "y" is 5, anything else 3 (unknown); 1 begins, 2 ends.</summary>
    internal static PairEncoder WordEncoder { get; } = new()
    {
        Source = Words,
        Target = Words,
        SourceVocabularySize = 100_000,
        TargetVocabularySize = 50_000,
        SourceEndId = 2,
        SourceUnknownId = 3,
        TargetBeginId = 1,
        TargetEndId = 2,
        TargetUnknownId = 3,
    };

    internal static int[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
        word == "x" ? 4 : word == "y" ? 5 : int.TryParse(word, CultureInfo.InvariantCulture, out int number) ? number + 10 : 3)];
}
