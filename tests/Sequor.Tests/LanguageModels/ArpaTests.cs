using System.Text;
using Sequor.Batching;
using Sequor.LanguageModels;
using Sequor.Tests.Checkpoints;

namespace Sequor.Tests.LanguageModels;

/// <summary>Models as files: what Sequor writes, what others write, and what is damaged.</summary>
public class ArpaTests
{
    private const double LogOfTen = 2.302585092994046;

    // As SRILM writes: no <unk>, the beginning with -99, weights only where something follows, n-grams in its own order.
    private const string Srilm = """

        \data\
        ngram 1=4
        ngram 2=3

        \1-grams:
        -0.5	</s>
        -99	<s>	-0.25
        -0.4	b
        -0.7	a	-0.125

        \2-grams:
        -0.2	a b
        -0.1	<s> a
        -0.3	a a

        \end\

        """;

    // As IRSTLM writes: spaces around counts, and <unk> under its own name.
    private const string Irstlm = "\\data\\\nngram  1=       4\nngram  2=       1\n\n\\1-grams:\n-99 <s> -0.5\n-0.6\t<unk>\n-0.3 a 0.25\n-0.9 </s>\n\n\\2-grams:\n-0.2 <s> a\n\n\\end\\\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_model_is_read_back_in_the_same_bits(int order)
    {
        using TemporaryFolder folder = new();
        NgramModel model = Sample(order);
        model.Save(folder["model.arpa"]);
        model.Save(folder["model.arpa.gz"]);
        NgramModel plain = NgramModel.Load(folder["model.arpa"]);
        NgramModel packed = NgramModel.Load(folder["model.arpa.gz"]);

        Assert.Equal(0x1F, File.ReadAllBytes(folder["model.arpa.gz"])[0]);
        Assert.Equal(model.Words.Pieces, plain.Words.Pieces);
        Assert.Equal(model.Counts, plain.Counts);
        foreach (NgramModel read in (NgramModel[])[plain, packed])
        {
            for (int context = 0; context < model.Trie.First(order); context++)
                Assert.Equal(Row(model, context), Row(read, context));
        }

        plain.Save(folder["again.arpa"]);
        Assert.Equal(File.ReadAllBytes(folder["model.arpa"]), File.ReadAllBytes(folder["again.arpa"]));
    }

    [Fact]
    public void Models_of_SRILM_are_read()
    {
        NgramModel model = Read(Srilm);

        Assert.Equal((2, 5), (model.Order, model.Words.Size));
        Close(-0.1, model.Score(model.Start, Id(model, "a"), out NgramState a));
        Close(-0.2, model.Score(a, Id(model, "b"), out NgramState b));
        Close(-0.125 - 0.5, model.Score(a, Id(model, "</s>"), out _));
        Close(-0.5, model.Score(b, Id(model, "</s>"), out _));
        Close(-0.25 - 0.4, model.Score(model.Start, Id(model, "b"), out _));
        Close(-99, model.Score(b, model.WordOf("what nobody knows"), out NgramState lost));
        Assert.Equal(model.Empty, lost);
    }

    [Fact]
    public void Models_of_IRSTLM_are_read()
    {
        NgramModel model = Read(Irstlm);

        Close(-0.5 - 0.6, model.Score(model.Start, model.WordOf("b"), out _));
        Close(0.25 - 0.9, model.Score(Advance(model, "a"), Id(model, "</s>"), out _));
    }

    [Fact]
    public void Carriage_returns_upper_case_unknowns_and_what_stands_before_the_data_are_no_matter()
    {
        NgramModel model = Read("made by hand\n" + Irstlm.Replace("<unk>", "<UNK>", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));

        Close(-0.6, model.Score(model.Empty, model.WordOf("b"), out _));
    }

