using Sequor.Scoring;

namespace Sequor.Decoding;

/// <summary>
/// Minimum Bayes risk decoding (Kumar and Byrne 2004; with sampling, Eikema and Aziz 2020): outputs are drawn, and the one that is most like all the others is
/// chosen: the one with the greatest mean utility against the samples.
/// </summary>
public sealed record MinimumBayesRiskOptions : SearchOptions
{
    /// <summary>How the outputs are drawn; its own number of outputs and the settings that all searches have are not used. Epsilon 0.02 is a good choice (Freitag et
    /// al. 2023). Default: from the whole distribution.</summary>
    public SamplingSearchOptions Sampling { get; init; } = new();

    /// <summary>Outputs drawn for each source, 2 or more. Default 64.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>How like two outputs are: a metric of sentences of which more is better. Default chrF.</summary>
    public ICorpusMetric Utility { get; init; } = new ChrF();

    /// <summary>How the samples are drawn, with the settings that all searches have.</summary>
    internal SamplingSearchOptions ToSampling() => Sampling with
    {
        NBest = Samples,
        Length = Length,
        NoRepeatNgram = NoRepeatNgram,
        RepetitionPenalty = RepetitionPenalty,
        BannedIds = BannedIds,
        Constraints = Constraints,
        RecordAttention = RecordAttention,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate(), .. Sampling.Validate()];
        if (Samples < 2)
        {
            faults.Add($"{Samples} samples are to be compared with each other; there must be 2 or more.");
        }
        else if (NBest > Samples)
        {
            faults.Add($"{Samples} samples cannot give {NBest} outputs. Draw more.");
        }

        if (!Utility.HigherIsBetter)
        {
            faults.Add($"{Utility.Key} is an error, of which less is better; a utility is needed, such as chrf or bleu.");
        }

        return faults;
    }
}
