using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>Segmentations drawn by chance.</summary>
public class SamplingTests
{
    private const string Sentence = "The keeper reads the letters twice and answers only the short ones.";

    [Theory]
    [InlineData("bpe")]
    [InlineData("unigram")]
    public void Every_draw_spells_the_same_text(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        string text = tokenizer.Decode(tokenizer.Encode(Sentence));
        var drawn = new HashSet<string>();
        for (ulong key = 0; key < 50; key++)
        {
            int[] ids = tokenizer.EncodeSampled(Sentence, new SamplingOptions { Alpha = 0.3f }, key);
            Assert.Equal(text, tokenizer.Decode(ids));
            drawn.Add(string.Join(' ', ids));
        }

        Assert.InRange(drawn.Count, 40, 50);
    }

    [Theory]
    [InlineData("bpe", -1)]
    [InlineData("unigram", -1)]
    [InlineData("unigram", 8)]
    public void The_same_key_draws_the_same(string name, int candidates)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        var options = new SamplingOptions { Alpha = 0.2f, CandidateCount = candidates };
        Assert.Equal(tokenizer.EncodeSampled(Sentence, options, 7), tokenizer.EncodeSampled(Sentence, options, 7));
    }

    [Fact]
    public void Dropout_of_nothing_is_the_usual_encoding_and_of_everything_single_characters()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("bpe");
        Assert.Equal(tokenizer.Encode(Sentence), tokenizer.EncodeSampled(Sentence, new SamplingOptions { Alpha = 0 }, 1));
        int[] characters = tokenizer.EncodeSampled(Sentence, new SamplingOptions { Alpha = 1 }, 1);
        Assert.Equal(Sentence.Length + 1, characters.Length);
    }

    [Fact]
    public void Unigram_draws_follow_their_probabilities()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("unigram");
        const int Draws = 4000;
        const float Alpha = 0.5f;
        IReadOnlyList<RankedPieces> all = tokenizer.Candidates("lamp", 1024);
        double total = all.Sum(candidate => Math.Exp(Alpha * candidate.Score));
        var counts = new Dictionary<string, int>();
        for (ulong key = 0; key < Draws; key++)
        {
            int[] ids = tokenizer.EncodeSampled("lamp", new SamplingOptions { Alpha = Alpha }, key);
            string pieces = string.Join(' ', ids.Select(id => tokenizer.Vocabulary[id]));
            counts[pieces] = counts.GetValueOrDefault(pieces) + 1;
        }

        Assert.True(all.Count >= 4);
        foreach (RankedPieces candidate in all)
        {
            double expected = Math.Exp(Alpha * candidate.Score) / total;
            double tolerance = 4 * Math.Sqrt(expected * (1 - expected) / Draws);
            Assert.Equal(expected, (double)counts.GetValueOrDefault(string.Join(' ', candidate.Pieces)) / Draws, tolerance);
        }
    }

    [Fact]
    public void Draws_from_few_candidates_are_among_them()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("unigram");
        HashSet<string> best = [.. tokenizer.Candidates(Sentence, 3).Select(candidate => string.Join(' ', candidate.Pieces))];
        var drawn = new HashSet<string>();
        for (ulong key = 0; key < 60; key++)
        {
            int[] ids = tokenizer.EncodeSampled(Sentence, new SamplingOptions { Alpha = 0, CandidateCount = 3 }, key);
            drawn.Add(string.Join(' ', ids.Select(id => tokenizer.Vocabulary[id])));
        }

        Assert.Equal(best.Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("word")]
    [InlineData("char")]
    public void Models_without_alternatives_say_so(string name) =>
        Assert.Contains("cannot sample", Assert.Throws<NotSupportedException>(
            () => GoldenModels.Load(name).EncodeSampled("a", new SamplingOptions(), 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Faulty_options_are_all_named()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(
            () => GoldenModels.Load("bpe").EncodeSampled("a", new SamplingOptions { Alpha = -1, CandidateCount = -2 }, 0));
        Assert.Contains("Alpha is -1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("CandidateCount is -2", fault.Message, StringComparison.Ordinal);
    }
}
