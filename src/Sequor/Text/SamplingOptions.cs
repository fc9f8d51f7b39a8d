using System.Globalization;

namespace Sequor.Text;

/// <summary>How <see cref="Tokenizer.EncodeSampled"/> strays from the best segmentation (subword regularisation).</summary>
public sealed record SamplingOptions
{
    /// <summary>
    /// BPE: the probability, 0 to 1, that a merge is left out (Provilkov et al. 2020); 0 is the usual encoding.
    /// Unigram: the exponent, 0 or more, on a segmentation's probability (Kudo 2018); 0 makes all alike, large values near the best. Default 0.1.
    /// </summary>
    public float Alpha { get; init; } = 0.1f;

    /// <summary>
    /// Unigram only: how many of the best segmentations are drawn from; 0 or 1 takes the best, -1 draws from all. Default -1.
    /// </summary>
    public int CandidateCount { get; init; } = -1;

    /// <summary>Every fault of these settings, as sentences; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!float.IsFinite(Alpha) || Alpha < 0)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"Alpha is {Alpha}; it must be a number of 0 or more."));
        }

        if (CandidateCount is < -1 or > 1024)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"CandidateCount is {CandidateCount}; it must be -1 (all) or 0 to 1024."));
        }

        return faults;
    }

    /// <summary>Throws when a setting is out of its range.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists all.</exception>
    internal void ThrowIfInvalid()
    {
        IReadOnlyList<string> faults = Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }
    }
}
