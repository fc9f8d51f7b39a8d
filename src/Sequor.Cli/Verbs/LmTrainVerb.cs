using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.LanguageModels;

namespace Sequor.Cli.Verbs;

/// <summary>Trains an n-gram model.</summary>
internal sealed class LmTrainVerb : Verb
{
    private readonly Option<string[]> _input = new("--input", "-i", "--text")
    {
        HelpName = "FILE",
        Description = "Text, one sentence a line. May be given several times. Default: standard input.",
    };

    private readonly Option<string> _output = new("--output", "-o", "--arpa")
    {
        HelpName = "FILE",
        Description = "The model to write, in ARPA form; packed with gzip where the name ends in .gz.",
        Required = true,
    };

    private readonly Option<int> _order = new("--order") { HelpName = "N", Description = "Words of the longest n-grams, 1 to 6. Default: 5.", DefaultValueFactory = _ => 5 };

    private readonly Option<string?> _vocabulary = new("--vocab")
    {
        HelpName = "MODEL",
        Description = "Learn pieces of this vocabulary, or of the target side of this model directory; shallow fusion needs that. Default: words between spaces.",
    };

    private readonly Option<int[]> _prune = new("--prune")
    {
        HelpName = "N",
        Description = "For each order, how often an n-gram may occur and still be left out: --prune 0 0 1. The last holds for longer ones. Default: none is.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _minimumCount = new("--min-count")
    {
        HelpName = "N",
        Description = "Words that are rarer count as unknown. Default: 1.",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Makes the verb.</summary>
    public LmTrainVerb()
        : base("train", "Train an n-gram language model with modified Kneser-Ney smoothing.",
            "sequor lm train -i train.de -o de.arpa --order 5",
            "sequor lm train -i mono.de -o pieces.arpa.gz --vocab models/en-de --prune 0 0 1")
    {
        foreach (Option option in (Option[])[_input, _output, _order, _vocabulary, _prune, _minimumCount])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        NgramTrainingOptions options = new()
        {
            Order = given.GetValue(_order),
            MinimumCount = given.GetValue(_minimumCount),
            PruneThresholds = given.GetValue(_prune) ?? [],
        };
        UsageException.ThrowIfAny(options.Validate());
        string? vocabulary = given.GetValue(_vocabulary);
        if (vocabulary is not null && options.MinimumCount > 1)
            throw new UsageException("--min-count is for words; pieces of a --vocab are all kept. Leave one of them out.");

        string[] files = given.GetValue(_input) is { Length: > 0 } named ? named : ["-"];
        foreach (string file in files.Where(file => file != "-"))
            InputFile.Require(file);
        string output = given.GetValue(_output)!;
        OutputFile.Require(output);
        CountedLines lines = new(files, terminal, stop);
        NgramModel model = Train(lines, vocabulary, options, out NgramTrainingReport report, stop);
        model.Save(output);
        Tell(terminal, report);
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(" + ", model.Counts.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))} n-grams from {report.Words:N0} {(vocabulary is null ? "words" : "pieces")} in {report.Sentences:N0} lines, written to {output}"));
        return ExitCode.Success;
    }

    private static NgramModel Train(CountedLines lines, string? vocabulary, NgramTrainingOptions options, out NgramTrainingReport report, CancellationToken stop)
    {
        try
        {
            return vocabulary is null
                ? NgramTrainer.Train(lines.All(), options, out report, stop)
                : NgramTrainer.Train(lines.All(), TokenizerChoice.Load(vocabulary, target: true), options, out report, stop);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static void Tell(Terminal terminal, NgramTrainingReport report)
    {
        if (report.UnknownWords > 0)
            terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.UnknownWords:N0} of {report.Words:N0} count as unknown"));
        int[] fallbacks = [.. Enumerable.Range(1, report.Discounts.Count).Where(order => report.Discounts[order - 1].IsFallback)];
        if (fallbacks.Length > 0)
        {
            terminal.Errors.WriteLine(
                $"the text is too small to work out discounts of order {string.Join(", ", fallbacks)}: 0.5, 1 and 1.5 are taken");
        }
    }
}
