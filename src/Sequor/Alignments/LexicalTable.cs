using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>
/// The likeliest translations of every source word, p(target | source), most likely first, and the most frequent target words: what
/// <see cref="LexicalShortlist"/>, <see cref="LexicalScore"/> and the replacement of unknown words need of an aligner. Immutable and thread-safe.
/// </summary>
public sealed class LexicalTable
{
    private const string FirstLine = "sequor-lexicon 1";

    private readonly WordNumbers _sources;
    private readonly WordNumbers _targets;
    private readonly int[] _starts;
    private readonly int[] _written;
    private readonly float[] _probabilities;
    private readonly int[] _frequent;

    private LexicalTable(WordNumbers sources, WordNumbers targets, bool isOfPieces, int[] starts, int[] written, float[] probabilities, int[] frequent)
    {
        (_sources, _targets, IsOfPieces) = (sources, targets, isOfPieces);
        (_starts, _written, _probabilities, _frequent) = (starts, written, probabilities, frequent);
    }

    /// <summary>The source words by their numbers; of pieces, by their ids.</summary>
    public IReadOnlyList<string> SourceWords => _sources.Words;

    /// <summary>The target words by their numbers; of pieces, by their ids.</summary>
    public IReadOnlyList<string> TargetWords => _targets.Words;

    /// <summary>Whether words are the pieces of a vocabulary.</summary>
    public bool IsOfPieces { get; }

    /// <summary>The most frequent target words, most frequent first; of equals, the lower number.</summary>
    public ReadOnlySpan<int> Frequent => _frequent;

    /// <summary>How many translations there are.</summary>
    public int Count => _written.Length;

    /// <summary>Takes the likeliest translations out of an aligner.</summary>
    /// <param name="aligner">An aligner that has learnt the forward direction.</param>
    /// <param name="corpus">The pairs whose target words are counted; null to count none, then no word is frequent.</param>
    /// <param name="top">How many translations of a word are kept at most, 1 or more. Default 100.</param>
    /// <param name="frequent">How many frequent target words are kept at most, 0 or more. Default 100.</param>
    /// <exception cref="ArgumentException">The aligner has not learnt the forward direction.</exception>
    public static LexicalTable Of(WordAligner aligner, AlignmentCorpus? corpus = null, int top = 100, int frequent = 100)
    {
        ArgumentNullException.ThrowIfNull(aligner);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(frequent);
        TranslationRows rows = aligner.Forward?.Rows
            ?? throw new ArgumentException("A lexical table needs p(target | source); this aligner has learnt the reverse direction only.", nameof(aligner));
        List<int> written = [];
        List<float> probabilities = [];
        int[] starts = new int[rows.Count + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            IEnumerable<TranslationEntry> best = rows[row].Where(entry => entry.Key != 0)
                .OrderByDescending(entry => entry.Probability).ThenBy(entry => entry.Key).Take(top);
            foreach (TranslationEntry entry in best)
            {
                written.Add(entry.Key - 1);
                probabilities.Add(entry.Probability);
            }

            starts[row + 1] = written.Count;
        }

        return new LexicalTable(
            aligner.SourceWords, aligner.TargetWords, aligner.IsOfPieces, starts, [.. written], [.. probabilities],
            corpus is null ? [] : MostFrequent(corpus, aligner.TargetWords.Count, frequent));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is something else, damaged or of a newer format.</exception>
    public static LexicalTable Load(string path) => CheckedFile.Read(path, FirstLine, "lexical table of 'sequor align'", reader =>
    {
        bool isOfPieces = reader.ReadBoolean();
        var sources = new WordNumbers(CheckedFile.ReadWords(reader));
        var targets = new WordNumbers(CheckedFile.ReadWords(reader));
        int[] frequent = new int[reader.ReadInt32()];
        for (int i = 0; i < frequent.Length; i++)
            frequent[i] = reader.ReadInt32();
        int[] starts = new int[sources.Count + 2];
        for (int row = 0; row <= sources.Count; row++)
            starts[row + 1] = starts[row] + reader.ReadInt32();
        int[] written = new int[starts[^1]];
        float[] probabilities = new float[written.Length];
        for (int i = 0; i < written.Length; i++)
            (written[i], probabilities[i]) = (reader.ReadInt32(), reader.ReadSingle());
        return new LexicalTable(sources, targets, isOfPieces, starts, written, probabilities, frequent);
    });

    /// <summary>Writes the table; <c>docs/formats.md</c> has the bytes.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void Save(string path) => CheckedFile.Write(path, FirstLine, writer =>
    {
        writer.Write(IsOfPieces);
        CheckedFile.Write(writer, _sources.Words);
        CheckedFile.Write(writer, _targets.Words);
        writer.Write(_frequent.Length);
        foreach (int word in _frequent)
            writer.Write(word);
        for (int row = 0; row <= _sources.Count; row++)
            writer.Write(_starts[row + 1] - _starts[row]);
        for (int i = 0; i < _written.Length; i++)
        {
            writer.Write(_written[i]);
            writer.Write(_probabilities[i]);
        }
    });

