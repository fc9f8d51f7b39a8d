namespace Sequor.Decoding.Constraints;

/// <summary>
/// A constraint on an output as a machine that reads it piece by piece. Where an output stands is a number, so that hypotheses can part and be compared without
/// anything being copied. One machine may be asked by many threads at once.
/// </summary>
internal abstract class ConstraintMachine
{
    /// <summary>Where an output stands that can no longer keep to the constraint.</summary>
    internal const int Broken = -1;

    /// <summary>No piece.</summary>
    internal const int NoPiece = -1;

    /// <summary>Where an empty output stands.</summary>
    internal abstract int Start { get; }

    /// <summary>Where an output stands after one more piece; <see cref="Broken"/> when that piece may not come.</summary>
    /// <param name="state">Where it stands; not <see cref="Broken"/>.</param>
    /// <param name="previous">Its last piece; <see cref="NoPiece"/> when it is empty.</param>
    /// <param name="id">The piece that follows.</param>
    internal abstract int Next(int state, int previous, int id);

    /// <summary>Whether the output may end here.</summary>
    internal abstract bool MayEnd(int state);

    /// <summary>Gives the pieces that may not come next a log-probability of minus infinity; never the end sign.</summary>
    /// <param name="state">Where the output stands; not <see cref="Broken"/>.</param>
    /// <param name="room">How many more pieces the output may have.</param>
    /// <param name="logProbabilities">[V]</param>
    internal abstract void Ban(int state, int room, Span<float> logProbabilities);

    /// <summary>Tells which of the sentence's constraints an output has kept to.</summary>
    /// <param name="ids">The output.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="met">For each constraint of the sentence; those that are not met are set to false.</param>
    internal abstract void Report(ReadOnlySpan<int> ids, int state, Span<bool> met);
}
