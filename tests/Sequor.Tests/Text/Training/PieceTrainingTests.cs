using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class PieceTrainingTests
{
    public static TheoryData<SubwordAlgorithm> Learners => [SubwordAlgorithm.Bpe, SubwordAlgorithm.Unigram];

    [Theory, MemberData(nameof(Learners))]
    public void The_vocabulary_has_the_size_asked_for(SubwordAlgorithm type)
    {
        for (int size = 200; size <= 320; size += 40)
        {
            IReadOnlyList<ModelPiece> trained = TrainingText.Train(Options(type, size));
            Assert.Equal(size, trained.Count);
            Assert.Equal(size, trained.Select(piece => piece.Text).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public void The_order_of_the_lines_does_not_matter(SubwordAlgorithm type)
    {
        SubwordTrainingOptions options = Options(type, 250);
        string[] shuffled = [.. TrainingText.Lines];
        new Random(7).Shuffle(shuffled);

        Assert.Equal(TrainingText.Train(options), TrainingText.Train(shuffled, options));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Every_covered_character_is_a_piece(SubwordAlgorithm type)
    {
        IReadOnlyList<ModelPiece> trained = TrainingText.Train(Options(type, 250) with { CharacterCoverage = 1f });
        HashSet<string> pieces = [.. trained.Select(piece => piece.Text)];

        foreach (string line in TrainingText.Lines)
            Assert.All(TrainingText.Identity(line).EnumerateRunes(), rune => Assert.Contains(rune.ToString(), pieces));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Doubling_the_corpus_changes_no_byte_pair_and_no_alphabet(SubwordAlgorithm type)
    {
        SubwordTrainingOptions options = Options(type, 250);
        string[] twice = [.. TrainingText.Lines, .. TrainingText.Lines];
        IReadOnlyList<ModelPiece> once = TrainingText.Train(options);
        IReadOnlyList<ModelPiece> doubled = TrainingText.Train(twice, options);

        if (type == SubwordAlgorithm.Bpe)
            Assert.Equal(once, doubled);
        Assert.Equal(Characters(once), Characters(doubled));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Symbols_keep_out_of_other_pieces(SubwordAlgorithm type)
    {
        SubwordTrainingOptions options = Options(type, 260) with { UserDefinedSymbols = ["test"], ControlSymbols = ["<2de>"] };
        IReadOnlyList<ModelPiece> trained = TrainingText.Train(options);

        Assert.Equal(new ModelPiece("<2de>", 0f, PieceType.Control), trained[3]);
        Assert.Equal(new ModelPiece("test", 0f, PieceType.UserDefined), trained[4]);
        Assert.Equal(["test"], trained.Select(piece => piece.Text).Where(piece => piece.Contains("test", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_size_too_small_for_the_alphabet_is_refused_with_the_least_size(SubwordAlgorithm type)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => TrainingText.Train(["abc abd"], Options(type, 7)));
        Assert.Contains("VocabularySize = 7 is too small; this corpus needs 8 or more (3 special pieces and symbols and 5 characters)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_too_large_for_the_corpus_is_refused_with_the_range()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(
            () => TrainingText.Train(["abc abd"], Options(SubwordAlgorithm.Bpe, 100)));

        // Merges: ab, ▁ab, ▁abc, ▁abd.
        Assert.Contains("VocabularySize = 100 is too large; this corpus gives between 8 and 12 pieces", fault.Message, StringComparison.Ordinal);
        Assert.Equal(12, TrainingText.Train(["abc abd"], Options(SubwordAlgorithm.Bpe, 12)).Count);
    }

    [Fact]
    public void A_soft_limit_takes_what_the_corpus_gives()
    {
        SubwordTrainingOptions options = Options(SubwordAlgorithm.Bpe, 100) with { HardVocabularyLimit = false };
        string[] pieces = [.. TrainingText.Train(["abc abd"], options).Select(piece => piece.Text)];

        Assert.Equal(["<unk>", "<s>", "</s>", "ab", "▁ab", "▁abc", "▁abd", "a", "b", "▁", "c", "d"], pieces);
    }

    [Fact]
    public void A_corpus_without_text_is_refused()
    {
        SubwordTrainingOptions options = new() { MaxLineBytes = 10 };
        ArgumentException fault = Assert.Throws<ArgumentException>(() => TrainingText.Train(["", "eleven char"], options));
        Assert.Contains("the corpus holds no text (1 lines are longer than MaxLineBytes = 10)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_one_letter_counts_pairs_that_do_not_overlap()
    {
        // "aaaaa" holds "aa" twice, "bb" three times in three words: bb merges first.
        SubwordTrainingOptions options = Options(SubwordAlgorithm.Bpe, 100) with { HardVocabularyLimit = false, SplitByWhitespace = true };
        string[] pieces = [.. TrainingText.Train(["aaaaa", "xbb", "ybb", "zbb"], options).Select(piece => piece.Text)];
        Assert.Equal("bb", pieces[3]);
        Assert.Equal("aa", pieces[4]);
    }

    private static SubwordTrainingOptions Options(SubwordAlgorithm type, int size) =>
        new() { Algorithm = type, VocabularySize = size };

    private static IEnumerable<string> Characters(IReadOnlyList<ModelPiece> trained) =>
        trained.Select(piece => piece.Text).Where(piece => piece.Length == 1).Order(StringComparer.Ordinal);
}
