using System.CommandLine;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
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
    private readonly Option<int?> _groups = new("--beam-groups", "--diverse-beam-groups", "--num-beam-groups") { HelpName = "N", Description = "Part the beam into N groups that write different things; 1 is one beam." };
    private readonly Option<double?> _diversity = new("--diversity", "--diverse-beam-strength", "--diversity-penalty") { HelpName = "X", Description = "With --beam-groups: what a group is charged for a piece that another has just written." };
    private readonly Option<bool> _sample = new("--sample", "--sampling") { Description = "Draw outputs by chance instead of searching for the best." };
    private readonly Option<double?> _temperature = new("--temperature") { HelpName = "X", Description = "With --sample: below 1 is tamer, above 1 wilder." };
    private readonly Option<int?> _topK = new("--top-k", "--sampling-topk") { HelpName = "N", Description = "With --sample: only the N likeliest pieces; 0 is all." };
    private readonly Option<double?> _topP = new("--top-p", "--sampling-topp") { HelpName = "X", Description = "With --sample: only the likeliest pieces that make up this probability." };
    private readonly Option<double?> _minP = new("--min-p") { HelpName = "X", Description = "With --sample: only pieces at least X times as likely as the likeliest." };
    private readonly Option<double?> _typicalP = new("--typical-p", "--typical") { HelpName = "X", Description = "With --sample: only the pieces of the most expected surprise that make up this probability." };
    private readonly Option<double?> _epsilon = new("--epsilon") { HelpName = "X", Description = "With --sample: only pieces of this probability or more." };
    private readonly Option<string?> _decode = new("--decode") { HelpName = "NAME", Description = "beam, sample, or mbr: of many samples the one most like the others." };
    private readonly Option<int?> _samples = new("--samples") { HelpName = "N", Description = "With --decode mbr: how many samples are compared." };
    private readonly Option<string?> _utility = new("--utility") { HelpName = "NAME", Description = "With --decode mbr: chrf or bleu." };
    private readonly Option<int?> _workers = new("--workers") { HelpName = "N", Description = "Sessions side by side, best with --threads 1: speed and memory, never the output." };
    private readonly Option<long?> _seed = new("--seed") { HelpName = "N", Description = "With --sample: the seed; the same seed gives the same outputs." };
    private readonly Option<bool> _replaceUnknown = new("--replace-unknown", "--replace-unk") { Description = "Replace an unknown piece by the source piece it looked at most." };
    private readonly Option<string?> _lexicon = new("--lexicon") { HelpName = "FILE", Description = "With --replace-unknown: replace it by this table's translation of the source word, where it has one ('sequor align --lexicon')." };
    private readonly Option<int?> _batchTokens = new("--batch-tokens", "--max-tokens") { HelpName = "N", Description = "Source pieces decoded at once: speed and memory, never the output." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        Option[] options =
        [
            _beam, _greedy, _nBest, _lengthPenalty, _normalization, _coveragePenalty, _minimum, _maximum, _minimumRatio, _maximumRatio, _noRepeat,
            _repetition, _groups, _diversity, _sample, _temperature, _topK, _topP, _minP, _typicalP, _epsilon, _seed, _decode, _samples, _utility, _replaceUnknown, _lexicon, _batchTokens, _workers,
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
        int groups = given.GetValue(_groups) ?? (greedy ? 1 : own.BeamGroups);
        DecodingConfiguration chosen = own with
        {
            Search = Named(given) ?? (samples ? SearchChoice.Sample : IsBeamAsked(given) ? SearchChoice.Beam : own.Search),
            // Whoever asks for ten outputs or for groups and says nothing of the beam wants a beam that gives them.
            Beam = greedy ? 1 : given.GetValue(_beam) ?? Multiple(Math.Max(own.Beam, nBest), groups),
            NBest = nBest,
            LengthNormalization = Normalization(given.GetValue(_normalization)) ?? own.LengthNormalization,
            LengthPenalty = given.GetValue(_lengthPenalty) ?? own.LengthPenalty,
            CoveragePenalty = given.GetValue(_coveragePenalty) ?? own.CoveragePenalty,
            MinLength = given.GetValue(_minimum) ?? own.MinLength,
            MaxLength = given.GetValue(_maximum) ?? own.MaxLength,
            MinLengthRatio = given.GetValue(_minimumRatio) ?? own.MinLengthRatio,
            MaxLengthRatio = given.GetValue(_maximumRatio) ?? own.MaxLengthRatio,
            NoRepeatNgram = given.GetValue(_noRepeat) ?? own.NoRepeatNgram,
            RepetitionPenalty = given.GetValue(_repetition) ?? own.RepetitionPenalty,
            BeamGroups = groups,
            Diversity = given.GetValue(_diversity) ?? own.Diversity,
            Temperature = given.GetValue(_temperature) ?? own.Temperature,
            TopK = given.GetValue(_topK) ?? own.TopK,
            TopP = given.GetValue(_topP) ?? own.TopP,
            MinP = given.GetValue(_minP) ?? own.MinP,
            TypicalP = given.GetValue(_typicalP) ?? own.TypicalP,
            Epsilon = given.GetValue(_epsilon) ?? own.Epsilon,
            Samples = given.GetValue(_samples) ?? own.Samples,
            Utility = Utility(given) ?? own.Utility,
            Workers = given.GetValue(_workers) ?? own.Workers,
            Seed = given.GetValue(_seed) ?? own.Seed,
            ReplaceUnknown = given.GetValue(_replaceUnknown) || own.ReplaceUnknown,
            BatchTokens = given.GetValue(_batchTokens) ?? own.BatchTokens,
        };
        UsageException.ThrowIfAny([.. Contradictions(given, chosen), .. chosen.Validate().Select(InOptions)]);
        return chosen;
    }

    /// <summary>What replaces unknown pieces; null for the source's own words.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="chosen">The settings with the options laid over them.</param>
    /// <exception cref="UsageException">Unknown pieces are not replaced at all.</exception>
    /// <exception cref="InputException">There is no such file.</exception>
    public LexicalTable? Lexicon(ParseResult given, DecodingConfiguration chosen)
    {
        if (given.GetValue(_lexicon) is not { } path)
            return null;
        if (!chosen.ReplaceUnknown)
            throw new UsageException("--lexicon has no effect without --replace-unknown.");
        InputFile.Require(path);
        return LexicalTable.Load(path);
    }

    private static int Multiple(int least, int of) => of < 1 ? least : (least + of - 1) / of * of;

    private bool IsBeamAsked(ParseResult given) => given.GetValue(_greedy) || given.GetValue(_beam) is not null;

    private IEnumerable<string> Contradictions(ParseResult given, DecodingConfiguration chosen)
    {
        if (given.GetValue(_greedy) && given.GetValue(_beam) is > 1)
            yield return $"--greedy is a beam of 1, but --beam is {given.GetValue(_beam)}.";
        if (given.GetValue(_sample) && IsBeamAsked(given))
            yield return $"--sample draws outputs; it cannot go with {(given.GetValue(_greedy) ? "--greedy" : "--beam")}.";
        if (given.GetValue(_decode) is { } named && named != "sample" && given.GetValue(_sample))
            yield return $"--decode is {named}, but --sample asks for sampling.";
        if (given.GetValue(_decode) is "sample" or "mbr" && IsBeamAsked(given))
            yield return $"--decode {given.GetValue(_decode)} draws outputs; it cannot go with {(given.GetValue(_greedy) ? "--greedy" : "--beam")}.";
        foreach (Option option in (Option[])[_samples, _utility])
        {
            if (chosen.Search != SearchChoice.Mbr && given.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} has no effect without --decode mbr.";
        }

        foreach (string fault in chosen.Search == SearchChoice.Beam ? [] : WithoutBeam(given, chosen.Search))
            yield return fault;
        if (chosen is { Search: SearchChoice.Beam, BeamGroups: 1 } && given.GetValue(_groups) is null && given.GetResult(_diversity) is { Implicit: false })
            yield return $"{_diversity.Name} has no effect without {_groups.Name}.";
        if (chosen.Search != SearchChoice.Beam)
            yield break;

        foreach (Option option in (Option[])[_temperature, _topK, _topP, _minP, _typicalP, _epsilon, _seed])
        {
            if (given.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} has no effect without --sample.";
        }
    }

    private IEnumerable<string> WithoutBeam(ParseResult given, SearchChoice search)
    {
        foreach (Option option in (Option[])[_lengthPenalty, _normalization, _coveragePenalty, _groups, _diversity])
        {
            if (given.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} has an effect on beams only, and outputs are {(search == SearchChoice.Mbr ? "chosen from samples (mbr)" : "drawn (sample)")}; leave it out, or add --decode beam.";
        }
    }

    private SearchChoice? Named(ParseResult given) => given.GetValue(_decode) switch
    {
        null => null,
        "beam" => SearchChoice.Beam,
        "sample" => SearchChoice.Sample,
        "mbr" => SearchChoice.Mbr,
        var other => throw new UsageException($"--decode is '{other}', but must be beam, sample or mbr."),
    };

    private UtilityChoice? Utility(ParseResult given) => given.GetValue(_utility) switch
    {
        null => null,
        "chrf" => UtilityChoice.Chrf,
        "bleu" => UtilityChoice.Bleu,
        var other => throw new UsageException($"--utility is '{other}', but must be chrf or bleu."),
    };

    /// <summary>The normalisation that a name stands for; null for none given.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="UsageException">There is no such normalisation.</exception>
    internal static LengthNormalizationChoice? Normalization(string? name) => name switch
    {
        null => null,
        "power" => LengthNormalizationChoice.Power,
        "gnmt" => LengthNormalizationChoice.Gnmt,
        "none" => LengthNormalizationChoice.None,
        var other => throw new UsageException($"--length-normalization is '{other}', but must be power, gnmt or none."),
    };

    private static readonly (string Setting, string Option)[] _settings =
        [
            ("n_best must", "--nbest must"), ("above beam", "above --beam"), ("above samples", "above --samples"),
            ("beam must be a multiple of beam_groups", "--beam must be a multiple of --beam-groups"),
            ("max_length must", "--max-length must"), ("below min_length", "below --min-length"),
        ];

    /// <summary>A fault of a setting as one of the option: their names are the same but for the dashes.</summary>
    /// <param name="fault">The fault.</param>
    internal static string InOptions(ConfigurationFault fault)
    {
        string key = fault.Path[(fault.Path.LastIndexOf('.') + 1)..].Replace('_', '-');
        return $"{(key == "n-best" ? "--nbest" : $"--{key}")}: {_settings.Aggregate(fault.Problem, (text, one) => text.Replace(one.Setting, one.Option, StringComparison.Ordinal))}.";
    }
}
