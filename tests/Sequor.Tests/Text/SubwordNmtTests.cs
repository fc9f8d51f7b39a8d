using System.Runtime.CompilerServices;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text;

/// <summary>Codes, pieces and texts of subword-nmt; the files beside this one were made by its own functions, see tools/golden/subword-nmt.sh.</summary>
public sealed class SubwordNmtTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-codes-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_line_is_cut_as_by_the_original() =>
        SameLines("subword-nmt.pieces", SubwordNmtTokenizer.FromFiles(Golden("subword-nmt.codes")));

    [Fact]
    public void Codes_of_the_first_version_have_no_header_and_a_mark_of_their_own()
    {
        var tokenizer = Assert.IsType<SubwordNmtTokenizer>(Tokenizer.Load(Golden("subword-nmt-first.codes")));
        SameLines("subword-nmt-first.pieces", tokenizer);
    }

    [Fact]
    public void Merges_that_leave_the_vocabulary_are_undone()
    {
        SubwordNmtTokenizer tokenizer = SubwordNmtTokenizer.FromFiles(Golden("subword-nmt.codes"), Golden("subword-nmt.vocab"), threshold: 3);
        Assert.True(tokenizer.IsRestricted);
        SameLines("subword-nmt-restricted.pieces", tokenizer);
    }

    [Fact]
    public void Texts_of_a_glossary_stay_whole() => SameLines(
        "subword-nmt-glossary.pieces",
        SubwordNmtTokenizer.FromFiles(Golden("subword-nmt.codes"), options: new SubwordNmtOptions { Glossaries = ["la?mp", "Schiff", "[0-9]+"] }));

    [Fact]
    public void The_trainer_learns_the_merges_of_the_original_in_their_order()
    {
        SubwordNmtTokenizer tokenizer = SubwordNmtTrainer.Train(GoldenModels.Lines("text.txt"), new SubwordNmtTrainingOptions { Merges = 300 }, TestContext.Current.CancellationToken);
        tokenizer.SaveCodes(At("codes"));
        Assert.Equal(GoldenModels.Lines("subword-nmt.codes"), File.ReadAllText(At("codes")).Split('\n')[..^1]);
        Assert.Equal(
            GoldenModels.Lines("subword-nmt.vocab").Order(StringComparer.Ordinal).Select(line => line.Split(' ')[0]),
            tokenizer.Vocabulary.Pieces.Skip(4).OrderBy(piece => piece + " ", StringComparer.Ordinal));
    }

    // Four pairs are seen twice each: b a, a x</w>, a b, b x</w>. After the last of them b a, a x</w> and a bx</w> are left.
    [Fact]
    public void Of_pairs_as_frequent_as_each_other_the_greatest_by_code_points_merges_first()
    {
        SubwordNmtTrainer.Train(["bax abx bax abx"], new SubwordNmtTrainingOptions { Merges = 2 }, TestContext.Current.CancellationToken).SaveCodes(At("codes"));
        Assert.Equal(["#version: 0.2", "b x</w>", "b a"], File.ReadAllLines(At("codes")));
    }

    [Fact]
    public void A_file_of_ours_keeps_codes_vocabulary_separator_and_glossary()
    {
        var options = new SubwordNmtOptions { Separator = "￭", Glossaries = ["Schiff"] };
        SubwordNmtTokenizer made = SubwordNmtTrainer.Train(GoldenModels.Lines("text.txt"), new SubwordNmtTrainingOptions { Merges = 80, Pieces = options }, TestContext.Current.CancellationToken);
        made.Save(At("tokenizer"));
        var read = Assert.IsType<SubwordNmtTokenizer>(Tokenizer.Load(At("tokenizer")));
        Assert.Equal(made.Vocabulary.Pieces, read.Vocabulary.Pieces);
        Assert.All(GoldenModels.Input, line => Assert.Equal(made.Encode(line), read.Encode(line)));
        Assert.Contains("Schiff￭", read.Pieces("Schiffe"));
        read.Save(At("again"));
        Assert.Equal(File.ReadAllBytes(At("tokenizer")), File.ReadAllBytes(At("again")));
    }

    [Fact]
    public void Pieces_join_to_the_words_they_came_from()
    {
        SubwordNmtTokenizer tokenizer = SubwordNmtTrainer.Train(GoldenModels.Lines("text.txt"), new SubwordNmtTrainingOptions { Merges = 120 }, TestContext.Current.CancellationToken);
        Assert.All(GoldenModels.Lines("text.txt"), line =>
        {
            Assert.Equal(line, tokenizer.Decode([1, .. tokenizer.Encode(line), 2, 3]));
            Assert.Equal(line, tokenizer.Detokenize(tokenizer.Pieces(line)));
        });
        Assert.Equal("newer", tokenizer.Detokenize(["new@@", "er"]));
        Assert.Equal("new", tokenizer.Detokenize(["new@@"]));
    }

    [Fact]
    public void Dropout_is_keyed_cuts_more_finely_and_spells_the_same_text()
    {
        SubwordNmtTokenizer tokenizer = SubwordNmtTrainer.Train(GoldenModels.Lines("text.txt"), new SubwordNmtTrainingOptions { Merges = 190 }, TestContext.Current.CancellationToken);
        string line = GoldenModels.Lines("text.txt")[0];
        int[] whole = tokenizer.Encode(line);
        Assert.Equal(whole, tokenizer.EncodeSampled(line, new SamplingOptions { Alpha = 0 }, 1));
        int[][] drawn = [.. Enumerable.Range(0, 20).Select(key => tokenizer.EncodeSampled(line, new SamplingOptions { Alpha = 0.3f }, (ulong)key))];
        Assert.Equal(drawn[7], tokenizer.EncodeSampled(line, new SamplingOptions { Alpha = 0.3f }, 7));
        Assert.True(drawn.Average(ids => ids.Length) > whole.Length);
        Assert.True(drawn.Select(ids => string.Join(' ', ids)).Distinct().Count() > 10);

        // With no merge at all every character stands alone.
        string[] letters = [.. tokenizer.EncodeSampled("the", new SamplingOptions { Alpha = 1 }, 3).Select(id => tokenizer.Vocabulary[id])];
        Assert.Equal(3, letters.Length);
    }

    [Theory]
    [InlineData("#version: 0.2\na b\nc\n", "Line 3")]
    [InlineData("#version: 0.2\na  b\n", "Line 2")]
    [InlineData("#version: 0.3\na b\n", "version 0.3")]
    [InlineData("#version: 0.2 byte\na b\n", "over bytes")]
    [InlineData("two words\nand three words\n", "Line 2")]
    [InlineData("sequor-tokenizer subword-nmt\nseparator @@\nrestricted maybe\n", "maybe")]
    [InlineData("sequor-tokenizer subword-nmt\nseparator @@\nrestricted no\ncodes 7\na b\n", "Line 4")]
    [InlineData("sequor-tokenizer subword-nmt\nseparator @@\nrestricted no\ncodes 2\n#version: 0.2\na b\npieces 3\na\n", "Line 7")]
    public void Damaged_files_are_refused_with_file_and_line(string content, string named)
    {
        File.WriteAllText(At("file"), content);
        string message = Assert.Throws<ModelFormatException>(() => Tokenizer.Load(At("file"))).Message;
        Assert.Contains(At("file"), message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_without_counts_and_wrong_options_are_refused()
    {
        File.WriteAllText(At("vocab"), "the 5\nlamp\n");
        string codes = Golden("subword-nmt.codes");
        Assert.Contains("Line 2", Assert.Throws<ModelFormatException>(() => SubwordNmtTokenizer.FromFiles(codes, At("vocab"))).Message, StringComparison.Ordinal);
        Assert.Contains("(", Assert.Throws<ArgumentException>(
            () => SubwordNmtTokenizer.FromFiles(codes, options: new SubwordNmtOptions { Glossaries = ["("] })).Message, StringComparison.Ordinal);
        Assert.Equal(3, new SubwordNmtTrainingOptions { Merges = -1, MinimumFrequency = 0, Pieces = new() { Separator = "" } }.Validate().Count);
    }

    private static void SameLines(string expected, SubwordNmtTokenizer tokenizer)
    {
        string[] pieces = GoldenModels.Lines(expected);
        Assert.Equal(84, pieces.Length);
        Assert.All(GoldenModels.Input.Zip(pieces), pair => Assert.Equal(pair.Second, string.Join(' ', tokenizer.Pieces(pair.First))));
    }

    private static string Golden(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden", name);

    private string At(string name) => Path.Combine(_directory, name);
}
