namespace Sequor.Text.Training;

/// <summary>A stretch of normalised text and how often the corpus holds it.</summary>
internal readonly record struct CountedText(string Text, long Count);
