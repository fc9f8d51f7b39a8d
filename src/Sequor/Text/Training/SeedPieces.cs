using System.Text;

namespace Sequor.Text.Training;

/// <summary>Where unigram training begins: every character, and the substrings that cover most of the corpus.</summary>
internal static class SeedPieces
{
    private readonly record struct Candidate(int Start, int Length, double Coverage);

    private readonly record struct Run(int Depth, long Count, int Start, int Follower);

    /// <summary>Finds repeated substrings that cannot be made longer to the right without losing occurrences.</summary>
    /// <param name="text">The corpus.</param>
    /// <param name="characters">The alphabet with its counts; all of it becomes a seed.</param>
    /// <param name="rules">What a piece may look like.</param>
    /// <param name="options">The longest piece and the number of candidates.</param>
    /// <returns>Pieces and natural logarithms of their shares of frequency × length.</returns>
    public static UnigramPieces Find(
        SegmentedText text, IReadOnlyList<(int CodePoint, long Count)> characters, PieceRules rules, SubwordTrainingOptions options)
    {
        List<(string Piece, double Coverage)> seeds =
            [.. characters.Where(character => character.Count > 0).Select(character => (new Rune(character.CodePoint).ToString(), (double)character.Count))];
        seeds.AddRange(
            Repeated(text, options.MaxPieceLength)
                .Select(candidate => (Piece: TextOf(text, candidate), candidate.Coverage))
                .Where(seed => rules.IsValid(seed.Piece))
                .OrderByDescending(seed => seed.Coverage)
                .ThenBy(seed => seed.Piece, Comparer<string>.Create(CodePoints.Compare))
                .Take(options.SeedPieces));

        double logTotal = Math.Log(seeds.Sum(seed => seed.Coverage));
        return new UnigramPieces([.. seeds.Select(seed => (seed.Piece, Math.Log(seed.Coverage) - logTotal))]);
    }

    // Suffixes that share a beginning lie side by side in sorted order: a run of neighbours that share at least so many
    // characters is a substring, and the run's summed counts are its frequency (Abouelhoda, Kurtz and Ohlebusch 2004).
    private static List<Candidate> Repeated(SegmentedText text, int maxLength)
    {
        int[] order = SuffixOrder.Of(text, maxLength);
        int[] remaining = SuffixOrder.Remaining(text);
        int[] segmentOf = SegmentsByPlace(text);
        List<Candidate> found = [];
        Stack<Run> open = new([new Run(0, 0, 0, CountedText.AnyFollower)]);
        for (int i = 0; i <= order.Length; i++)
        {
            int shared = i == 0 || i == order.Length ? 0 : SharedLength(text, remaining, order[i - 1], order[i], maxLength);
            Close(open, shared, found);
            if (i == order.Length)
                break;
            int place = order[i];
            int segment = segmentOf[place];
            int depth = Math.Min(remaining[place], maxLength);
            int follower = depth == remaining[place] ? text.FollowerOf(segment) : text.All[place + depth];
            Join(open, new Run(depth, text.CountOf(segment), place, follower));
        }
        return found;
    }

    private static void Close(Stack<Run> open, int shared, List<Candidate> found)
    {
        while (open.Peek().Depth > shared)
        {
            Run run = open.Pop();
            if (run.Depth > 1 && run.Count > 1 && run.Follower == CountedText.AnyFollower)
                found.Add(new Candidate(run.Start, run.Depth, (double)run.Count * run.Depth));
            Join(open, run with { Depth = Math.Max(open.Peek().Depth, shared), Follower = CountedText.AnyFollower });
        }
    }

    private static void Join(Stack<Run> open, Run run)
    {
        if (open.Peek().Depth == run.Depth)
        {
            Run wider = open.Pop();
            int follower = wider.Follower == run.Follower ? run.Follower : CountedText.AnyFollower;
            run = wider with { Count = wider.Count + run.Count, Follower = follower };
        }
        open.Push(run);
    }

    private static int SharedLength(SegmentedText text, int[] remaining, int left, int right, int maxLength)
    {
        int limit = Math.Min(maxLength, Math.Min(remaining[left], remaining[right]));
        return text.All.Slice(left, limit).CommonPrefixLength(text.All.Slice(right, limit));
    }

    private static int[] SegmentsByPlace(SegmentedText text)
    {
        int[] segmentOf = new int[text.Length];
        for (int segment = 0; segment < text.Segments; segment++)
            segmentOf.AsSpan(text.StartOf(segment)..text.EndOf(segment)).Fill(segment);
        return segmentOf;
    }

    private static string TextOf(SegmentedText text, Candidate candidate)
    {
        StringBuilder piece = new();
        foreach (int codePoint in text.All.Slice(candidate.Start, candidate.Length))
            piece.Append(new Rune(codePoint).ToString());
        return piece.ToString();
    }
}
