using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>Translates text line by line.</summary>
internal sealed class TranslateVerb : Verb
{
    private const int WindowLines = 1000;

    private readonly ModelChoice _model = new();
    private readonly TextFiles _files = new();
    private readonly OutputFormat _format = new();
    private readonly AttentionFiles _pictures = new();
    private readonly ConstraintOptions _constraints = new();
    private readonly AlternativesOutput _alternatives = new();
    private readonly ShardOption _shard = new();

    /// <summary>Makes the verb.</summary>
    public TranslateVerb()
        : base("translate", "Translate text line by line with a trained model.",
            "echo \"Where is the station?\" | sequor translate models/en-de",
            "sequor translate models/en-de -i test.en -o test.out --beam 8 --nbest 4",
            "sequor translate models/en-de -i test.en --glossary terms.tsv --beam 10",
            "sequor translate models/en-de -i large.en -o large.de.2 --shard 2/8")
    {
        Aliases.Add("generate");
        _model.AddTo(this);
        _files.AddTo(this);
        _format.AddTo(this);
        _pictures.AddTo(this);
        _constraints.AddTo(this);
        _alternatives.AddTo(this);
        _shard.AddTo(this);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        using LineSource source = _files.OpenInput(given, terminal);
        using LineRequests requests = _constraints.OpenLines(given, terminal);
        ShardOption.Shard shard = _shard.Of(given, _files.InputPath(given), terminal);
        (Translator translator, SearchOptions search) = _model.Open(given, terminal, _format.NeedsAttention(given) || _pictures.AreAskedFor(given));
        using (translator)
        {
            search = _constraints.Over(given, terminal, search);
            if (!translator.HasAttention && (_format.AsksForAlignments(given) || _pictures.AreAskedFor(given)))
                throw new InputException("This model has no attention: --alignments, --soft-alignments and --attention-svg have nothing to tell. Leave them out.");
            using LineSink sink = _files.OpenOutput(given, terminal);
            shard.Skip(source, requests);
            if (_alternatives.AreAskedFor(given, requests.HavePrefixes))
            {
                WriteAlternatives(given, translator, search, source, shard, requests, sink, stop);
                return ExitCode.Success;
            }

            Func<GeneratedText, long, IEnumerable<string>> lines = _format.Writer(given, search.NBest);
            long done = shard.First;
            long cut = 0;
            while (shard.ReadWindow(source, WindowLines) is { Count: > 0 } window)
            {
                foreach (GeneratedText output in LineRequests.Generate(translator, search, window, requests.For(window, source.Name, source.Line), done, stop))
                {
                    cut += output.SourceWasCut ? 1 : 0;
                    foreach (string line in lines(output, done + output.Index))
                        sink.WriteLine(line);
                    _pictures.Draw(given, output, done + output.Index);
                    requests.Note(output, done + output.Index + 1, terminal);
                }

                done += window.Count;
                sink.Flush();
            }

            requests.Tell(terminal, shard.ReachesEnd);
            if (cut > 0)
                terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cut:N0} of {done - shard.First:N0} lines were longer than the model can read; their ends were left out."));
            _model.Finish(given, terminal);
        }

        return ExitCode.Success;
    }

    private void WriteAlternatives(
        ParseResult given, Translator translator, SearchOptions search, LineSource source, ShardOption.Shard shard, LineRequests requests, LineSink sink, CancellationToken stop)
    {
        long done = shard.First;
        while (shard.ReadWindow(source, WindowLines) is { Count: > 0 } window)
        {
            IReadOnlyList<DecodingRequest>? asked = requests.For(window, source.Name, source.Line);
            for (int i = 0; i < window.Count; i++)
            {
                foreach (string line in _alternatives.Lines(given, translator, search, window[i], asked?[i], done + i, _format.IsJson(given), stop))
                    sink.WriteLine(line);
            }

            done += window.Count;
            sink.Flush();
        }
    }
}
