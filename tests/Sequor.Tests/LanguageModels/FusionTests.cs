using Sequor.LanguageModels;
using Sequor.Text;

namespace Sequor.Tests.LanguageModels;

/// <summary>N-gram models asked by the ids of a vocabulary.</summary>
public class FusionTests
{
    private static readonly string[] _text = ["aa ba ab", "ab ba", "aa aa b", "ba ba ab a", "b"];

    // The piece that is a space is written otherwise in files; padding and a piece that the text lacks are pieces too.
    private static readonly CharacterTokenizer _characters = new(new Vocabulary(["<pad>", "b", "</s>", " ", "a", "<s>", "z", "<unk>"]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Rows_and_single_scores_are_equal_in_bits(int order)
    {
        NgramModel trained = Train(order);
        ILanguageModel model = trained.Over(_characters.Vocabulary);
        float[] row = new float[model.VocabularySize];
        for (int context = 0; context < trained.Trie.First(order); context++)
        {
            NgramState state = new(context);
            model.ScoreAll(state, row);
            for (int id = 0; id < row.Length; id++)
            {
                Assert.Equal(row[id], model.Score(state, id, out NgramState next));
                Assert.Equal(next, model.Advance(state, id));
            }
        }
    }

    [Fact]
    public void Every_piece_has_a_probability_but_the_beginning_and_padding()
    {
        ILanguageModel model = Train(4).Over(_characters.Vocabulary);
        float[] row = new float[model.VocabularySize];
        model.ScoreAll(model.Start, row);

        Assert.Equal(1, row.Sum(logProb => Math.Exp(logProb)), 1e-5);
        Assert.All([1, 2, 3, 4, 6, 7], id => Assert.InRange(row[id], -6, 0));
        Assert.All([0, 5], id => Assert.True(float.IsFinite(row[id]) && row[id] < -200));
    }

    [Fact]
    public void A_model_of_the_same_pieces_in_another_order_says_the_same()
    {
        NgramModel trained = Train(3);
        ILanguageModel ordered = trained.Over(_characters.Vocabulary);
        Vocabulary turned = new(_characters.Vocabulary.Pieces.Reverse());
        ILanguageModel reordered = trained.Over(turned);
        float[] row = new float[ordered.VocabularySize];
        float[] turnedRow = new float[row.Length];
        (NgramState state, NgramState turnedState) = (ordered.Start, reordered.Start);
        foreach (int id in _characters.Encode("ab ba"))
        {
            ordered.ScoreAll(state, row);
            reordered.ScoreAll(turnedState, turnedRow);
            Assert.Equal(row, turnedRow.Reverse());
            (state, turnedState) = (ordered.Advance(state, id), reordered.Advance(turnedState, row.Length - 1 - id));
        }
    }

    [Fact]
    public void Pieces_that_the_model_lacks_are_unknown_in_rows_and_alone()
    {
        Vocabulary larger = new(_characters.Vocabulary.Pieces.Append("ß"));
        NgramModel trained = Train(3);
        ILanguageModel model = trained.Over(larger);
        float[] row = new float[model.VocabularySize];
        NgramState state = model.Advance(model.Advance(model.Start, 1), 4);
        model.ScoreAll(state, row);

        Assert.Equal(row[^1], model.Score(state, row.Length - 1, out NgramState after));
        Assert.Equal(row[7], row[^1]);
        Assert.Equal(trained.Empty, after);
    }

    [Fact]
    public void A_model_of_other_pieces_is_refused()
    {
        NgramModel words = NgramTrainer.Train(_text, null, out _, TestContext.Current.CancellationToken);
        string message = Assert.Throws<ArgumentException>(() => words.Over(_characters.Vocabulary)).Message;

        Assert.Contains("was not trained on the pieces of this vocabulary: 3 of its 8 words", message, StringComparison.Ordinal);
        Assert.Contains("sequor lm train --vocab", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => words.Over(words.Words).ScoreAll(default, new float[3]));
    }

    [Fact]
    public void Scoring_allocates_nothing()
    {
        ILanguageModel model = Train(5).Over(_characters.Vocabulary);
        float[] row = new float[model.VocabularySize];
        Walk(model, row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Walk(model, row);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Perplexity_keeps_unknown_words_apart()
    {
        NgramModel model = NgramTrainer.Train(_text, new NgramTrainingOptions { Order = 2 }, out _, TestContext.Current.CancellationToken);
        Perplexity known = Perplexity.Of(model, "ab ba");
        Perplexity mixed = Perplexity.Of(model, "ab what ba");

        Assert.Equal((3, 0, 3, 1), (known.KnownWords, known.UnknownWords, mixed.KnownWords, mixed.UnknownWords));
        Assert.Equal(mixed.LogProb, mixed.KnownLogProb + mixed.UnknownLogProb);
        Assert.Equal(Math.Exp(-known.LogProb / 3), known.Value, 1e-12);
        Assert.Equal(known.LogProb + mixed.LogProb, (known + mixed).LogProb, 1e-9);
        Assert.Equal(1, Perplexity.Of(Train(3), "zß", _characters).UnknownWords);
    }

    private static NgramModel Train(int order) => NgramTrainer.Train(_text, _characters, new NgramTrainingOptions { Order = order }, out _, TestContext.Current.CancellationToken);

    private static void Walk(ILanguageModel model, float[] row)
    {
        NgramState state = model.Start;
        for (int id = 1; id < 8; id++)
        {
            model.ScoreAll(state, row);
            model.Score(state, id, out state);
        }
    }
}