    /// <summary>The translations of a source word, most likely first.</summary>
    /// <param name="source">Number of the source word; one that the table does not know has none.</param>
    public ReadOnlySpan<int> Targets(int source) => (uint)source < (uint)_sources.Count ? RowOf(_written, source + 1) : [];

    /// <summary>The probabilities of <see cref="Targets"/>.</summary>
    /// <param name="source">Number of the source word; one that the table does not know has none.</param>
    public ReadOnlySpan<float> Probabilities(int source) => (uint)source < (uint)_sources.Count ? RowOf(_probabilities, source + 1) : [];

    /// <summary>p(target | source); 0 where the table does not have it.</summary>
    /// <param name="source">Number of the source word.</param>
    /// <param name="target">Number of the target word.</param>
    public double Probability(int source, int target) => (uint)source < (uint)_sources.Count ? ProbabilityIn(source + 1, target) : 0;

    /// <summary>p(target | nothing), for words without a counterpart; 0 where the table does not have it.</summary>
    /// <param name="target">Number of the target word.</param>
    public double ProbabilityOfNone(int target) => ProbabilityIn(0, target);

    /// <summary>The likeliest translation of a source word; null for a word that the table does not know.</summary>
    /// <param name="sourceWord">The word as it stands in the text.</param>
    public string? Translate(string sourceWord)
    {
        ArgumentNullException.ThrowIfNull(sourceWord);
        ReadOnlySpan<int> targets = Targets(_sources.NumberOf(sourceWord));
        return targets.IsEmpty ? null : _targets.Words[targets[0]];
    }

    /// <summary>The numbers of a line's source words, which stand between spaces or tabs; -1 for a word that the table does not know.</summary>
    /// <param name="line">The line.</param>
    public int[] EncodeSource(string line) => _sources.Encode(line, learn: false);

    /// <summary>The numbers of a line's target words, which stand between spaces or tabs; -1 for a word that the table does not know.</summary>
    /// <param name="line">The line.</param>
    public int[] EncodeTarget(string line) => _targets.Encode(line, learn: false);

    /// <summary>Says why the table cannot serve a model.</summary>
    /// <param name="source">The vocabulary of the model's sources.</param>
    /// <param name="target">The vocabulary of its targets.</param>
    /// <returns>A sentence; null where the table's pieces are the vocabularies' own.</returns>
    public string? FaultFor(Vocabulary source, Vocabulary target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        const string advice = "Make it with 'sequor align --vocab MODEL --shortlist FILE'.";
        if (!IsOfPieces)
            return $"The lexical table is of words, but pieces of the model's vocabulary are needed. {advice}";
        foreach ((string side, IReadOnlyList<string> own, Vocabulary wanted) in ((string, IReadOnlyList<string>, Vocabulary)[])
            [("source", SourceWords, source), ("target", TargetWords, target)])
        {
            if (!own.SequenceEqual(wanted.Pieces))
                return $"The {side} pieces of the lexical table ({own.Count}) are not those of the model ({wanted.Size}). {advice}";
        }

        return null;
    }

    private static int[] MostFrequent(AlignmentCorpus corpus, int words, int most)
    {
        long[] counts = new long[words];
        for (int pair = 0; pair < corpus.Count; pair++)
        {
            foreach (int word in corpus.Target(pair))
            {
                if ((uint)word < (uint)words)
                    counts[word]++;
            }
        }

        return [.. Enumerable.Range(0, words).Where(word => counts[word] > 0).OrderByDescending(word => counts[word]).Take(most)];
    }

    private double ProbabilityIn(int row, int target)
    {
        int place = RowOf(_written, row).IndexOf(target);
        return place < 0 ? 0 : RowOf(_probabilities, row)[place];
    }

    private ReadOnlySpan<T> RowOf<T>(T[] values, int row) => values.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);
}
