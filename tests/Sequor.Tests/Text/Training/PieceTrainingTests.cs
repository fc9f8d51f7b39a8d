using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class PieceTrainingTests
{
    public static TheoryData<SubwordModelType> Learners => [SubwordModelType.Bpe, SubwordModelType.Unigram];

    [Theory, MemberData(nameof(Learners))]
    public void The_vocabulary_has_the_size_asked_for(SubwordModelType type)
    {
        for (int size = 200; size <= 320; size += 40)
        {
            TrainedPieces trained = TrainingText.Train(Options(type, size));
            Assert.Equal(size, trained.Pieces.Count);
            Assert.Equal(size, trained.Pieces.Select(piece => piece.Piece).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public void The_order_of_the_lines_does_not_matter(SubwordModelType type)
    {
        SubwordTrainingOptions options = Options(type, 250);
        string[] shuffled = [.. TrainingText.Lines];
        new Random(7).Shuffle(shuffled);

        Assert.Equal(TrainingText.Train(options).Pieces, PieceTraining.Train(shuffled, options, TrainingText.Identity).Pieces);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Every_covered_character_is_a_piece(SubwordModelType type)
    {
        TrainedPieces trained = TrainingText.Train(Options(type, 250) with { CharacterCoverage = 1f });
        HashSet<string> pieces = [.. trained.Pieces.Select(piece => piece.Piece)];

        foreach (string line in TrainingText.Lines)
            Assert.All(TrainingText.Identity(line).EnumerateRunes(), rune => Assert.Contains(rune.ToString(), pieces));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Doubling_the_corpus_changes_no_byte_pair_and_no_alphabet(SubwordModelType type)
    {
        SubwordTrainingOptions options = Options(type, 250);
        string[] twice = [.. TrainingText.Lines, .. TrainingText.Lines];
        TrainedPieces once = TrainingText.Train(options);
        TrainedPieces doubled = PieceTraining.Train(twice, options, TrainingText.Identity);

        if (type == SubwordModelType.Bpe)
            Assert.Equal(once.Pieces, doubled.Pieces);
        Assert.Equal(Characters(once), Characters(doubled));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Symbols_keep_out_of_other_pieces(SubwordModelType type)
    {
        SubwordTrainingOptions options = Options(type, 260) with { UserDefinedSymbols = ["test"], ControlSymbols = ["<2de>"] };
        TrainedPieces trained = TrainingText.Train(options);

        Assert.Equal(("<2de>", 0f, PieceType.Control), trained.Pieces[3]);
        Assert.Equal(("test", 0f, PieceType.UserDefined), trained.Pieces[4]);
        Assert.Equal(["test"], trained.Pieces.Select(piece => piece.Piece).Where(piece => piece.Contains("test", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Learners))]
    public void A_size_too_small_for_the_alphabet_is_refused_with_the_least_size(SubwordModelType type)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => PieceTraining.Train(["abc abd"], Options(type, 7), TrainingText.Identity));
        Assert.Contains("VocabularySize = 7 is too small; this corpus needs 8 or more (3 special pieces and symbols and 5 characters)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_too_large_for_the_corpus_is_refused_with_the_range()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(
            () => PieceTraining.Train(["abc abd"], Options(SubwordModelType.Bpe, 100), TrainingText.Identity));

        // Merges: ab, ▁ab, ▁abc, ▁abd.
        Assert.Contains("VocabularySize = 100 is too large; this corpus gives between 8 and 12 pieces", fault.Message, StringComparison.Ordinal);
        Assert.Equal(12, PieceTraining.Train(["abc abd"], Options(SubwordModelType.Bpe, 12), TrainingText.Identity).Pieces.Count);
    }

    [Fact]
    public void A_soft_limit_takes_what_the_corpus_gives()
    {
        SubwordTrainingOptions options = Options(SubwordModelType.Bpe, 100) with { HardVocabularyLimit = false };
        string[] pieces = [.. PieceTraining.Train(["abc abd"], options, TrainingText.Identity).Pieces.Select(piece => piece.Piece)];

        Assert.Equal(["<unk>", "<s>", "</s>", "ab", "▁ab", "▁abc", "▁abd", "a", "b", "▁", "c", "d"], pieces);
    }

    [Fact]
    public void A_corpus_without_text_is_refused()
    {
        SubwordTrainingOptions options = new() { MaxLineBytes = 10 };
        ArgumentException fault = Assert.Throws<ArgumentException>(() => PieceTraining.Train(["", "eleven char"], options, TrainingText.Identity));
        Assert.Contains("the corpus holds no text (1 lines are longer than MaxLineBytes = 10)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_one_letter_counts_pairs_that_do_not_overlap()
    {
        // "aaaaa" holds "aa" twice, "bb" three times in three words: bb merges first.
        SubwordTrainingOptions options = Options(SubwordModelType.Bpe, 100) with { HardVocabularyLimit = false, SplitByWhitespace = true };
        string[] pieces = [.. PieceTraining.Train(["aaaaa", "xbb", "ybb", "zbb"], options, TrainingText.Identity).Pieces.Select(piece => piece.Piece)];
        Assert.Equal("bb", pieces[3]);
        Assert.Equal("aa", pieces[4]);
    }

    private static SubwordTrainingOptions Options(SubwordModelType type, int size) =>
        new() { ModelType = type, VocabularySize = size };

    private static IEnumerable<string> Characters(TrainedPieces trained) =>
        trained.Pieces.Select(piece => piece.Piece).Where(piece => piece.Length == 1).Order(StringComparer.Ordinal);
}