    [Theory]
    [InlineData("ngram 2=3", "ngram 2=4", 16, "ends after 3 n-grams, but the header promises 4")]
    [InlineData("ngram 2=3", "ngram 2=2", 15, "the header promises fewer n-grams than there are")]
    [InlineData("ngram 1=4", "ngram 1=3", 10, "the header promises fewer n-grams than there are")]
    [InlineData("ngram 2=3", "ngram 3=3", 4, "'ngram 2=COUNT' is expected")]
    [InlineData("-0.1\t<s> a", "x\t<s> a", 14, "'x' stands where a log-probability is expected")]
    [InlineData("-0.1\t<s> a", "NaN\t<s> a", 14, "'NaN' stands where a log-probability is expected")]
    [InlineData("-0.1\t<s> a", "0.5\t<s> a", 14, "0.5 is above 0")]
    [InlineData("-0.1\t<s> a", "-0.1\t<s> c", 14, "'c' has no unigram")]
    [InlineData("-0.1\t<s> a", "-0.1\t<s>", 14, "1 words stand behind the log-probability, but 2 are expected")]
    [InlineData("-0.1\t<s> a", "-0.1\t<s> a b", 14, "'b' stands where nothing, or a back-off weight, is expected")]
    [InlineData("-0.1\t<s> a", "-0.1\t<s> a -0.5 -0.5", 14, "stands behind the 2 words")]
    [InlineData("-0.3\ta a", "-0.3\ta b", 15, "stands in line 13 already")]
    [InlineData("-0.4\tb", "-0.4\ta", 10, "'a' has a unigram already")]
    [InlineData("\\2-grams:", "\\3-grams:", 12, "stands where \\2-grams: is expected")]
    [InlineData("\\end\\", "", 17, "the file ends before its line \\end\\")]
    [InlineData("\\data\\", "", 17, "the file ends without a line \\data\\")]
    public void A_damaged_file_is_refused_with_its_line(string written, string instead, int line, string problem)
    {
        Assert.Contains(written, Srilm, StringComparison.Ordinal);
        string message = Assert.Throws<ModelFormatException>(() => Read(Srilm.Replace(written, instead, StringComparison.Ordinal))).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.StartsWith($"Line {line} of the language model '", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_no_n_gram_is_refused()
    {
        string text = Srilm.Replace("ngram 2=3", "ngram 2=3\nngram 3=1", StringComparison.Ordinal)
            .Replace("\\end\\", "\\3-grams:\n-0.1\tb a b\n\n\\end\\", StringComparison.Ordinal);

        Assert.Contains("the words 'b a' before its last are no n-gram", Assert.Throws<ModelFormatException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_something_else_are_refused()
    {
        Assert.Contains("compile-lm", Assert.Throws<ModelFormatException>(() => Read("iARPA\n" + Irstlm)).Message, StringComparison.Ordinal);
        Assert.Contains("language model", Assert.Throws<CorpusException>(() => NgramModel.Load("nowhere.arpa")).Message, StringComparison.Ordinal);
        using TemporaryFolder folder = new();
        Sample(3).Save(folder["cut.gz"]);
        byte[] bytes = File.ReadAllBytes(folder["cut.gz"]);
        File.WriteAllBytes(folder["cut.gz"], bytes[..(bytes.Length / 2)]);
        Assert.Throws<CorpusException>(() => NgramModel.Load(folder["cut.gz"]));
    }

    private static NgramModel Sample(int order) => NgramTrainer.Train(
        ["der hund sieht die katze", "die katze sieht den hund", "der hund schläft", "die katze schläft nicht"], new NgramTrainingOptions { Order = order }, out _, TestContext.Current.CancellationToken);

    private static float[] Row(NgramModel model, int context)
    {
        float[] row = new float[model.Words.Size];
        model.ScoreAll(new NgramState(context), row);
        return row;
    }

    private static NgramModel Read(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["model.arpa"], Encoding.UTF8.GetBytes(text));
        return NgramModel.Load(folder["model.arpa"]);
    }

    private static int Id(NgramModel model, string word) => model.Words.IdOf(word);

    private static NgramState Advance(NgramModel model, string word)
    {
        model.Score(model.Empty, Id(model, word), out NgramState state);
        return state;
    }

    private static void Close(double toTen, float logProb) => Assert.Equal(toTen * LogOfTen, logProb, 1e-4);
}
