namespace Sequor.Cli.Tests.Verbs;

/// <summary>vocab, tokenize and detokenize, as one uses them: one after the other.</summary>
public sealed class VocabularyVerbsTests : IDisposable
{
    private const string Text = "the low lower lowest\nthe new newer newest\nwide wider widest\n";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bpe")]
    [InlineData("unigram")]
    [InlineData("char")]
    [InlineData("word")]
    [InlineData("byte")]
    [InlineData("subword-nmt")]
    public void What_is_cut_can_be_joined(string kind)
    {
        string model = Trained("--type", kind);
        foreach (string[] ids in (string[][])[[], ["--ids"]])
        {
            string pieces = Called.On(Text, ["tokenize", "--model", model, .. ids]).MustSucceed();

            Assert.Equal(Text, Called.On(pieces, ["detokenize", "--model", model, .. ids]).MustSucceed());
            Assert.NotEqual(Text, kind == "word" && ids.Length == 0 ? "" : pieces);
        }
    }

    [Fact]
    public void Byte_pairs_are_those_of_spm_train()
    {
        // spm_train 0.1.97 --vocab_size=30 --model_type=bpe, and spm_encode, on the same lines.
        string model = Trained("--size", "30");

        Assert.Equal("▁lo wer\n▁wide st\n", Called.On("lower\nwidest\n", "tokenize", "--model", model).MustSucceed());
    }

    [Fact]
    public void Codes_are_those_of_subword_nmt_and_cut_by_themselves()
    {
        // learn-bpe -s 6 and apply-bpe on the same lines.
        Called.With("vocab", _folder.Write("text", Text), "--type", "subword-nmt", "--size", "6", "--codes", _folder["codes"], "-o", _folder["m"]).MustSucceed();

        Assert.Equal("#version: 0.2\nw e\nw i\nwi d\ns t</w>\nn e\nl o\n", File.ReadAllText(_folder["codes"]));
        Assert.Equal("lo@@ we@@ r\nwid@@ e@@ st\n", Called.On("lower\nwidest\n", "tokenize", "--model", _folder["codes"]).MustSucceed());
    }

    [Fact]
    public void The_number_of_pieces_and_lines_is_told_and_nothing_goes_to_the_output()
    {
        Called call = Called.With("vocab", _folder.Write("text", Text), "--size", "30", "-o", _folder["m"]);

        Assert.Equal("", call.MustSucceed());
        Assert.Equal($"30 pieces (bpe) from 3 lines, written to {_folder["m"]}\n", call.Errors);
    }

    [Fact]
    public void Text_may_come_from_several_files_or_from_standard_input()
    {
        string whole = Trained("--size", "30");
        string first = _folder.Write("a", "the low lower lowest\n");
        string rest = _folder.Write("b", "the new newer newest\nwide wider widest\n");
        Called.With("vocab", first, rest, "--size", "30", "-o", _folder["two"]).MustSucceed();
        Called.On(Text, "vocab", "--size", "30", "-o", _folder["input"]).MustSucceed();

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_folder["two"]));
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_folder["input"]));
    }

    [Fact]
    public void Samples_follow_from_the_seed_and_the_line()
    {
        string model = Trained();
        string Sample(string seed) => Called.On(Text + Text, "tokenize", "--model", model, "--sample", "--alpha", "0.5", "--seed", seed).MustSucceed();
        string one = Sample("1");

        Assert.Equal(one, Sample("1"));
        Assert.NotEqual(one, Sample("2"));
        string[] lines = one.Split('\n');
        Assert.NotEqual(lines[..3], lines[3..6]);
        Assert.Equal(Text + Text, Called.On(one, "detokenize", "--model", model).MustSucceed());
    }

    [Fact]
    public void Words_cannot_be_sampled() => Assert.Contains(
        "A WordTokenizer knows one segmentation of a text and cannot sample others",
        Called.On("the\n", "tokenize", "--model", Trained("--type", "word"), "--sample").MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void Files_are_read_and_written_where_they_are_named()
    {
        string model = Trained("--type", "word");
        Called.With("tokenize", "--model", model, "-i", _folder.Write("in", "the  low\n"), "-o", _folder["out"]).MustSucceed();

        Assert.Equal("the low\n"u8.ToArray(), File.ReadAllBytes(_folder["out"]));
    }

    [Fact]
    public void A_file_is_not_emptied_before_it_is_read()
    {
        string file = _folder.Write("same", "the low\n");
        Called call = Called.With("tokenize", "--model", Trained("--type", "word"), "-i", file, "-o", file);

        Assert.Contains("is both read and written", call.MustFail(1), StringComparison.Ordinal);
        Assert.Equal("the low\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_number_that_no_piece_has_is_named_with_its_line()
    {
        string model = Trained("--size", "30");
        Called call = Called.On("4 5\n4 30\n", "detokenize", "--ids", "--model", model);

        Assert.Equal(1, call.Code);
        Assert.Equal("sequor detokenize: Line 2 of standard input: '30' is no piece's number; the vocabulary's are 0 to 29.\n", call.Errors);
    }

    [Theory]
    [InlineData(1, "--size 9000 is too large; this corpus gives between 15 and 38 pieces.", "--size", "9000")]
    [InlineData(1, "--size 9 is too small; this corpus needs 15 or more", "--size", "9")]
    [InlineData(2, "--type is 'wordpiece', but must be one of bpe, unigram, character, word, byte, subword-nmt.", "--type", "wordpiece")]
    [InlineData(2, "coverage", "--character-coverage", "7")]
    [InlineData(2, "--min-count is 0, but must be 1 or more.", "--min-count", "0")]
    public void What_cannot_be_trained_is_refused(int code, string words, params string[] options) => Assert.Contains(
        words, Called.On(Text, ["vocab", "-o", _folder["m"], .. options]).MustFail(code), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_text_without_lines_trains_nothing()
    {
        Called.On("", "vocab", "-o", _folder["m"]).MustFail(1);

        Assert.False(File.Exists(_folder["m"]));
    }

    [Fact]
    public void A_file_that_is_no_vocabulary_is_refused() =>
        Assert.Contains(_folder["text"], Called.On("a\n", "tokenize", "--model", _folder.Write("text", Text)).MustFail(1), StringComparison.Ordinal);

    private string Trained(params string[] options)
    {
        string model = _folder["m" + string.Concat(options)];
        Called.On(Text, ["vocab", "-o", model, .. options]).MustSucceed();
        return model;
    }
}
