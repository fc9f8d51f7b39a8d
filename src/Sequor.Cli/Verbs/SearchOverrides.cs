using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Configuration;

namespace Sequor.Cli.Verbs;

/// <summary>The options of the search; what is not given stays as the model's configuration has it.</summary>
internal sealed class SearchOverrides
{
    private readonly Option<int?> _beam = new("--beam", "--beam-size", "-b") { HelpName = "N", Description = "Hypotheses kept at every step; 1 is greedy." };
    private readonly Option<bool> _greedy = new("--greedy") { Description = "The likeliest piece at every step: a beam of 1." };
    private readonly Option<int?> _nBest = new("--nbest", "--n-best") { HelpName = "N", Description = "Outputs for each line, best first, as 'line ||| output ||| score'." };
    private readonly Option<double?> _lengthPenalty = new("--length-penalty", "--lenpen", "--alpha") { HelpName = "X", Description = "Exponent of the length normalisation; larger prefers longer outputs." };
    private readonly Option<string?> _normalization = new("--length-normalization") { HelpName = "NAME", Description = "power, gnmt or none." };
    private readonly Option<double?> _coveragePenalty = new("--coverage-penalty", "--beta") { HelpName = "X", Description = "Weight of the penalty for source pieces nobody looked at; 0 is off." };
    private readonly Option<int?> _minimum = new("--min-length", "--min-len") { HelpName = "N", Description = "The fewest pieces of an output." };
    private readonly Option<int?> _maximum = new("--max-length", "--max-len") { HelpName = "N", Description = "The most pieces of an output." };
    private readonly Option<double?> _minimumRatio = new("--min-length-ratio") { HelpName = "X", Description = "The fewest pieces for each piece of the source." };
    private readonly Option<double?> _maximumRatio = new("--max-length-ratio") { HelpName = "X", Description = "The most pieces for each piece of the source." };
    private readonly Option<int?> _noRepeat = new("--no-repeat-ngram", "--no-repeat-ngram-size") { HelpName = "N", Description = "No run of N pieces comes twice; 0 is off." };
    private readonly Option<double?> _repetition = new("--repetition-penalty") { HelpName = "X", Description = "Makes pieces already written less likely; 1 is off." };
    private readonly Option<bool> _sample = new("--sample", "--sampling") { Description = "Draw outputs by chance instead of searching for the best." };
    private readonly Option<double?> _temperature = new("--temperature") { HelpName = "X", Description = "With --sample: below 1 is tamer, above 1 wilder." };
    private readonly Option<int?> _topK = new("--top-k", "--sampling-topk") { HelpName = "N", Description = "With --sample: only the N likeliest pieces; 0 is all." };
    private readonly Option<double?> _topP = new("--top-p", "--sampling-topp") { HelpName = "X", Description = "With --sample: only the likeliest pieces that make up this probability." };
    private readonly Option<long?> _seed = new("--seed") { HelpName = "N", Description = "With --sample: the seed; the same seed gives the same outputs." };
    private readonly Option<bool> _replaceUnknown = new("--replace-unknown", "--replace-unk") { Description = "Replace an unknown piece by the source piece it looked at most." };
    private readonly Option<int?> _batchTokens = new("--batch-tokens", "--max-tokens") { HelpName = "N", Description = "Source pieces decoded at once: speed and memory, never the output." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        Option[] options =
        [
            _beam, _greedy, _nBest, _lengthPenalty, _normalization, _coveragePenalty, _minimum, _maximum, _minimumRatio, _maximumRatio, _noRepeat,
            _repetition, _sample, _temperature, _topK, _topP, _seed, _replaceUnknown, _batchTokens,
        ];
        Array.ForEach(options, verb.Options.Add);
    }

    /// <summary>Lays the options over a model's own settings.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="own">The model's settings.</param>
    /// <exception cref="UsageException">The options contradict each other or are out of range; every fault is named.</exception>
    public DecodingConfiguration Over(ParseResult given, DecodingConfiguration own)
    {
        bool samples = given.GetValue(_sample);
        bool greedy = given.GetValue(_greedy);
        int nBest = given.GetValue(_nBest) ?? (greedy ? 1 : own.NBest);
        DecodingConfiguration chosen = own with
        {
            Search = samples ? SearchChoice.Sample : IsBeamAsked(given) ? SearchChoice.Beam : own.Search,
            // Whoever asks for ten outputs and says nothing of the beam wants a beam that gives ten.
            Beam = greedy ? 1 : given.GetValue(_beam) ?? Math.Max(own.Beam, nBest),
            NBest = nBest,
            LengthNormalization = Normalization(given) ?? own.LengthNormalization,
            LengthPenalty = given.GetValue(_lengthPenalty) ?? own.LengthPenalty,
            CoveragePenalty = given.GetValue(_coveragePenalty) ?? own.CoveragePenalty,
            MinLength = given.GetValue(_minimum) ?? own.MinLength,
            MaxLength = given.GetValue(_maximum) ?? own.MaxLength,
            MinLengthRatio = given.GetValue(_minimumRatio) ?? own.MinLengthRatio,
            MaxLengthRatio = given.GetValue(_maximumRatio) ?? own.MaxLengthRatio,
            NoRepeatNgram = given.GetValue(_noRepeat) ?? own.NoRepeatNgram,
            RepetitionPenalty = given.GetValue(_repetition) ?? own.RepetitionPenalty,
            Temperature = given.GetValue(_temperature) ?? own.Temperature,
            TopK = given.GetValue(_topK) ?? own.TopK,
            TopP = given.GetValue(_topP) ?? own.TopP,
            Seed = given.GetValue(_seed) ?? own.Seed,
            ReplaceUnknown = given.GetValue(_replaceUnknown) || own.ReplaceUnknown,
            BatchTokens = given.GetValue(_batchTokens) ?? own.BatchTokens,
        };
        UsageException.ThrowIfAny([.. Contradictions(given, chosen), .. chosen.Validate().Select(InOptions)]);
        return chosen;
    }

    private bool IsBeamAsked(ParseResult given) => given.GetValue(_greedy) || given.GetValue(_beam) is not null;

    private IEnumerable<string> Contradictions(ParseResult given, DecodingConfiguration chosen)
    {
        if (given.GetValue(_greedy) && given.GetValue(_beam) is > 1)
            yield return $"--greedy is a beam of 1, but --beam is {given.GetValue(_beam)}.";
        if (given.GetValue(_sample) && IsBeamAsked(given))
            yield return $"--sample draws outputs; it cannot go with {(given.GetValue(_greedy) ? "--greedy" : "--beam")}.";
        if (chosen.Search == SearchChoice.Sample)
            yield break;

        foreach (Option option in (Option[])[_temperature, _topK, _topP, _seed])
        {
            if (given.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} has no effect without --sample.";
        }
    }

    private LengthNormalizationChoice? Normalization(ParseResult given) => given.GetValue(_normalization) switch
    {
        null => null,
        "power" => LengthNormalizationChoice.Power,
        "gnmt" => LengthNormalizationChoice.Gnmt,
        "none" => LengthNormalizationChoice.None,
        var other => throw new UsageException($"--length-normalization is '{other}', but must be power, gnmt or none."),
    };

    // The settings' names and the options' are the same but for the dashes.
    private static string InOptions(ConfigurationFault fault)
    {
        string key = fault.Path[(fault.Path.LastIndexOf('.') + 1)..].Replace('_', '-');
        return $"--{key}: {fault.Problem}.";
    }
}
