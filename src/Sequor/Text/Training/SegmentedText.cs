namespace Sequor.Text.Training;

/// <summary>Distinct segments end to end as code points, with how often the corpus holds each.</summary>
internal sealed class SegmentedText
{
    private readonly int[] _codePoints;
    private readonly int[] _starts;
    private readonly long[] _counts;
    private readonly int[] _followers;

    public SegmentedText(IReadOnlyList<CountedText> segments)
    {
        _counts = [.. segments.Select(segment => segment.Count)];
        _followers = [.. segments.Select(segment => segment.Follower)];
        _starts = new int[segments.Count + 1];
        for (int index = 0; index < segments.Count; index++)
            _starts[index + 1] = checked(_starts[index] + CodePoints.Count(segments[index].Text));

        _codePoints = new int[_starts[^1]];
        for (int index = 0; index < segments.Count; index++)
            CodePoints.Of(segments[index].Text).CopyTo(_codePoints, _starts[index]);
    }

    /// <summary>Code points in all segments together.</summary>
    public int Length => _codePoints.Length;

    /// <summary>Distinct segments.</summary>
    public int Segments => _counts.Length;

    /// <summary>All code points, segment after segment.</summary>
    public ReadOnlySpan<int> All => _codePoints;

    /// <summary>Where a segment begins.</summary>
    public int StartOf(int segment) => _starts[segment];

    /// <summary>Where a segment ends, exclusive.</summary>
    public int EndOf(int segment) => _starts[segment + 1];

    /// <summary>How often the corpus holds a segment.</summary>
    public long CountOf(int segment) => _counts[segment];

    /// <summary>What follows a segment in the corpus, see <see cref="CountedText.Follower"/>.</summary>
    public int FollowerOf(int segment) => _followers[segment];

    /// <summary>The code points of one segment.</summary>
    public ReadOnlySpan<int> this[int segment] => _codePoints.AsSpan(_starts[segment].._starts[segment + 1]);
}
