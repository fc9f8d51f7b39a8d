using Sequor.Alignments;

namespace Sequor.Cli.Tests.Verbs;

public sealed class AlignVerbTests
{
    private const string House = "das Haus ||| the house\ndas Buch ||| the book\nein Buch ||| a book\nein Haus ||| a house\n";

    private const string Diagonal = "0-0 1-1\n0-0 1-1\n0-0 1-1\n0-0 1-1\n";

    [Fact]
    public void Joined_lines_from_standard_input_are_aligned_with_the_options_of_fast_align()
    {
        Called called = Called.On(House, "align", "-d", "-o", "-v");

        Assert.Equal(Diagonal, called.MustSucceed());
        Assert.StartsWith("learning from 4 pairs: 8 source and 8 target words\nforward pass 1 · log-likelihood -", called.Errors, StringComparison.Ordinal);
        Assert.Equal(6, called.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Two_files_are_aligned_alike_in_both_directions_and_joined()
    {
        using Folder folder = new();
        string source = folder.Write("a.de", "das Haus\ndas Buch\nein Buch\nein Haus\n");
        string target = folder.Write("a.en", "the house\nthe book\na book\na house\n");

        Assert.Equal(Diagonal, Called.With("align", "-s", source, "-t", target, "--reverse").MustSucceed());
        Assert.Equal(Diagonal, Called.With("align", "--source", source, "--target", target, "--symmetrize", "grow-diag-final-and").MustSucceed());
        Assert.Equal(Diagonal, Called.With("align", "-s", source, "-t", target, "--kind", "ibm1", "-I", "30", "--sym", "union").MustSucceed());
    }

    [Fact]
    public void A_saved_aligner_aligns_other_text_and_gives_the_same_scores()
    {
        using Folder folder = new();
        string[] before = Called.On(House, "align", "--sym", "intersection", "--scores", "--model", folder["aligner"]).MustSucceed().Split('\n');

        string[] after = Called.On(House, "align", "--sym", "intersection", "--scores", "--model", folder["aligner"], "--force-align").MustSucceed().Split('\n');

        Assert.Equal(before, after);
        Assert.Matches(@"^0-0 1-1 \|\|\| -\d+\.\d{6} \|\|\| -\d+\.\d{6}$", before[0]);
        Assert.Equal("0-1 1-0\n", Called.On("Haus das ||| the house\n", "align", "-m", folder["aligner"], "-f").MustSucceed());
        // A word that was never seen goes where the diagonal has it.
        Assert.Equal("0-0 1-1\n", Called.On("das Katze ||| the cat\n", "align", "-m", folder["aligner"], "-f").MustSucceed());
    }

    [Fact]
    public void Lexical_tables_are_written_for_Moses_and_for_decoding()
    {
        using Folder folder = new();

        Called.On(House, "align", "--lex", folder["lex"], "--lexicon", folder["table"], "--output", folder["out"]).MustSucceed();

        Assert.Equal(Diagonal, File.ReadAllText(folder["out"]));
        Assert.Equal("the das 1.0000000\nhouse Haus 1.0000000\nbook Buch 1.0000000\na ein 1.0000000\n", File.ReadAllText(folder["lex.f2e"]));
        Assert.Equal("das the 1.0000000\nHaus house 1.0000000\nBuch book 1.0000000\nein a 1.0000000\n", File.ReadAllText(folder["lex.e2f"]));
        Assert.Equal("book", LexicalTable.Load(folder["table"]).Translate("Buch"));
    }

    [Fact]
    public void Pieces_of_a_vocabulary_are_aligned_and_make_a_shortlist()
    {
        using Folder folder = new();
        string text = folder.Write("text", House.Replace("|||", "\n", StringComparison.Ordinal));
        Called.With("vocab", text, "--type", "word", "-o", folder["words"]).MustSucceed();

        string output = Called.On(House, "align", "--vocab", folder["words"], "--shortlist", folder["list"], "--top", "1", "--frequent", "2").MustSucceed();

        Assert.Equal(Diagonal, output);
        LexicalTable table = LexicalTable.Load(folder["list"]);
        Assert.True(table.IsOfPieces);
        Assert.Equal("<unk>", table.SourceWords[table.SourceWords.Index().First(word => word.Item.StartsWith("<unk", StringComparison.Ordinal)).Index]);
        Assert.Equal(2, table.Frequent.Length);
        Assert.Equal("book", table.Translate("Buch"));
        Assert.Contains(
            "trained on words", Called.On(House, "align", "-f", "-m", Saved(folder), "--vocab", folder["words"]).MustFail(1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("das Haus\n", "Line 1 of standard input has no '|||'; a line is 'source ||| target'.")]
    [InlineData("a ||| b\na ||| b ||| c\n", "Line 2 of standard input has 2 times '|||'")]
    [InlineData("a ||| b\n||| b\na |||\n", "line 2 has no source words, and so it is with 1 more.")]
    [InlineData("", "standard input is empty; there is nothing to align.")]
    public void Text_that_cannot_be_aligned_is_named_with_its_line(string input, string sentence) =>
        Assert.Contains(sentence, Called.On(input, "align").MustFail(1), StringComparison.Ordinal);

    [Fact]
    public void Empty_sides_that_are_allowed_give_empty_lines() =>
        Assert.Equal(Diagonal + "\n", Called.On(House + " ||| the\n", "align", "--allow-empty").MustSucceed());

    [Fact]
    public void Files_of_different_lengths_are_refused_with_both_lengths()
    {
        using Folder folder = new();
        string source = folder.Write("a.de", "das\ndas\n");
        string target = folder.Write("a.en", "the\n");

        string sentence = Called.With("align", "-s", source, "-t", target).MustFail(1);

        Assert.Contains($"'{source}' has 2, '{target}' has 1", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--source needs --target beside it", "-s", "x")]
    [InlineData("--force-align needs --model", "-f")]
    [InlineData("--force-align learns nothing, so --iterations has no meaning", "-f", "-m", "x", "-I", "3")]
    [InlineData("--shortlist is of pieces; name their vocabulary with --vocab.", "--shortlist", "x")]
    [InlineData("There is no symmetrization 'grow'", "--sym", "grow")]
    [InlineData("--reverse asks for one direction", "-r", "--sym", "union")]
    [InlineData("--kind is 'hmm', but must be fast-align or ibm1.", "--kind", "hmm")]
    [InlineData("--p0 is 1.5", "--p0", "1.5")]
    [InlineData("--alpha belongs to --variational-bayes", "-v", "false", "-a", "0.1")]
    [InlineData("--top is 0", "--lexicon", "x", "--top", "0")]
    public void Wrong_calls_are_refused(string sentence, params string[] arguments) =>
        Assert.Contains(sentence, Called.On(House, ["align", .. arguments]).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void An_aligner_of_one_direction_says_what_it_lacks()
    {
        using Folder folder = new();

        Assert.Contains(
            "has not learnt the reverse direction", Called.On(House, "align", "-f", "-m", Saved(folder), "--sym", "union").MustFail(1), StringComparison.Ordinal);
    }

    private static string Saved(Folder folder)
    {
        Called.On(House, "align", "-m", folder["forward"]).MustSucceed();
        return folder["forward"];
    }
}
