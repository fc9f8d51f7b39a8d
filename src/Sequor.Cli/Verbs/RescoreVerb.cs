using System.CommandLine;
using System.Globalization;
using Sequor.Alignments;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>Says what given outputs are worth.</summary>
internal sealed class RescoreVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The directory of a trained model." };
    private readonly RescoreInput _input = new();
    private readonly EnsembleChoice _ensemble = new();
    private readonly ThreadsOption _threads = new();
    private readonly ComputeTypeOption _computeType = new();
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE", Description = "Where results go. Default: standard output." };
    private readonly Option<string?> _lexicon = new("--lexicon") { HelpName = "FILE", Description = "A lexical table of 'align --lexicon' or '--shortlist': adds log p of IBM Model 1." };
    private readonly Option<bool> _tokens = new("--tokens", "--json") { Description = "One JSON object a line, with the log-probability of each token; numbers unrounded." };
    private readonly Option<string?> _weights = new("--weights") { HelpName = "F=X,…", Description = "With --nbest: score = Σ weight · feature, and lists are ranked by it. Features: model, lm, lexicon, length, normalized, score (what the list says), and those of the list." };
    private readonly Option<double?> _lengthPenalty = new("--length-penalty", "--lenpen", "--alpha") { HelpName = "X", Description = "Exponent of the length normalisation. Default: as the model says." };
    private readonly Option<string?> _normalization = new("--length-normalization") { HelpName = "NAME", Description = "power, gnmt or none. Default: as the model says." };
    private readonly Option<int?> _batchTokens = new("--batch-tokens", "--max-tokens") { HelpName = "N", Description = "Pieces scored at once: speed and memory, never a score." };

    /// <summary>Makes the verb.</summary>
    public RescoreVerb()
        : base("rescore", "Score given outputs with a trained model; add features to n-best lists and rank them anew.",
            "sequor rescore models/en-de --source test.en --target test.out",
            "sequor rescore models/en-de --source test.en --nbest test.list --lm de.arpa --weights model=1,lm=0.2")
    {
        Arguments.Add(_model);
        _input.AddTo(this);
        _ensemble.AddTo(this, searches: false);
        foreach (Option option in (Option[])[_lexicon, _output, _tokens, _weights, _lengthPenalty, _normalization, _batchTokens])
            Options.Add(option);
        _threads.AddTo(this);
        _computeType.AddTo(this);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        bool isNBest = _input.IsNBest(given);
        IReadOnlyList<(string Name, double Weight)>? weights = given.GetValue(_weights) is { } text ? RescoredFeatures.Weights(text) : null;
        if (weights is not null && !isNBest)
            throw new UsageException("--weights ranks n-best lists: name one with --nbest.");
        if (weights is not null && given.GetValue(_tokens))
            throw new UsageException("--weights ranks lines of an n-best list, and --tokens writes JSON. Leave one out.");
        LexicalTable? lexicon = Lexicon(given);
        using Translator translator = Open(given, terminal);
        var features = new RescoredFeatures(translator, lexicon);
        using LineSink sink = LineSink.Open(given.GetValue(_output), terminal, _input.Path(given));
        (long done, long cut) = isNBest
            ? RescoreLists(given, terminal, translator, features, weights, sink, stop)
            : RescorePairs(given, terminal, translator, features, sink, stop);
        if (cut > 0)
            terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cut:N0} of {done:N0} sources were longer than the model can read; their ends were left out."));
        return ExitCode.Success;
    }

    private static LexicalTable? LoadTable(string path)
    {
        InputFile.Require(path);
        return LexicalTable.Load(path);
    }

    private static IReadOnlyList<ScoredText> Score(Translator translator, IEnumerable<(string Source, string Target)> pairs, long done, CancellationToken stop)
    {
        (string Source, string Target)[] all = [.. pairs];
        try
        {
            return translator.Score([.. all.Select(pair => pair.Source)], [.. all.Select(pair => pair.Target)], null, done, stop);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static double Weighed(
        NBestEntry entry, IReadOnlyList<(string Name, double Value)> added, IReadOnlyList<(string Name, double Weight)> weights, string where)
    {
        Dictionary<string, double> known = entry.NamedFeatures(where);
        if (entry.Score is { } score)
            known["score"] = score;
        foreach ((string name, double value) in added)
            known[name] = value;
        double sum = 0;
        foreach ((string name, double weight) in weights)
        {
            sum += known.TryGetValue(name, out double value) ? weight * value
                : throw new InputException($"{where} has no feature '{name}', which --weights names; it has {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
        }

        return sum;
    }

    private LexicalTable? Lexicon(ParseResult given) => given.GetValue(_lexicon) is { } path ? LoadTable(path) : null;

    private (long Done, long Cut) RescorePairs(
        ParseResult given, Terminal terminal, Translator translator, RescoredFeatures features, LineSink sink, CancellationToken stop)
    {
        (long done, long cut) = (0, 0);
        foreach (IReadOnlyList<(string Source, string Target)> window in _input.Pairs(given, terminal))
        {
            foreach (ScoredText text in Score(translator, window, done, stop))
            {
                cut += text.SourceWasCut ? 1 : 0;
                sink.WriteLine(given.GetValue(_tokens) ? features.ToJson(text, done + text.Index) : features.ToColumns(text));
            }

            done += window.Count;
            sink.Flush();
        }

        return (done, cut);
    }

    private (long Done, long Cut) RescoreLists(
        ParseResult given, Terminal terminal, Translator translator, RescoredFeatures features, IReadOnlyList<(string Name, double Weight)>? weights, LineSink sink, CancellationToken stop)
    {
        (long done, long cut) = (0, 0);
        foreach (IReadOnlyList<(NBestEntry Entry, string Source, string Where)> window in _input.Lists(given, terminal))
        {
            List<(int Index, double Score, string Line)> lines = [];
            foreach (ScoredText text in Score(translator, window.Select(one => (one.Source, one.Entry.Hypothesis)), done, stop))
            {
                cut += text.SourceWasCut ? 1 : 0;
                (NBestEntry entry, _, string where) = window[text.Index];
                IReadOnlyList<(string Name, double Value)> added = features.Of(text);
                double score = weights is null ? text.Score : Weighed(entry, added, weights, where);
                lines.Add((entry.Index, score, given.GetValue(_tokens) ? features.ToJson(text, entry.Index) : entry.ToLine(RescoredFeatures.ToText(added), score)));
            }

            // Lists come in any order and stay in it; of equals, the one that stood first stays first.
            IEnumerable<(int Index, double Score, string Line)> ordered = weights is null ? lines
                : lines.GroupBy(line => line.Index).SelectMany(list => list.OrderByDescending(line => line.Score));
            foreach ((_, _, string line) in ordered)
                sink.WriteLine(line);
            done += window.Count;
            sink.Flush();
        }

        return (done, cut);
    }

    private Translator Open(ParseResult given, Terminal terminal)
    {
        _threads.Apply(given);
        string path = given.GetValue(_model)!;
        ModelChoice.RequireModel(path);
        SequorConfiguration configuration = SequorConfiguration.Load(Path.Combine(path, ModelDirectory.ConfigurationFile));
        if (configuration.Data.IsLanguageModel)
            throw new InputException($"{path} is a language model: it scores no translations. Name a model that was trained on pairs, and this one with --lm.");
        DecodingConfiguration own = configuration.Decoding;
        DecodingConfiguration chosen = own with
        {
            Search = SearchChoice.Beam,
            NBest = 1,
            LengthPenalty = given.GetValue(_lengthPenalty) ?? own.LengthPenalty,
            LengthNormalization = SearchOverrides.Normalization(given.GetValue(_normalization)) ?? own.LengthNormalization,
            BatchTokens = given.GetValue(_batchTokens) ?? own.BatchTokens,
        };
        UsageException.ThrowIfAny([.. chosen.Validate().Select(SearchOverrides.InOptions)]);
        EnsembleOptions together = _ensemble.Of(given);
        Translator translator = Translator.Load([path, .. _ensemble.Others(given)], together, decoding: chosen, computeType: _computeType.Of(given));
        foreach (string warning in translator.Warnings)
            terminal.Errors.WriteLine(warning);
        if (own.CoveragePenalty > 0)
            terminal.Errors.WriteLine("The model's configuration asks for a coverage penalty, which rescoring does not count.");
        return translator;
    }
}
