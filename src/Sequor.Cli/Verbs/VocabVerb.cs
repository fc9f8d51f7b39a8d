using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Cli.Verbs;

/// <summary>Finds the pieces of a vocabulary in text.</summary>
internal sealed class VocabVerb : Verb
{
    private static readonly string[] _kinds = ["bpe", "unigram", "character", "word", "byte", "subword-nmt"];

    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Text, one sentence a line; both languages for a joint vocabulary. Default: standard input.",
    };

    private readonly Option<string> _output = new("--output", "-o", "--model") { HelpName = "FILE", Description = "The vocabulary to write.", Required = true };

    private readonly Option<string> _kind = new("--type", "--model-type", "--model_type")
    {
        HelpName = "KIND",
        Description = "bpe, unigram and character write SentencePiece models; word and byte do not cut below or above their unit; subword-nmt learns as its learn-bpe. Default: bpe.",
        DefaultValueFactory = _ => "bpe",
    };

    private readonly Option<int?> _size = new("--size", "--vocab-size", "--vocab_size")
    {
        HelpName = "N",
        Description = "Pieces, special ones included; of subword-nmt, merges. Default: 8,000, or as many as the text gives.",
    };

    private readonly Option<string?> _codes = new("--codes") { HelpName = "FILE", Description = "Of subword-nmt: where to write the merges alone, as it reads them." };

    private readonly Option<float> _coverage = new("--character-coverage", "--character_coverage")
    {
        HelpName = "SHARE",
        Description = "Share of the text that the alphabet covers, 0.98 to 1. Default: 0.9995.",
        DefaultValueFactory = _ => 0.9995f,
    };

    private readonly Option<string> _normalization = new("--normalization", "--normalization-rule-name", "--normalization_rule_name")
    {
        HelpName = "RULE",
        Description = $"{string.Join(", ", NormalizationRules.Names)}. Default: nmt_nfkc.",
        DefaultValueFactory = _ => "nmt_nfkc",
    };

    private readonly Option<bool> _byteFallback = new("--byte-fallback", "--byte_fallback") { Description = "Write characters outside the alphabet as bytes: nothing is unknown." };

    private readonly Option<bool> _splitDigits = new("--split-digits", "--split_digits") { Description = "Make every digit a piece of its own." };

    private readonly Option<string[]> _symbols = new("--symbol", "--user-defined-symbols", "--user_defined_symbols") { HelpName = "TEXT", Description = "A piece that is never cut. May be given several times." };

    private readonly Option<string[]> _controls = new("--control", "--control-symbols", "--control_symbols") { HelpName = "TEXT", Description = "A piece that text cannot produce, such as a language tag. May be given several times." };

    private readonly Option<int> _minimumCount = new("--min-count")
    {
        HelpName = "N",
        Description = "Words: how often one must occur. Default: 1.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _sample = new("--sample", "--input-sentence-size", "--input_sentence_size") { HelpName = "N", Description = "Train on so many lines, drawn at random. Default: 0, all." };

    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "The seed of the draw. Default: 1.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _padId = new("--pad-id", "--pad_id") { HelpName = "ID", Description = "The id of <pad>; -1 leaves it out. Default: -1.", DefaultValueFactory = _ => -1 };

    /// <summary>Makes the verb.</summary>
    public VocabVerb()
        : base("vocab", "Train a vocabulary of subwords, words, characters or bytes from text.",
            "sequor vocab train.en train.de --size 8000 -o joint.model")
    {
        Arguments.Add(_files);
        foreach (Option option in (Option[])[_output, _kind, _size, _codes, _coverage, _normalization, _byteFallback, _splitDigits, _symbols, _controls, _minimumCount, _sample, _seed, _padId])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string kind = given.GetValue(_kind)!;
        if (!_kinds.Contains(kind is "char" ? "character" : kind))
            throw new UsageException($"--type is '{kind}', but must be one of {string.Join(", ", _kinds)}.");
        SubwordTrainingOptions options = Subwords(given, kind);
        UsageException.ThrowIfAny(options.Validate());
        if (given.GetValue(_minimumCount) < 1)
            throw new UsageException($"--min-count is {given.GetValue(_minimumCount)}, but must be 1 or more.");

        string[] files = given.GetValue(_files) is { Length: > 0 } named ? named : ["-"];
        foreach (string file in files.Where(file => file != "-"))
            InputFile.Require(file);
        CountedLines lines = new(files, terminal, stop);
        string output = given.GetValue(_output)!;
        int size = kind == "subword-nmt"
            ? TrainSubwordNmt(options, lines, output, given.GetValue(_codes), stop)
            : Train(kind, options, lines, given.GetValue(_minimumCount), output, stop);
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{size:N0} pieces ({kind}) from {lines.Count:N0} lines, written to {output}"));
        return ExitCode.Success;
    }

    private static int TrainSubwordNmt(SubwordTrainingOptions options, CountedLines lines, string output, string? codes, CancellationToken stop)
    {
        SubwordNmtTokenizer tokenizer = SubwordNmtTrainer.Train(lines.All(), new SubwordNmtTrainingOptions { Merges = options.VocabularySize }, stop);
        tokenizer.Save(output);
        if (codes is not null)
            tokenizer.SaveCodes(codes);
        return tokenizer.Vocabulary.Size;
    }

    private static int Train(string kind, SubwordTrainingOptions options, CountedLines lines, int minimumCount, string output, CancellationToken stop)
    {
        try
        {
            switch (kind)
            {
                case "word":
                    WordTokenizer words = WordTokenizer.Build(lines.All(), options.VocabularySize, minimumCount);
                    words.Save(output);
                    return words.Vocabulary.Size;
                case "byte":
                    ByteTokenizer bytes = new();
                    bytes.Save(output);
                    return bytes.Vocabulary.Size;
                default:
                    SentencePieceModel model = SentencePieceTrainer.Train(lines.All(), options, stop);
                    model.Save(output);
                    return model.Pieces.Count;
            }
        }
        catch (ArgumentException fault)
        {
            throw new InputException(InOptions(FaultText.WithoutParameter(fault)), fault);
        }
    }

    // The trainer speaks of its settings; whoever reads this has typed options.
    private static string InOptions(string sentence) => sentence
        .Replace("VocabularySize = ", "--size ", StringComparison.Ordinal)
        .Replace("VocabularySize", "--size", StringComparison.Ordinal)
        .Replace("CharacterCoverage", "--character-coverage", StringComparison.Ordinal)
        .Replace("set HardVocabularyLimit to false", "leave --size out", StringComparison.Ordinal);

    private SubwordTrainingOptions Subwords(ParseResult given, string kind) => new()
    {
        Algorithm = kind switch
        {
            "unigram" => SubwordAlgorithm.Unigram,
            "character" or "char" => SubwordAlgorithm.Character,
            "word" => SubwordAlgorithm.Word,
            _ => SubwordAlgorithm.Bpe,
        },
        VocabularySize = given.GetValue(_size) ?? 8000,
        // Whoever names a size wants it; whoever does not, wants a vocabulary.
        HardVocabularyLimit = given.GetValue(_size) is not null,
        CharacterCoverage = given.GetValue(_coverage),
        NormalizationRule = given.GetValue(_normalization)!,
        ByteFallback = given.GetValue(_byteFallback),
        SplitDigits = given.GetValue(_splitDigits),
        UserDefinedSymbols = given.GetValue(_symbols) ?? [],
        ControlSymbols = given.GetValue(_controls) ?? [],
        InputSentenceLimit = given.GetValue(_sample),
        Seed = given.GetValue(_seed),
        PadId = given.GetValue(_padId),
    };
}
