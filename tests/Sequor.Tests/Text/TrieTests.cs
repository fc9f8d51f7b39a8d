using System.Text;
using Sequor.Text;
using Sequor.Text.Segmentation;

namespace Sequor.Tests.Text;

/// <summary>The trie under maps and pieces, and the memory of words.</summary>
public class TrieTests
{
    [Fact]
    public void The_longest_entry_is_found_wherever_there_is_one()
    {
        var random = new Random(3);
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int value = 0; value < 3000; value++)
        {
            entries[Draw(random, 1, 6)] = value;
        }

        DoubleArray trie = DoubleArrayBuilder.Build([.. entries.Select(entry => (Encoding.Latin1.GetBytes(entry.Key), entry.Value))]);
        foreach (string text in entries.Keys.Concat(Enumerable.Range(0, 3000).Select(_ => Draw(random, 0, 9))))
        {
            string? longest = Enumerable.Range(0, text.Length + 1).Select(length => text[..length]).LastOrDefault(entries.ContainsKey);
            int length = trie.LongestPrefix(Encoding.Latin1.GetBytes(text), out int value);
            Assert.Equal((longest?.Length ?? 0, longest is null ? -1 : entries[longest]), (length, value));
        }
    }

    [Fact]
    public void Equal_endings_are_stored_once()
    {
        (byte[], int)[] entries = [.. from first in Enumerable.Range(1, 200) from second in Enumerable.Range(1, 200)
            select (new byte[] { (byte)first, (byte)second, 7 }, second)];
        Assert.InRange(DoubleArrayBuilder.Build(entries).Units.Length, 200, 2048);
    }

    [Fact]
    public void A_trie_without_entries_finds_nothing() =>
        Assert.Equal(0, DoubleArrayBuilder.Build([]).LongestPrefix("text"u8, out _));

    [Fact]
    public void Units_that_point_outside_find_nothing() =>
        Assert.Equal(0, new DoubleArray([0xFFFFFEFF, 0, 0]).LongestPrefix("text"u8, out _));

    [Fact]
    public void The_memory_of_words_gives_back_what_it_was_given_or_nothing()
    {
        var cache = new WordCache();
        int known = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] word = Encoding.ASCII.GetBytes($"word number {i % 40_000}");
            uint hash = PieceTable.Hash(word);
            var found = new List<PieceSpan>();
            if (cache.TryEmit(word, hash, 5, found))
            {
                known++;
                Assert.Equal([new PieceSpan(5, 4, i % 40_000), new PieceSpan(9, word.Length - 4, 1)], found);
            }
            else
            {
                cache.Remember(word, hash, 2, [new(0, 2, 9), new(2, 4, i % 40_000), new(6, word.Length - 4, 1)], 1);
            }
        }

        Assert.InRange(known, 0, 60_000);
        Assert.True(cache.TryEmit("word number 19999"u8, PieceTable.Hash("word number 19999"u8), 0, []));
    }

    private static string Draw(Random random, int minimumLength, int maximumLength) =>
        string.Concat(Enumerable.Range(0, random.Next(minimumLength, maximumLength + 1)).Select(_ => (char)(random.Next(10) == 0 ? random.Next(1, 256) : random.Next('a', 'e'))));
}
