namespace Sequor.Text.Training;

/// <summary>Two neighbouring symbols that may merge, and where they stand side by side.</summary>
internal sealed class BpePair(int left, int right, string text)
{
    public int Left { get; } = left;

    public int Right { get; } = right;

    /// <summary>The text of the piece that the merge would make.</summary>
    public string Text { get; } = text;

    /// <summary>Length of <see cref="Text"/> in code points.</summary>
    public int Length { get; } = CodePoints.Count(text);

    /// <summary>Places of the left symbol, ascending; some may no longer hold until the next recount.</summary>
    public List<int> Places { get; private set; } = [];

    /// <summary>Occurrences at the last recount, never less than the true number of now.</summary>
    public long Count { get; set; }

    /// <summary>Whether a merge has taken occurrences away since the last recount.</summary>
    public bool IsStale { get; set; } = true;

    /// <summary>Whether the pair waits for its first entry in the queue after gaining places.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether the pair has been merged, or its text is a piece already.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes the pair out of the race and frees its places.</summary>
    public void Finish()
    {
        IsDone = true;
        Places = [];
    }
}
