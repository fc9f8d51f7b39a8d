using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text;

public sealed class PieceWordsTests
{
    private static readonly string[] Corpus =
    [
        "the miller sold the mill to the millwright", "a mill by the river", "rivers run to the sea", "the sea sells no mills",
        "der Müller verkaufte die Mühle", "ein Fluss führt zum Meer",
    ];

    [Theory]
    [InlineData(SubwordAlgorithm.Bpe)]
    [InlineData(SubwordAlgorithm.Unigram)]
    public void Pieces_of_a_subword_model_spell_the_words_they_belong_to(SubwordAlgorithm algorithm)
    {
        SentencePieceTokenizer tokenizer = Trained(algorithm, byteFallback: false);
        foreach (string text in (string[])[.. Corpus, "  the  miller\tsold ", "the Ж mill ЖЖ", "the Ж", "ﬁne mills", "a\u00A0b mill", ""])
        {
            AssertSpelled(tokenizer, text, tokenizer.Encode(text), tokenizer.Pieces(text));
        }
    }

    [Theory]
    [InlineData(SubwordAlgorithm.Bpe)]
    [InlineData(SubwordAlgorithm.Unigram)]
    public void Sampled_pieces_find_their_words_too(SubwordAlgorithm algorithm)
    {
        SentencePieceTokenizer tokenizer = Trained(algorithm, byteFallback: true);
        foreach (string text in (string[])[.. Corpus, "the Ж mill"])
        {
            for (ulong key = 0; key < 20; key++)
            {
                int[] ids = tokenizer.EncodeSampled(text, new SamplingOptions { Alpha = 0.4f }, key);
                AssertSpelled(tokenizer, text, ids, [.. ids.Select(id => tokenizer.Vocabulary[id])]);
            }
        }
    }

    [Fact]
    public void An_unknown_piece_of_a_sampled_segmentation_goes_on_to_the_next_known_one()
    {
        SentencePieceTokenizer tokenizer = Trained(SubwordAlgorithm.Bpe, byteFallback: false);
        int unknown = tokenizer.Vocabulary.UnknownId;
        int[] ids = [.. "▁|t|h|e|▁".Split('|').Select(tokenizer.Vocabulary.IdOf), unknown, .. "▁|m|i|l|l".Split('|').Select(tokenizer.Vocabulary.IdOf)];
        Assert.DoesNotContain(unknown, ids.Where((_, i) => i != 5));

        WordSpan[] spans = PieceWords.Of(tokenizer, "the ЖЖ mill", ids)!;

        Assert.Equal([0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2], spans.Select(span => span.First));
        Assert.All(spans, span => Assert.Equal(span.First, span.Last));
    }

    [Fact]
    public void Words_characters_and_bytes_find_their_words()
    {
        Tokenizer words = WordTokenizer.Build(["a mill"], 10);
        Assert.Equal([0, 1, 2], PieceWords.Of(words, "a strange mill", words.Encode("a strange mill"))!.Select(span => span.First));
        Tokenizer bytes = new ByteTokenizer();
        Assert.Equal([0, 0, 1, 1], PieceWords.Of(bytes, "ü b", bytes.Encode("ü b"))!.Select(span => span.First));
    }

    [Fact]
    public void A_piece_across_words_is_part_of_all_of_them()
    {
        Tokenizer words = WordTokenizer.Build(["a mill"], 10);
        Assert.Equal([new WordSpan(0, 1), new WordSpan(2, 2)], PieceWords.Of(words, "a\tmill by", words.Encode("a\tmill by"))!);
    }

    [Fact]
    public void Pieces_of_another_text_are_refused()
    {
        SentencePieceTokenizer tokenizer = Trained(SubwordAlgorithm.Bpe, byteFallback: false);
        Assert.Null(PieceWords.Of(tokenizer, "the mill", tokenizer.Encode("the sea")));
        Assert.Null(PieceWords.Of(tokenizer, "the mill", tokenizer.Encode("the")));
    }

    // Pieces without marks, joined word by word, must be what each word alone is cut into.
    private static void AssertSpelled(Tokenizer tokenizer, string text, int[] ids, IReadOnlyList<string> pieces)
    {
        string[] words = AlignmentLine.WordsOf(text);
        WordSpan[] spans = PieceWords.Of(tokenizer, text, ids) ?? throw new InvalidOperationException($"no words for the pieces of '{text}'");
        Assert.Equal(ids.Length, spans.Length);
        for (int word = 0; word < words.Length; word++)
        {
            string own = string.Concat(pieces.Where((_, i) => spans[i].First == word && spans[i].Last == word)).Replace("▁", "", StringComparison.Ordinal);
            Assert.Equal(string.Concat(tokenizer.Pieces(words[word])).Replace("▁", "", StringComparison.Ordinal), own);
        }

    }

    private static SentencePieceTokenizer Trained(SubwordAlgorithm algorithm, bool byteFallback) =>
        new(SentencePieceTrainer.Train(Corpus, new SubwordTrainingOptions
        {
            Algorithm = algorithm,
            VocabularySize = byteFallback ? 320 : 60,
            HardVocabularyLimit = false,
            ByteFallback = byteFallback,
        }));
}
