using Sequor.Alignments;
using Sequor.Text;

namespace Sequor.Tests.Alignments;

/// <summary>Small corpora, and one whose links are known because they were made with it.</summary>
internal static class AlignmentSamples
{
    // Four pairs that tell every word of their eight.
    internal static readonly (string Source, string Target)[] HousePairs =
    [
        ("das Haus", "the house"),
        ("das Buch", "the book"),
        ("ein Buch", "a book"),
        ("ein Haus", "a house"),
    ];

    internal static AlignmentCorpus Corpus(params (string Source, string Target)[] pairs)
    {
        AlignmentCorpus corpus = new(new WordNumbers(), new WordNumbers());
        foreach ((string source, string target) in pairs)
            corpus.Add(corpus.SourceWords.Encode(source, learn: true), corpus.TargetWords.Encode(target, learn: true));
        return corpus;
    }

    internal static double Probability(this WordAligner aligner, string given, string written) =>
        aligner.Forward!.Probability(aligner.SourceWords.NumberOf(given), aligner.TargetWords.NumberOf(written));

    /// <summary>
    /// Sentences of words that follow Zipf's law; each is said by a word of its own, neighbours change places now and then, some words stay unsaid and some
    /// are added. Returns the corpus and its links as lines of the Pharaoh format.
    /// </summary>
    internal static (AlignmentCorpus Corpus, string[] Links) Made(int pairs, int words, ulong seed)
    {
        ulong state = seed;
        double Draw()
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (state >> 11) / (double)(1UL << 53);
        }

        AlignmentCorpus corpus = new(new WordNumbers(Enumerable.Range(0, words).Select(word => $"s{word}")), new WordNumbers(Enumerable.Range(0, words + 1).Select(word => $"t{word}")));
        string[] lines = new string[pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            int[] source = [.. Enumerable.Range(0, 4 + (int)(Draw() * 10)).Select(_ => (int)(Math.Pow(words, Draw()) - 1))];
            List<int> order = [.. Enumerable.Range(0, source.Length).Where(_ => Draw() > 0.08)];
            for (int i = 1; i < order.Count; i++)
            {
                if (Draw() < 0.2)
                    (order[i - 1], order[i]) = (order[i], order[i - 1]);
            }

            List<(int Word, int From)> target = [.. order.Select(from => (source[from], from))];
            if (target.Count == 0 || Draw() < 0.3)
                target.Insert((int)(Draw() * (target.Count + 1)), (words, -1));
            corpus.Add(source, [.. target.Select(one => one.Word)]);
            lines[pair] = string.Join(' ', target.Select((one, place) => (one.From, place)).Where(link => link.From >= 0).Select(link => $"{link.From}-{link.place}"));
        }

        return (corpus, lines);
    }

    internal static string[] Lines(IEnumerable<PairAlignment> alignments) =>
        [.. alignments.Select(one => string.Join(' ', one.Links.Select(Line)))];

    internal static double ErrorRate(string[] lines, string[] correct) => Sequor.Scoring.MetricSet.Parse("aer").Score(lines, [correct])[0].Score;

    private static string Line(AlignmentLink link) => $"{link.Source}-{link.Target}";
}
