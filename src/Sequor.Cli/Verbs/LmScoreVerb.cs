using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.LanguageModels;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>Says how likely lines are.</summary>
internal sealed class LmScoreVerb : Verb
{
    private const int WindowLines = 256;

    private readonly Argument<string> _model = new("MODEL") { Description = "An n-gram model in ARPA form, plain or gzip, of any program; or the directory of a neural language model." };

    private readonly TextFiles _files = new();

    private readonly Option<string?> _vocabulary = new("--vocab")
    {
        HelpName = "MODEL",
        Description = "Cut lines into the pieces of this vocabulary, or of the target side of this model directory. Default: words between spaces; a neural model has its own.",
    };

    private readonly Option<bool> _total = new("--total") { Description = "Only the total, on standard output." };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line, numbers unrounded; the total is the last." };

    /// <summary>Makes the verb.</summary>
    public LmScoreVerb()
        : base("score", "Print each line's log-probability, perplexity and unknown words, parted by tabs.",
            "sequor lm score de.arpa -i test.de --total")
    {
        Arguments.Add(_model);
        _files.AddTo(this);
        foreach (Option option in (Option[])[_vocabulary, _total, _json])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string path = given.GetValue(_model)!;
        string? vocabulary = given.GetValue(_vocabulary);
        if (!Directory.Exists(path))
        {
            WriteScores(given, terminal, Ngrams(Load(path), vocabulary));
            return ExitCode.Success;
        }

        if (vocabulary is not null)
            throw new UsageException("--vocab is for n-gram models; a model directory brings its own vocabulary along. Leave it out.");
        ModelChoice.RequireModel(path);
        using NeuralLanguageModel model = NeuralLanguageModel.Load(path);
        WriteScores(given, terminal, lines => model.Score(lines));
        return ExitCode.Success;
    }

    private static Func<IReadOnlyList<string>, IEnumerable<Perplexity>> Ngrams(NgramModel model, string? vocabulary)
    {
        if (vocabulary is null)
            return lines => lines.Select(line => Perplexity.Of(model, line));
        Tokenizer tokenizer = TokenizerChoice.Load(vocabulary, target: true);
        RequireSamePieces(model, tokenizer);
        return lines => lines.Select(line => Perplexity.Of(model, line, tokenizer));
    }

    private void WriteScores(ParseResult given, Terminal terminal, Func<IReadOnlyList<string>, IEnumerable<Perplexity>> score)
    {
        (bool total, bool json) = (given.GetValue(_total), given.GetValue(_json));
        using LineSource source = _files.OpenInput(given, terminal);
        using LineSink sink = _files.OpenOutput(given, terminal);
        Perplexity sum = default;
        long line = 0;
        while (source.ReadWindow(WindowLines) is { Count: > 0 } window)
        {
            foreach (Perplexity one in Guarded(() => score(window)))
            {
                sum += one;
                if (!total)
                    sink.WriteLine(json ? Json(one, line) : Plain(one));
                line++;
            }

            sink.Flush();
        }

        if (json)
            sink.WriteLine(Json(sum, null));
        else if (total)
            sink.WriteLine(InWords(sum));
        else
            terminal.Errors.WriteLine(InWords(sum));
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file, or it is a directory.</exception>
    internal static NgramModel Load(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"{path} is a directory; an n-gram model is one file in ARPA form. 'sequor info' shows what a model directory holds.");
        InputFile.Require(path);
        return NgramModel.Load(path);
    }

    private static void RequireSamePieces(NgramModel model, Tokenizer tokenizer) => Guarded(() => model.Over(tokenizer.Vocabulary));

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static string Plain(Perplexity one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.LogProb:F6}\t{one.Value:F4}\t{one.UnknownWords}");

    private static string InWords(Perplexity sum) => sum.Words == 0 ? "no line was read" : string.Create(
        CultureInfo.InvariantCulture,
        $"log-probability {sum.LogProb:F4}, perplexity {sum.Value:F4} of {sum.Words:N0} words with ends of lines; without {sum.UnknownWords:N0} unknown: log-probability {sum.KnownLogProb:F4}, perplexity {sum.KnownValue:F4}");

    private static string Json(Perplexity one, long? index) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        if (index is { } number)
            writer.WriteNumber("index", number);
        else
            writer.WriteBoolean("total", true);
        writer.WriteNumber("log_prob", one.LogProb);
        WriteNumber(writer, "perplexity", one.Value);
        writer.WriteNumber("words", one.Words);
        writer.WriteNumber("unknown_words", one.UnknownWords);
        writer.WriteNumber("known_log_prob", one.KnownLogProb);
        WriteNumber(writer, "known_perplexity", one.KnownValue);
        writer.WriteEndObject();
    });

    // Of nothing, or beyond all numbers, there is no perplexity that JSON could write.
    private static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}
