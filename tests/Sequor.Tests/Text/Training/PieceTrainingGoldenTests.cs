using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

/// <summary>The same corpus and settings give the same pieces as spm_train 0.1.97 (tools/golden/subword-golden.sh).</summary>
public sealed class PieceTrainingGoldenTests
{
    private static readonly SubwordTrainingOptions Bpe = new() { Algorithm = SubwordAlgorithm.Bpe };

    [Fact]
    public void Byte_pairs_with_default_settings_match() =>
        Matches("bpe.vocab", Bpe with { VocabularySize = 500 });

    [Fact]
    public void Byte_pairs_with_a_covered_alphabet_and_required_characters_match() =>
        Matches("bpe-covered.vocab", Bpe with { VocabularySize = 320, CharacterCoverage = 0.98f, RequiredCharacters = "Å£" });

    [Fact]
    public void Byte_pairs_with_single_digits_match() =>
        Matches("bpe-digits.vocab", Bpe with { VocabularySize = 450, SplitDigits = true, CharacterCoverage = 1f });

    [Fact]
    public void Byte_pairs_with_digits_beside_letters_match() =>
        Matches("bpe-numbers.vocab", Bpe with { VocabularySize = 450, SplitByNumber = false });

    [Fact]
    public void Byte_pairs_across_scripts_match() =>
        Matches("bpe-scripts.vocab", Bpe with { VocabularySize = 450, SplitByUnicodeScript = false });

    [Fact]
    public void Byte_pairs_across_words_match() =>
        Matches("bpe-phrases.vocab", Bpe with { VocabularySize = 450, SplitByWhitespace = false });

    [Fact]
    public void Byte_pairs_of_at_most_three_characters_match() =>
        Matches("bpe-short.vocab", Bpe with { VocabularySize = 400, MaxPieceLength = 3 });

    [Fact]
    public void Byte_pairs_beside_symbols_bytes_and_moved_specials_match() =>
        Matches("bpe-symbols.vocab", Bpe with
        {
            VocabularySize = 700,
            ByteFallback = true,
            PadId = 0,
            UnknownId = 1,
            EndId = 2,
            BeginId = 3,
            ControlSymbols = ["<2de>", "<pad>"],
            UserDefinedSymbols = ["the", "child", "colour", "10:"],
        });

    [Fact]
    public void Words_match() =>
        Matches("word.vocab", new() { Algorithm = SubwordAlgorithm.Word, VocabularySize = 150 });

    [Fact]
    public void Characters_match() =>
        Matches("char.vocab", new() { Algorithm = SubwordAlgorithm.Character, VocabularySize = 100 });

    private static void Matches(string file, SubwordTrainingOptions options) =>
        Assert.Equal(TrainingText.Read(file), TrainingText.VocabularyLines(TrainingText.Train(options)));
}
