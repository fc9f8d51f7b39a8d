using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class TrainingInputTests
{
    [Fact]
    public void A_sample_is_drawn_by_its_seed_and_keeps_the_order_of_the_stream()
    {
        string[] lines = [.. Enumerable.Range(0, 1000).Select(number => $"{number:D4}")];
        string[] first = [.. LineSample.Draw(lines, 50, seed: 1)];

        Assert.Equal(50, first.Distinct().Count());
        Assert.Equal(first.Order(StringComparer.Ordinal), first);
        Assert.Equal(first, LineSample.Draw(lines, 50, seed: 1));
        Assert.NotEqual(first, LineSample.Draw(lines, 50, seed: 2));
        Assert.Equal(lines, LineSample.Draw(lines, 2000, seed: 1));
    }

    [Fact]
    public void A_sample_takes_every_line_with_the_same_chance()
    {
        string[] lines = [.. Enumerable.Range(0, 10).Select(number => $"{number}")];
        int[] taken = new int[10];
        for (ulong seed = 0; seed < 2000; seed++)
        {
            foreach (string line in LineSample.Draw(lines, 3, seed))
                taken[int.Parse(line)]++;
        }
        // 600 expected, standard deviation 20.5.
        Assert.All(taken, count => Assert.InRange(count, 500, 700));
    }

    [Theory]
    [InlineData("a<s>b", "a\tb")]
    [InlineData("<s></s><pad>", "\t\t<pad>")]
    [InlineData("abcabx", "\t\tx")]
    [InlineData("a<s", "a<s")]
    [InlineData("", "")]
    public void The_longest_symbol_is_cut_out_wherever_it_stands(string text, string left) =>
        Assert.Equal(left, new SymbolCutter(["<s>", "</s>", "ab", "abc"]).Cut(text));

    [Fact]
    public void Words_are_counted_with_the_space_before_them()
    {
        string[] lines = ["the cat", " the  dog ", "▅ reserved", "", "the<s>end"];
        TrainingCorpus corpus = TrainingText.Corpus(lines, new SubwordTrainingOptions(), "<s>");

        Assert.Equal([new("▁cat", 1), new("▁dog", 1), new("▁the", 2), new("▁the\tend", 1)], corpus.Words.OrderBy(word => word.Text, StringComparer.Ordinal));
        Assert.Equal(3, corpus.Lines);
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        TrainingCorpus corpus = TrainingText.Corpus(["a\uD800b"], new SubwordTrainingOptions());
        Assert.Equal("▁a\uFFFDb", corpus.Words.Single().Text);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        SubwordTrainingOptions options = new()
        {
            Algorithm = (SubwordAlgorithm)9,
            NormalizationRule = "nfc",
            VocabularySize = 0,
            CharacterCoverage = float.NaN,
            MaxPieceLength = 513,
            ShrinkingFactor = 1,
            EndId = 1,
            ControlSymbols = ["<x>", "", "<unk>"],
            UserDefinedSymbols = ["<x>", "<0x0A>"],
            ByteFallback = true,
        };

        Assert.Equal(
            [
                "Algorithm is 9, which is no way to cut text; use Unigram, Bpe, Word or Character.",
                "NormalizationRule is \"nfc\"; it must be one of identity, nfkc, nmt_nfkc, nfkc_cf, nmt_nfkc_cf.",
                "VocabularySize is 0; it must lie between 1 and 10000000.",
                "MaxPieceLength is 513; it must lie between 1 and 512.",
                "CharacterCoverage is NaN; it must lie between 0.98 and 1.",
                "ShrinkingFactor is 1; it must lie between 0.5 and 0.95.",
                "BeginId and EndId are all 1; every special piece needs an id of its own.",
                "ControlSymbols and UserDefinedSymbols must not hold an empty symbol.",
                "\"<unk>\" is the unknown piece and cannot be a control or user-defined symbol.",
                "The symbol \"<x>\" is defined twice; ControlSymbols and UserDefinedSymbols may name it once.",
                "The symbol \"<0x0A>\" is also a byte piece; rename it or set ByteFallback to false.",
            ],
            options.Validate().Where(fault => !fault.Contains("Id is", StringComparison.Ordinal)));
        Assert.Empty(new SubwordTrainingOptions().Validate());
    }
}
