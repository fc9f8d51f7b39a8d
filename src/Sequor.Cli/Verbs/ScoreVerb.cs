using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Scoring;

namespace Sequor.Cli.Verbs;

/// <summary>Compares a system's lines with correct ones.</summary>
internal sealed class ScoreVerb : Verb
{
    private readonly Option<string?> _hypotheses = new("--hyp", "--hypotheses", "--sys") { HelpName = "FILE", Description = "The system's lines. Default: standard input." };

    private readonly Option<string[]> _references = new("--ref", "--references")
    {
        HelpName = "FILE",
        Description = "The correct lines, as many as the system's. May be given several times.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly MetricChoice _metrics = new("bleu,chrf");

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, numbers unrounded." };

    private readonly Option<int> _decimals = new("--decimals", "--width", "-w") { HelpName = "N", Description = "Digits after the point. Default: 1.", DefaultValueFactory = _ => 1 };

    private readonly Option<bool> _confidence = new("--confidence", "-ci") { Description = "Add 95 % confidence intervals, by bootstrap." };

    private readonly Option<string?> _baseline = new("--baseline") { HelpName = "FILE", Description = "Another system's lines: test whether the two differ by more than chance." };

    private readonly Option<string> _paired = new("--paired")
    {
        HelpName = "KIND",
        Description = "The test: bootstrap, or approximate (randomisation). Default: approximate.",
        DefaultValueFactory = _ => "approximate",
    };

    private readonly Option<int?> _trials = new("--trials") { HelpName = "N", Description = "Resampled corpora. Default: 1,000; 10,000 for approximate." };

    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "The seed of the resampling. Default: 12345.", DefaultValueFactory = _ => 12345 };

    /// <summary>Makes the verb.</summary>
    public ScoreVerb()
        : base("score", "Compare translations with references: BLEU, chrF, TER and others.",
            "sequor score --hyp out.de --ref test.de --metrics bleu,chrf,ter",
            "sequor score --hyp new.de --baseline old.de --ref test.de --paired bootstrap")
    {
        Options.Add(_hypotheses);
        Options.Add(_references);
        _metrics.AddTo(this);
        Options.Add(_json);
        Options.Add(_decimals);
        Options.Add(_confidence);
        Options.Add(_baseline);
        Options.Add(_paired);
        Options.Add(_trials);
        Options.Add(_seed);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        MetricSet metrics = _metrics.Of(given);
        BootstrapOptions? confidence = Confidence(given);
        PairedTestOptions paired = Paired(given);
        string? hypothesisPath = given.GetValue(_hypotheses);
        string[] referencePaths = given.GetValue(_references)!;
        string? baselinePath = given.GetValue(_baseline);

        IReadOnlyList<string> hypotheses = LineSource.ReadAll(hypothesisPath, terminal);
        IReadOnlyList<string>[] references = [.. referencePaths.Select(path => LineSource.ReadAll(path, terminal))];
        IReadOnlyList<string>? baseline = baselinePath is null ? null : LineSource.ReadAll(baselinePath, terminal);
        LineCounts.RequireEqual(hypothesisPath ?? "standard input", hypotheses.Count,
            [.. referencePaths.Zip(references, (path, lines) => (path, lines.Count)), .. baseline is null ? [] : new[] { (baselinePath!, baseline.Count) }]);

        ScoreReport report = baseline is null
            ? new ScoreReport(metrics.Score(hypotheses, references, confidence), null)
            : ScoreReport.Of(metrics.Compare(baseline, hypotheses, references, paired));
        using LineSink sink = LineSink.Open(null, terminal);
        sink.Write(given.GetValue(_json) ? report.ToJson() : report.ToText(given.GetValue(_decimals)));
        return ExitCode.Success;
    }

    private BootstrapOptions? Confidence(ParseResult given)
    {
        int decimals = given.GetValue(_decimals);
        if (decimals is < 0 or > 15)
            throw new UsageException($"--decimals is {decimals}, but must be 0 to 15.");
        if (!given.GetValue(_confidence))
            return null;
        BootstrapOptions options = new() { Seed = given.GetValue(_seed) };
        options = given.GetValue(_trials) is { } trials ? options with { Samples = trials } : options;
        UsageException.ThrowIfAny(options.Validate());
        return options;
    }

    private PairedTestOptions Paired(ParseResult given)
    {
        PairedTestOptions options = new()
        {
            Kind = given.GetValue(_paired) switch
            {
                "bootstrap" or "bs" => ResamplingKind.Bootstrap,
                "approximate" or "ar" => ResamplingKind.ApproximateRandomization,
                var other => throw new UsageException($"--paired is '{other}', but must be bootstrap or approximate."),
            },
            Trials = given.GetValue(_trials),
            Seed = given.GetValue(_seed),
        };
        UsageException.ThrowIfAny(options.Validate());
        return options;
    }
}
