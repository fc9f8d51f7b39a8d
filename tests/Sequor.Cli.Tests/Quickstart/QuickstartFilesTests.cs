using System.Globalization;
using System.Text;
using Sequor.Cli.Quickstart;

namespace Sequor.Cli.Tests.Quickstart;

/// <summary>The pairs that the program carries keep what the README says of them.</summary>
public sealed class QuickstartFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-pairs-").FullName;

    public QuickstartFilesTests() => QuickstartFiles.Unpack(_directory);

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void No_dev_sentence_occurs_in_training_whatever_its_case_and_punctuation(string language)
    {
        HashSet<string> training = [.. Lines($"train.{language}").Select(Bare)];

        Assert.DoesNotContain(Lines($"dev.{language}"), line => training.Contains(Bare(line)));
    }

    [Fact]
    public void The_sentences_that_are_shown_at_the_end_were_never_trained_on()
    {
        HashSet<string> training = [.. Lines("train.en").Concat(Lines("dev.en")).Select(Bare)];

        Assert.DoesNotContain(QuickstartRun.Unseen, line => training.Contains(Bare(line)));
    }

    [Fact]
    public void There_are_158059_pairs_of_at_most_12_words_and_500_dev_pairs()
    {
        string[] source = Lines("train.en");
        string[] target = Lines("train.de");
        Assert.Equal(158_059, source.Length);
        Assert.Equal(158_059, target.Length);
        Assert.All(source.Concat(target), line => Assert.InRange(line.Split(' ').Length, 1, 12));
        Assert.Equal(500, Lines("dev.en").Length);
        Assert.Equal(500, Lines("dev.de").Length);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_directory, name));

    private static string Bare(string sentence)
    {
        var kept = new StringBuilder();
        foreach (Rune rune in sentence.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherNumber)
            {
                kept.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return kept.ToString();
    }
}
