using System.Runtime.CompilerServices;
using Sequor.Text.Sentences;

namespace Sequor.Tests.Text.Sentences;

/// <summary>Entries of Tatoeba, joined by fives into paragraphs and split again. Extra ends are ends of sentences within an entry, looked at one by one; the two that
/// are not found in Chinese have no mark.</summary>
public sealed class RealTextTests
{
    private const int EntriesOfParagraph = 5;

    [Theory]
    [InlineData("en", " ", 160, 5)]
    [InlineData("de", " ", 160, 5)]
    [InlineData("fr", " ", 160, 6)]
    [InlineData("zh", "", 158, 0)]
    public void Joined_entries_come_apart_where_they_were_joined(string language, string joiner, int found, int extra)
    {
        string[] entries = File.ReadAllLines(Path.Combine(Folder(), "tatoeba", language + ".txt"));
        SentenceSplitter splitter = SentenceSplitter.For(language);
        int foundEnds = 0;
        List<string> extraEnds = [];
        foreach (string[] paragraph in entries.Chunk(EntriesOfParagraph))
        {
            string text = string.Join(joiner, paragraph);
            HashSet<int> ends = [.. EndsOf(paragraph, joiner.Length)];
            foreach (int end in splitter.Split(text).Where(span => span.IsSentence && span.End < text.Length).Select(span => span.End))
            {
                if (ends.Contains(end))
                    foundEnds++;
                else
                    extraEnds.Add(text[Math.Max(0, end - 20)..end]);
            }
        }

        Assert.Equal(found, foundEnds);
        Assert.True(extra == extraEnds.Count, string.Join('\n', extraEnds));
    }

    private static IEnumerable<int> EndsOf(string[] paragraph, int joinerLength)
    {
        int place = 0;
        foreach (string entry in paragraph.SkipLast(1))
        {
            place += entry.Length;
            yield return place;
            place += joinerLength;
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
