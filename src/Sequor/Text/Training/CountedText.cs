namespace Sequor.Text.Training;

/// <summary>A stretch of normalised text and how often the corpus holds it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Count">Its occurrences.</param>
/// <param name="Follower">The code point that follows it wherever it stands, or <see cref="AnyFollower"/>.</param>
internal readonly record struct CountedText(string Text, long Count, int Follower = CountedText.AnyFollower)
{
    /// <summary>Stands for "not always the same": several code points, or the end of a word, behind which anything may come.</summary>
    public const int AnyFollower = -1;
}
