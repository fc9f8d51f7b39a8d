namespace Sequor.Scoring;

/// <summary>
/// Counts the edits of TER: insertions, deletions, substitutions, and shifts of word runs. Which shift is taken follows Tercom's heuristics as sacreBLEU has
/// them: each time the one that lowers the edit distance most, until none does.
/// </summary>
internal sealed class TranslationEdits
{
    private const int _longestShift = 10;
    private const int _furthestShift = 50;
    private const int _mostCandidates = 1000;

    private readonly int[] _reference;
    private readonly BeamEditDistance _distance;
    private int _candidates;

    private TranslationEdits(int[] reference)
    {
        _reference = reference;
        _distance = new BeamEditDistance(reference);
    }

    private readonly record struct Shift(int Start, int Length, int Target)
    {
        // The run [Start, Start + Length) is taken out and put before the word that stood at Target; from within the run on, Target counts
        // the words that remain.
        internal int[] Apply(int[] words)
        {
            int end = Start + Length;
            if (Target < Start)
                return [.. words[..Target], .. words[Start..end], .. words[Target..Start], .. words[end..]];
            if (Target > end)
                return [.. words[..Start], .. words[end..Target], .. words[Start..end], .. words[Target..]];
            int resume = Math.Min(words.Length, Length + Target);
            return [.. words[..Start], .. words[end..resume], .. words[Start..end], .. words[resume..]];
        }
    }

    internal static int Count(int[] hypothesis, int[] reference) =>
        reference.Length == 0 ? hypothesis.Length : new TranslationEdits(reference).Count(hypothesis);

    private int Count(int[] hypothesis)
    {
        var shifts = 0;
        while (true)
        {
            int before = _distance.Keep(hypothesis);
            (int gain, int[] shifted) = BestShift(hypothesis, before);

            // As in sacreBLEU, the shift found when the candidates run out is not taken.
            if (_candidates >= _mostCandidates || gain <= 0)
                return shifts + before;
            shifts++;
            hypothesis = shifted;
        }
    }

    private (int Gain, int[] Shifted) BestShift(int[] hypothesis, int distanceBefore)
    {
        var alignment = new EditAlignment(_distance.Trace(hypothesis.Length));
        var distances = new Dictionary<Shift, int>();
        (int Gain, Shift Shift)? best = null;
        foreach ((int start, int referenceStart, int length) in SharedRuns(hypothesis))
        {
            if (!IsWorthShifting(alignment, start, referenceStart, length))
                continue;

            foreach (int target in Targets(alignment, referenceStart, length))
            {
                var shift = new Shift(start, length, target);
                if (!distances.TryGetValue(shift, out int distance))
                {
                    distance = _distance.OfShifted(shift.Apply(hypothesis), Math.Min(start, target));
                    distances.Add(shift, distance);
                }

                _candidates++;
                int gain = distanceBefore - distance;
                if (best is not { } leader || Precedes(gain, shift, leader.Gain, leader.Shift))
                    best = (gain, shift);
            }

            if (_candidates >= _mostCandidates)
                break;
        }

        return best is { } found ? (found.Gain, found.Shift.Apply(hypothesis)) : (0, hypothesis);
    }

    // Tercom's ranking: the greatest gain, then the longest run, then the earliest run, then the earliest target.
    private static bool Precedes(int gain, Shift shift, int otherGain, Shift other) =>
        (gain, shift.Length, -shift.Start, -shift.Target).CompareTo((otherGain, other.Length, -other.Start, -other.Target)) > 0;

    // Only a run that is wrong where it is, and missing where it would go, and that would not move within itself.
    private static bool IsWorthShifting(EditAlignment alignment, int start, int referenceStart, int length)
    {
        int place = alignment.HypothesisPlace(referenceStart);
        return !alignment.HypothesisIsRight(start, length)
            && !alignment.ReferenceIsRight(referenceStart, length)
            && (place < start || place >= start + length);
    }

    private static IEnumerable<int> Targets(EditAlignment alignment, int referenceStart, int length)
    {
        int previous = -1;
        for (int place = referenceStart - 1; place < referenceStart + length; place++)
        {
            int target = place < 0 ? 0 : alignment.HypothesisPlace(place) + 1;
            if (target != previous)
                yield return target;
            previous = target;
        }
    }

    private IEnumerable<(int Start, int ReferenceStart, int Length)> SharedRuns(int[] hypothesis)
    {
        for (var start = 0; start < hypothesis.Length; start++)
        {
            int last = Math.Min(_reference.Length - 1, start + _furthestShift);
            for (int referenceStart = Math.Max(0, start - _furthestShift); referenceStart <= last; referenceStart++)
            {
                int longest = Math.Min(_longestShift, Math.Min(hypothesis.Length - start, _reference.Length - referenceStart));
                for (var length = 1; length <= longest && hypothesis[start + length - 1] == _reference[referenceStart + length - 1]; length++)
                    yield return (start, referenceStart, length);
            }
        }
    }
}
