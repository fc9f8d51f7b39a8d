using System.Text;

namespace Sequor.Text.Training;

/// <summary>From a corpus to the pieces of a vocabulary, whichever way they are found.</summary>
internal static class PieceTraining
{
    /// <summary>Reads the corpus once and finds a vocabulary.</summary>
    /// <param name="lines">One sentence per line; any order gives the same pieces unless the options draw a sample.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="normalise">Line to normalised line, spaces written as U+2581.</param>
    /// <param name="cancellation">Checked at every line, merge and pass.</param>
    /// <exception cref="ArgumentException">The corpus holds no text, or the vocabulary size does not fit it.</exception>
    public static IReadOnlyList<ModelPiece> Train(
        IEnumerable<string> lines, SubwordTrainingOptions options, Func<string, string> normalise, CancellationToken cancellation)
    {
        MetaPieces given = new(options);
        TrainingCorpus corpus = new(options, normalise, given.Texts);
        corpus.Read(lines, cancellation);
        if (corpus.Words.Count == 0)
            throw VocabularySizeFaults.NoText(corpus, options);

        Alphabet alphabet = Alphabet.Of(corpus.Words, options, given.Texts);
        int room = options.VocabularySize - given.Count;
        bool needsAlphabet = options.Algorithm is SubwordAlgorithm.Bpe or SubwordAlgorithm.Unigram;
        if (room < (needsAlphabet ? alphabet.Characters.Count : 1))
            throw VocabularySizeFaults.TooSmall(options, given.Count, needsAlphabet ? alphabet.Characters.Count : 1);

        IReadOnlyList<(string Piece, float Score)> learned = options.Algorithm switch
        {
            SubwordAlgorithm.Bpe => BytePairs(corpus, alphabet, options, room, cancellation),
            SubwordAlgorithm.Unigram => Unigrams(corpus, alphabet, options, room, cancellation),
            SubwordAlgorithm.Word => WordPieces(corpus, alphabet, room),
            SubwordAlgorithm.Character => CharacterPieces(alphabet, room),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Algorithm, "There is no such algorithm."),
        };
        bool mayBeSmaller = !options.HardVocabularyLimit || options.Algorithm == SubwordAlgorithm.Character;
        if (learned.Count < room && !mayBeSmaller)
            throw VocabularySizeFaults.TooLarge(options, given.Count + learned.Count, given.Count + alphabet.Characters.Count);
        return given.Weave(learned);
    }

    private static List<(string Piece, float Score)> BytePairs(
        TrainingCorpus corpus, Alphabet alphabet, SubwordTrainingOptions options, int room, CancellationToken cancellation)
    {
        PieceRules rules = new(options);
        IReadOnlyList<CountedText> segments = Segments.Of(corpus.Words, alphabet, rules);
        IEnumerable<string> pieces = BpeTrainer.Merges(segments, rules, room - alphabet.Characters.Count, cancellation)
            .Concat(alphabet.Characters.Select(character => new Rune(character.CodePoint).ToString()));
        return [.. pieces.Select((piece, index) => (piece, -(float)index))];
    }

    private static List<(string Piece, float Score)> Unigrams(
        TrainingCorpus corpus, Alphabet alphabet, SubwordTrainingOptions options, int room, CancellationToken cancellation)
    {
        PieceRules rules = new(options);
        SegmentedText text = new(Segments.Of(corpus.Words, alphabet, rules));
        return UnigramTrainer.Train(text, alphabet, rules, options, room, cancellation);
    }

    private static List<(string Piece, float Score)> CharacterPieces(Alphabet alphabet, int room) =>
        WithLogShares(
            alphabet.Characters.Select(character => new CountedText(new Rune(character.CodePoint).ToString(), Math.Max(1, character.Count))),
            alphabet.Characters.Sum(character => character.Count), room);

    private static List<(string Piece, float Score)> WordPieces(TrainingCorpus corpus, Alphabet alphabet, int room) =>
        WithLogShares(
            corpus.Words.Where(word => word.Text.EnumerateRunes().All(rune => alphabet.Covers(rune.Value)))
                .OrderByDescending(word => word.Count),
            corpus.Words.Sum(word => word.Count), room);

    private static List<(string Piece, float Score)> WithLogShares(IEnumerable<CountedText> texts, long total, int room) =>
        [.. texts.Take(room).Select(text => (text.Text, MathF.Log(text.Count) - MathF.Log(total)))];
}
