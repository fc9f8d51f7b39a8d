namespace Sequor.Decoding.Engine;

/// <summary>Room for sentences that are decoded at once.</summary>
/// <param name="Sentences">How many.</param>
/// <param name="Pieces">Source pieces of all of them together.</param>
/// <param name="IsEmpty">Whether none is being decoded: then a sentence of any length fits.</param>
internal readonly record struct BatchRoom(int Sentences, int Pieces, bool IsEmpty = true)
{
    internal bool Fits(SentenceRequest request) => Fits(request.Source.Length);

    internal bool Fits(int pieces) => Sentences > 0 && (IsEmpty || pieces <= Pieces);

    internal BatchRoom Without(SentenceRequest request) => Without(request.Source.Length);

    internal BatchRoom Without(int pieces) => new(Sentences - 1, Pieces - pieces, false);
}
