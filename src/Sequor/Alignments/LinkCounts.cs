using System.Globalization;
using System.Runtime.InteropServices;
using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>
/// How often words were linked in an aligned corpus; their relative frequencies are the lexical tables of Moses. A word without a link counts as linked
/// to <c>NULL</c>.
/// </summary>
public sealed class LinkCounts
{
    private const string Null = "NULL";

    private const int NoWord = -1;

    private readonly Dictionary<(int Source, int Target), int> _links = [];
    private readonly Dictionary<int, long> _sources = [];
    private readonly Dictionary<int, long> _targets = [];

    /// <summary>Counts the links of a pair.</summary>
    /// <param name="source">Numbers of the source words, each 0 or more.</param>
    /// <param name="target">Numbers of the target words, each 0 or more.</param>
    /// <param name="links">The links.</param>
    public void Add(ReadOnlySpan<int> source, ReadOnlySpan<int> target, IReadOnlyList<AlignmentLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        Span<bool> taken = source.Length + target.Length <= 1024 ? stackalloc bool[source.Length + target.Length] : new bool[source.Length + target.Length];
        taken.Clear();
        foreach (AlignmentLink link in links)
        {
            Count(source[link.Source], target[link.Target]);
            taken[link.Source] = taken[source.Length + link.Target] = true;
        }

        for (int i = 0; i < source.Length; i++)
        {
            if (!taken[i])
                Count(source[i], NoWord);
        }

        for (int j = 0; j < target.Length; j++)
        {
            if (!taken[source.Length + j])
                Count(NoWord, target[j]);
        }
    }

    /// <summary>Writes p(target | source), a line <c>target source probability</c> for each pair of words: what Moses calls <c>lex.f2e</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sources">The source words.</param>
    /// <param name="targets">The target words.</param>
    public void WriteTargetGivenSource(TextWriter writer, WordNumbers sources, WordNumbers targets) =>
        Write(writer, (source, target) => (Name(targets, target), Name(sources, source), _sources[source]));

    /// <summary>Writes p(source | target), a line <c>source target probability</c> for each pair of words: what Moses calls <c>lex.e2f</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sources">The source words.</param>
    /// <param name="targets">The target words.</param>
    public void WriteSourceGivenTarget(TextWriter writer, WordNumbers sources, WordNumbers targets) =>
        Write(writer, (source, target) => (Name(sources, source), Name(targets, target), _targets[target]));

    private static string Name(WordNumbers words, int number) => number == NoWord ? Null : words.Words[number];

    private void Write(TextWriter writer, Func<int, int, (string Written, string Given, long Total)> line)
    {
        foreach (((int source, int target), int count) in _links.OrderBy(link => link.Key))
        {
            (string written, string given, long total) = line(source, target);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{written} {given} {(double)count / total:F7}\n"));
        }
    }

    private void Count(int source, int target)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_links, (source, target), out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(_sources, source, out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(_targets, target, out _)++;
    }
}
