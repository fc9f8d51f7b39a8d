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
    private readonly Option<string?> _prefixes = new("--prefix-file", "--target-prefix") { HelpName = "FILE", Description = "For each line what its output must begin with; an empty line for nothing." };

    /// <summary>Makes the verb.</summary>
    public TranslateVerb()
        : base("translate", "Translate text line by line with a trained model.",
            "echo \"Where is the station?\" | sequor translate models/en-de",
            "sequor translate models/en-de -i test.en -o test.out --beam 8 --nbest 4")
    {
        Aliases.Add("generate");
        _model.AddTo(this);
        _files.AddTo(this);
        _format.AddTo(this);
        _pictures.AddTo(this);
        Options.Add(_prefixes);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        using LineSource source = _files.OpenInput(given, terminal);
        using LineSource? prefixes = given.GetValue(_prefixes) is { } path ? LineSource.Open(path, terminal) : null;
        (Translator translator, SearchOptions search) = _model.Open(given, terminal, _format.NeedsAttention(given) || _pictures.AreAskedFor(given));
        using (translator)
        {
            if (!translator.Configuration.Model.HasAttention && (_format.AsksForAlignments(given) || _pictures.AreAskedFor(given)))
                throw new InputException("This model has no attention: --alignments, --soft-alignments and --attention-svg have nothing to tell. Leave them out.");
            using LineSink sink = _files.OpenOutput(given, terminal);
            Func<GeneratedText, long, IEnumerable<string>> lines = _format.Writer(given, search.NBest);
            long done = 0;
            long cut = 0;
            while (source.ReadWindow(WindowLines) is { Count: > 0 } window)
            {
                foreach (GeneratedText output in translator.Generate(window, search, Prefixes(prefixes, window.Count, source), done, stop))
                {
                    cut += output.SourceWasCut ? 1 : 0;
                    foreach (string line in lines(output, done + output.Index))
                        sink.WriteLine(line);
                    _pictures.Draw(given, output, done + output.Index);
                }

                done += window.Count;
                sink.Flush();
            }

            if (cut > 0)
                terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cut:N0} of {done:N0} lines were longer than the model can read; their ends were left out."));
        }

        return ExitCode.Success;
    }

    private static IReadOnlyList<DecodingRequest>? Prefixes(LineSource? prefixes, int count, LineSource source)
    {
        if (prefixes is null)
            return null;
        string[] lines = [.. prefixes.Rest().Take(count)];
        return lines.Length == count ? DecodingRequest.WithPrefixes(lines) : throw new InputException(string.Create(
            CultureInfo.InvariantCulture, $"{prefixes.Name} has {prefixes.Line} lines, but {source.Name} has {source.Line} or more. It must have one prefix for each line."));
    }
}
