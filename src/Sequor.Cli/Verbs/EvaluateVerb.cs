using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;
using Sequor.Scoring;

namespace Sequor.Cli.Verbs;

/// <summary>Translates a test set and scores the translations.</summary>
internal sealed class EvaluateVerb : Verb
{
    private const int WindowLines = 1000;

    private readonly ModelChoice _model = new();
    private readonly Option<string> _source = new("--src", "--source", "-i") { HelpName = "FILE", Description = "What to translate.", Required = true };
    private readonly ConstraintOptions _constraints = new();
    private readonly MetricChoice _metrics = new("bleu,meteor,bleu1,bleu2,bleu3,bleu4,chrf");
    private readonly LengthOptions _lengths = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, numbers unrounded." };
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = "FILE", Description = "Keep the translations in this file." };

    private readonly Option<string[]> _references = new("--ref", "--references")
    {
        HelpName = "FILE",
        Description = "The correct translations, as many as the sources. May be given several times.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Makes the verb.</summary>
    public EvaluateVerb()
        : base("evaluate", "Translate a test set and score it: BLEU, METEOR, BLEU-1 to BLEU-4, chrF.",
            "sequor evaluate models/en-de --src test.en --ref test.de --beam 5",
            "sequor evaluate models/gru --src test.en --ref test.de --by-length --hyp fixed=fixed.de --svg by-length.svg")
    {
        Options.Add(_source);
        Options.Add(_references);
        _model.AddTo(this);
        _constraints.AddTo(this);
        _metrics.AddTo(this);
        _lengths.AddTo(this);
        Options.Add(_json);
        Options.Add(_output);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        MetricSet metrics = _metrics.Of(given);
        string sourcePath = given.GetValue(_source)!;
        string[] referencePaths = given.GetValue(_references)!;
        IReadOnlyList<string> sources = LineSource.ReadAll(sourcePath, terminal);
        IReadOnlyList<string>[] references = [.. referencePaths.Select(path => LineSource.ReadAll(path, terminal))];
        LineCounts.RequireEqual(sourcePath, sources.Count, referencePaths.Zip(references, (path, lines) => (path, lines.Count)));
        LengthScoring? byLength = _lengths.Open(given, terminal, _metrics.OptionsOf(given), sourcePath, sources);

        (Translator translator, SearchOptions search) = _model.Open(given, terminal, needsAttention: false);
        List<string> translations = [];
        using LineRequests requests = _constraints.OpenLines(given, terminal);
        search = _constraints.Over(given, terminal, search);
        using (translator)
        using (LineSink? sink = given.GetValue(_output) is { } output ? LineSink.Open(output, terminal, sourcePath) : null)
        {
            foreach (string[] window in sources.Chunk(WindowLines))
            {
                int done = translations.Count;
                IReadOnlyList<DecodingRequest>? asked = requests.For(window, sourcePath, done + window.Length);
                foreach (GeneratedText made in LineRequests.Generate(translator, search, window, asked, done, stop))
                {
                    translations.Add(made.Text);
                    sink?.WriteLine(made.Text);
                    requests.Note(made, done + made.Index + 1, terminal);
                }
            }

            requests.Tell(terminal);
        }

        ScoreReport report = new(metrics.Score(translations, references), null)
        {
            ByLength = byLength?.Score(_model.NameOf(given), translations, references, terminal),
        };
        using LineSink scores = LineSink.Open(null, terminal);
        scores.Write(given.GetValue(_json) ? report.ToJson() : report.ToText(decimals: 1));
        _model.Finish(given, terminal);
        return ExitCode.Success;
    }
}
