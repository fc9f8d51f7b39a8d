using System.Globalization;

namespace Sequor.Text.Training;

/// <summary>Every sentence with which a corpus and a vocabulary size can fail to fit.</summary>
internal static class VocabularySizeFaults
{
    public static ArgumentException NoText(TrainingCorpus corpus, SubwordTrainingOptions options) => new(Invariant(
        $"Training a subword vocabulary: the corpus holds no text ({corpus.LinesTooLong} lines are longer than MaxLineBytes = {options.MaxLineBytes}). Give it at least one line with text."));

    public static ArgumentException TooSmall(SubwordTrainingOptions options, int given, int characters) => new(Invariant(
        $"Training a subword vocabulary: VocabularySize = {options.VocabularySize} is too small; this corpus needs {given + characters} or more ({given} special pieces and symbols and {characters} characters). Raise VocabularySize or lower CharacterCoverage ({options.CharacterCoverage})."));

    public static ArgumentException TooLarge(SubwordTrainingOptions options, int largest, int smallest) => new(Invariant(
        $"Training a subword vocabulary: VocabularySize = {options.VocabularySize} is too large; this corpus gives between {smallest} and {largest} pieces. Choose a size in that range, add text, or set HardVocabularyLimit to false to take what there is."));

    private static string Invariant(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
