using Sequor.Decoding;
using Sequor.Scoring;

namespace Sequor.Configuration.Building;

/// <summary>Searches as their configuration describes them.</summary>
public static class SearchBuilding
{
    /// <summary>The options of the search that the configuration asks for.</summary>
    /// <param name="configuration">The description.</param>
    public static SearchOptions ToSearchOptions(this DecodingConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        SearchOptions options = configuration.Search switch
        {
            SearchChoice.Sample => Sampling(configuration),
            SearchChoice.Mbr => new MinimumBayesRiskOptions
            {
                Sampling = Sampling(configuration),
                Samples = configuration.Samples,
                Utility = configuration.Utility == UtilityChoice.Chrf ? new ChrF() : new Bleu(new BleuOptions { EffectiveOrder = true }),
            },
            _ => Beam(configuration),
        };
        return options with
        {
            NBest = configuration.NBest,
            NoRepeatNgram = configuration.NoRepeatNgram,
            RepetitionPenalty = (float)configuration.RepetitionPenalty,
            Length = new LengthLimits
            {
                Minimum = configuration.MinLength,
                Maximum = configuration.MaxLength,
                MinimumRatio = configuration.MinLengthRatio,
                MaximumRatio = configuration.MaxLengthRatio,
                MaximumExtra = configuration.MaxLengthExtra,
            },
        };
    }

    private static SamplingSearchOptions Sampling(DecodingConfiguration configuration) => new()
    {
        Temperature = (float)configuration.Temperature,
        TopK = configuration.TopK,
        TopP = (float)configuration.TopP,
        MinP = (float)configuration.MinP,
        TypicalP = (float)configuration.TypicalP,
        Epsilon = (float)configuration.Epsilon,
        Seed = (ulong)configuration.Seed,
    };

    private static BeamSearchOptions Beam(DecodingConfiguration configuration) => new()
    {
        BeamSize = configuration.Beam,
        Groups = configuration.BeamGroups,
        Diversity = (float)configuration.Diversity,
        LengthPenalty = (float)configuration.LengthPenalty,
        CoveragePenalty = (float)configuration.CoveragePenalty,
        Normalization = configuration.LengthNormalization switch
        {
            LengthNormalizationChoice.Power => LengthNormalization.Power,
            LengthNormalizationChoice.Gnmt => LengthNormalization.Gnmt,
            _ => LengthNormalization.None,
        },
    };

    /// <summary>How text is prepared for a model of this configuration, and how much is decoded at once.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static GeneratorOptions ToGeneratorOptions(this SequorConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new GeneratorOptions
        {
            Lowercase = configuration.Data.Lowercase,
            NormalizeNfc = configuration.Data.Nfc,
            SourcePrefix = configuration.Data.SourcePrefix,
            BatchTokens = configuration.Decoding.BatchTokens,
            Workers = configuration.Decoding.Workers,
            ReplaceUnknown = configuration.Decoding.ReplaceUnknown,
        };
    }
}
