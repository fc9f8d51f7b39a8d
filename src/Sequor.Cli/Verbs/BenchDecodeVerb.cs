using System.CommandLine;
using System.Globalization;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Decoding.Benchmarks;
using Sequor.Tensors;
using Sequor.Tensors.Timing;

namespace Sequor.Cli.Verbs;

/// <summary>Measures a decoding.</summary>
internal sealed class BenchDecodeVerb : Verb
{
    private static readonly DecodingBenchmarkOptions _defaults = new();

    private readonly Argument<string?> _model = new("MODEL") { Description = "The directory of a trained model. Default: --shape.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _input = new("--input", "-i") { HelpName = "FILE", Description = "Sentences, one a line. Default: standard input." };
    private readonly Option<string?> _shape = new("--shape") { HelpName = "NAME", Description = $"In place of a model: {string.Join(", ", MeasuredModel.ShapeNames)} or a configuration file, with random weights and sources as long as the sentences." };
    private readonly Option<int?> _vocabulary = new("--vocabulary") { HelpName = "N", Description = "With --shape: pieces of the joint vocabulary. Default: 32,000 for base, 10,000 for others." };
    private readonly Option<int> _drawSeed = new("--draw-seed") { HelpName = "N", Description = "With --shape: what weights and sources are drawn from. Default: 1.", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _sentences = new("--sentences") { HelpName = "N", Description = "So many of the sentences, evenly spread over all lengths. Default: all." };
    private readonly Option<int?> _forceLength = new("--force-length") { HelpName = "N", Description = "Every output has exactly N pieces, so that speeds of models can be compared. Default: as long as it is." };
    private readonly Option<string?> _shortlist = new("--shortlist") { HelpName = "FILE", Description = "Each sentence chooses among its likeliest pieces only; made by 'align --vocab MODEL --shortlist FILE'. With --shape any table of as many pieces will do." };
    private readonly Option<int> _workers = new("--workers") { HelpName = "N", Description = "Sessions side by side that share the weights, each with one thread. Default: 1.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _batch = new("--batch", "--batch-size", "--batch-sentences")
    {
        HelpName = "N",
        Description = $"Sentences decoded at once. Default: {_defaults.BatchSentences}.",
        DefaultValueFactory = _ => _defaults.BatchSentences,
    };

    private readonly Option<int> _warmUp = new("--warm-up", "--warmup")
    {
        HelpName = "N",
        Description = $"Batches before the clock starts. Default: {_defaults.WarmUp}.",
        DefaultValueFactory = _ => _defaults.WarmUp,
    };

    private readonly Option<double> _warmUpSeconds = new("--warm-up-seconds")
    {
        HelpName = "SECONDS",
        Description = string.Create(CultureInfo.InvariantCulture, $"What the warm-up takes at least, in which hot code is compiled again. Default: {_defaults.WarmUpSeconds}."),
        DefaultValueFactory = _ => _defaults.WarmUpSeconds,
    };

    private readonly Option<int> _repeat = new("--repeat", "--rounds")
    {
        HelpName = "N",
        Description = $"How often all sentences are decoded; the median counts. Default: {_defaults.Repeat}.",
        DefaultValueFactory = _ => _defaults.Repeat,
    };

    private readonly Option<double> _peakSeconds = new("--peak-seconds")
    {
        HelpName = "SECONDS",
        Description = "How long each measurement of the machine's peak takes, 0 to 60; 0 leaves it out. Default: 0.5.",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly Option<string?> _sources = new("--write-sources") { HelpName = "FILE", Description = "Write the measured sources as JSON lines of ids, for comparisons." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, numbers unrounded." };
    private readonly SearchOverrides _search = new();
    private readonly ThreadsOption _threads = new();
    private readonly ComputeTypeOption _computeType = new();

    /// <summary>Makes the verb.</summary>
    public BenchDecodeVerb()
        : base("decode", "Measure a decoding: tokens a second, latency, memory, and the share of each kernel.",
            "sequor bench decode models/en-de -i test.en --threads 2",
            "sequor bench decode models/en-de -i test.en --batch 1 --greedy --json",
            "sequor bench decode --shape base --compute-type int8 --force-length 30 --batch 64 --beam 4 -i test.en")
    {
        Arguments.Add(_model);
        foreach (Option option in (Option[])[_input, _shape, _vocabulary, _drawSeed, _sentences, _forceLength, _shortlist, _batch, _workers, _warmUp, _warmUpSeconds, _repeat, _peakSeconds, _sources, _json])
            Options.Add(option);
        _search.AddTo(this);
        _threads.AddTo(this);
        _computeType.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        DecodingBenchmarkOptions options = new()
        {
            BatchSentences = given.GetValue(_batch),
            ForcedLength = given.GetValue(_forceLength),
            WarmUp = given.GetValue(_warmUp),
            WarmUpSeconds = given.GetValue(_warmUpSeconds),
            Repeat = given.GetValue(_repeat),
            Workers = given.GetValue(_workers),
            Time = terminal.Time,
        };
        UsageException.ThrowIfAny([.. Faults(given), .. options.Validate()]);
        _threads.Apply(given, options.Workers > 1 ? 1 : null);
        if (options.Workers > 1 && Device.Default.Threads > 1)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--workers {options.Workers} have one thread each, but --threads is {Device.Default.Threads}. Leave one of the two out."));

        long start = terminal.Time.GetTimestamp();
        using MeasuredModel model = Load(given, Device.Default.Timed());
        double loadingSeconds = terminal.Time.GetElapsedTime(start).TotalSeconds;
        DecodingConfiguration decoding = _search.Over(given, model.Decoding);
        options = options with { Search = decoding.ToSearchOptions(), BatchTokens = decoding.BatchTokens, Shortlist = Shortlist(given, model) };
        IReadOnlyList<int[]> sources = Sources(given, model, terminal);
        DecodingBenchmarkResult result = DecodingBenchmark.Measure(model.Model, model.Special, sources, options, stop);
        double peakSeconds = given.GetValue(_peakSeconds);
        DecodingSpeed speed = new(
            model.Name, loadingSeconds, options, result, MachinePeak.Measure(peakSeconds), MachineReadRate.Measure(result.Threads, peakSeconds));
        using LineSink sink = LineSink.Open(null, terminal);
        sink.Write(given.GetValue(_json) ? speed.ToJson() : speed.ToText());
        return ExitCode.Success;
    }

    private MeasuredModel Load(ParseResult given, TimedDevice device) => given.GetValue(_model) is { } path
        ? MeasuredModel.Open(path, device, _computeType.Of(given))
        : UsageException.Guard(() => MeasuredModel.Draw(given.GetValue(_shape)!, given.GetValue(_vocabulary), given.GetValue(_drawSeed), device, _computeType.Of(given)));

    private OutputShortlist? Shortlist(ParseResult given, MeasuredModel model)
    {
        if (given.GetValue(_shortlist) is not { } path)
            return null;
        InputFile.Require(path);
        LexicalTable table = LexicalTable.Load(path);
        if (!table.IsOfPieces || table.TargetWords.Count != model.Model.TargetVocabularySize)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} is a table of {table.TargetWords.Count} {(table.IsOfPieces ? "pieces" : "words")}, but the model writes {model.Model.TargetVocabularySize} pieces. Make one with 'sequor align --vocab' and the model."));
        }

        return new OutputShortlist(table);
    }

    private IReadOnlyList<int[]> Sources(ParseResult given, MeasuredModel model, Terminal terminal)
    {
        using LineSource input = LineSource.Open(given.GetValue(_input), terminal);
        IReadOnlyList<int[]> sources = model.Cut([.. input.Rest()]);
        if (sources.Count == 0)
            throw new InputException($"{input.Name} has no sentence to decode: {(input.Line == 0 ? "it is empty" : "all its lines are empty")}. Give text with one sentence a line.");
        sources = given.GetValue(_sentences) is { } count ? RandomSources.Spread(sources, count) : sources;
        if (given.GetValue(_sources) is { } path)
        {
            using LineSink file = LineSink.Open(path, terminal, given.GetValue(_input));
            foreach (int[] source in sources)
                file.WriteLine($"[{string.Join(',', source.Select(id => id.ToString(CultureInfo.InvariantCulture)))}]");
        }

        return sources;
    }

    private IEnumerable<string> Faults(ParseResult given)
    {
        (string? model, string? shape) = (given.GetValue(_model), given.GetValue(_shape));
        if ((model is null) == (shape is null))
            yield return model is null ? "There is nothing to measure: name a model's directory, or give --shape." : $"--shape draws a model, but {model} is one already. Leave one of the two out.";
        foreach (Option option in (Option[])[_vocabulary, _drawSeed])
        {
            if (shape is null && given.GetResult(option) is { Implicit: false })
                yield return $"{option.Name} has no effect without --shape.";
        }

        if (given.GetValue(_vocabulary) is < 5 or > 1 << 24)
            yield return string.Create(CultureInfo.InvariantCulture, $"--vocabulary is {given.GetValue(_vocabulary)}, but must be 5 to 16777216.");
        if (given.GetValue(_sentences) < 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"--sentences is {given.GetValue(_sentences)}, but must be 1 or more.");
        if (!(given.GetValue(_peakSeconds) is >= 0 and <= 60))
            yield return FormattableString.Invariant($"--peak-seconds is {given.GetValue(_peakSeconds)}, but must be 0 to 60.");
    }
}
