using System.Text;

namespace Sequor.Text.Training;

/// <summary>
/// Unigram language model over pieces (Kudo 2018): from far too many seeds, expectation–maximisation and pruning by turns
/// until the vocabulary has its size. All sums run in one fixed order, so a corpus and its settings give one result.
/// </summary>
internal static class UnigramTrainer
{
    // Training stops a tenth above the wanted size, because the alphabet may push pieces out at the end.
    private const double Margin = 1.1;

    // Keeps characters that share the lowest score apart, the frequent ones first.
    private const double TieStep = 0.0001;

    /// <summary>Finds at most <paramref name="room"/> pieces, the whole alphabet among them, by falling log probability.</summary>
    public static List<(string Piece, float Score)> Train(
        SegmentedText text, Alphabet alphabet, PieceRules rules, SubwordTrainingOptions options, int room, CancellationToken cancellation)
    {
        int wanted = (int)(options.VocabularySize * Margin);
        UnigramPieces pieces = SeedPieces.Find(text, alphabet.Characters, rules, options);
        while (true)
        {
            for (int pass = 0; pass < options.SubIterations; pass++)
            {
                cancellation.ThrowIfCancellationRequested();
                pieces = UnigramExpectation.Improve(text, pieces);
            }
            if (pieces.Count <= wanted)
                return Finish(pieces, alphabet, room);

            int keep = Math.Max(wanted, (int)(options.ShrinkingFactor * pieces.Count));
            UnigramPieces kept = UnigramPruning.Prune(text, pieces, keep);
            if (kept.Count == pieces.Count)
                return Finish(pieces, alphabet, room);
            pieces = kept;
        }
    }

    private static List<(string Piece, float Score)> Finish(UnigramPieces pieces, Alphabet alphabet, int room)
    {
        Dictionary<string, double> learned = new(StringComparer.Ordinal);
        for (int piece = 0; piece < pieces.Count; piece++)
            learned.Add(pieces[piece].Piece, pieces[piece].LogProbability);

        Dictionary<string, double> final = new(StringComparer.Ordinal);
        double lowest = pieces.Lowest;
        foreach ((int codePoint, long _) in alphabet.Characters)
        {
            string character = new Rune(codePoint).ToString();
            if (!learned.Remove(character, out double logProbability))
            {
                logProbability = lowest;
                lowest -= TieStep;
            }
            final.Add(character, logProbability);
        }
        foreach ((string piece, double logProbability) in ByScore(learned).Take(room - final.Count))
            final.Add(piece, logProbability);
        return [.. ByScore(final).Select(entry => (entry.Key, (float)entry.Value))];
    }

    private static IOrderedEnumerable<KeyValuePair<string, double>> ByScore(Dictionary<string, double> scored) =>
        scored.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, Comparer<string>.Create(CodePoints.Compare));
}
