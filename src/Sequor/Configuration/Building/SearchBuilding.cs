using Sequor.Decoding;

namespace Sequor.Configuration.Building;

/// <summary>Searches as their configuration describes them.</summary>
public static class SearchBuilding
{
    /// <summary>The options of the search that the configuration asks for.</summary>
    /// <param name="configuration">The description.</param>
    public static SearchOptions ToSearchOptions(this DecodingConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        SearchOptions options = configuration.Search == SearchChoice.Sample
            ? new SamplingSearchOptions
            {
                Temperature = (float)configuration.Temperature,
                TopK = configuration.TopK,
                TopP = (float)configuration.TopP,
                Seed = (ulong)configuration.Seed,
            }
            : new BeamSearchOptions
            {
                BeamSize = configuration.Beam,
                LengthPenalty = (float)configuration.LengthPenalty,
                CoveragePenalty = (float)configuration.CoveragePenalty,
                Normalization = configuration.LengthNormalization switch
                {
                    LengthNormalizationChoice.Power => LengthNormalization.Power,
                    LengthNormalizationChoice.Gnmt => LengthNormalization.Gnmt,
                    _ => LengthNormalization.None,
                },
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
            ReplaceUnknown = configuration.Decoding.ReplaceUnknown,
        };
    }
}
