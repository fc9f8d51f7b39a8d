using System.CommandLine;
using Sequor.Alignments;
using Sequor.Batching;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>What <c>align</c> reads.</summary>
internal sealed class AlignInput
{
    private readonly Option<string?> _source = new("--source", "-s", "--src") { HelpName = "FILE", Description = "Source sentences, plain or gzip; words stand between spaces." };

    private readonly Option<string?> _target = new("--target", "-t", "--tgt") { HelpName = "FILE", Description = "Their translations, line by line." };

    private readonly Option<string?> _joined = new("--input", "-i") { HelpName = "FILE", Description = "Or both on each line, 'source ||| target'. Default: standard input." };

    private readonly Option<string?> _vocabulary = new("--vocab")
    {
        HelpName = "MODEL",
        Description = "Align pieces instead of words: those of a model directory, or of a vocabulary that both sides share.",
    };

    private readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "Give pairs with an empty side an empty line, instead of refusing them." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_source, _target, _joined, _vocabulary, _allowEmpty])
            verb.Options.Add(option);
    }

    /// <summary>Where the pieces come from; null for words.</summary>
    /// <param name="given">The arguments.</param>
    public string? Vocabulary(ParseResult given) => given.GetValue(_vocabulary);

    /// <summary>Reads the pairs.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose input is the default.</param>
    /// <param name="known">An aligner whose words number the text; null to number them anew.</param>
    /// <param name="stop">Looked at before each pair.</param>
    /// <exception cref="CorpusException">The text has faults.</exception>
    /// <exception cref="InputException">There are no pairs, or the vocabulary is not the aligner's.</exception>
    public AlignmentCorpus Read(ParseResult given, Terminal terminal, WordAligner? known, CancellationToken stop)
    {
        (IEnumerable<SentencePair> pairs, string name) = Pairs(given, terminal);
        AlignmentCorpus corpus;
        if (Vocabulary(given) is { } path)
        {
            if (known is { IsOfPieces: false })
                throw new InputException("The aligner was trained on words, so --vocab has no meaning beside it. Leave it out.");
            (Tokenizer source, Tokenizer target) = Load(path);
            corpus = new AlignmentCorpus(Numbers(source, known?.SourceWords, path), Numbers(target, known?.TargetWords, path), isOfPieces: true);
            AlignmentText.Add(pairs, corpus, source.Encode, target.Encode, given.GetValue(_allowEmpty), stop);
        }
        else
        {
            if (known is { IsOfPieces: true })
                throw new InputException("The aligner was trained on pieces; name their vocabulary with --vocab.");
            // Words that the aligner does not know come behind its own.
            corpus = new AlignmentCorpus(new WordNumbers(known?.SourceWords.Words ?? []), new WordNumbers(known?.TargetWords.Words ?? []));
            AlignmentText.Add(
                pairs, corpus, line => corpus.SourceWords.Encode(line, learn: true), line => corpus.TargetWords.Encode(line, learn: true),
                given.GetValue(_allowEmpty), stop);
        }

        return corpus.Count > 0 ? corpus : throw new InputException($"{name} is empty; there is nothing to align.");
    }

    private static (Tokenizer Source, Tokenizer Target) Load(string path)
    {
        if (Directory.Exists(path))
        {
            (string source, string target) = (TokenizerChoice.OfDirectory(path, target: false), TokenizerChoice.OfDirectory(path, target: true));
            Tokenizer first = Tokenizer.Load(source);
            return (first, source == target ? first : Tokenizer.Load(target));
        }

        InputFile.Require(path);
        Tokenizer joint = Tokenizer.Load(path);
        return (joint, joint);
    }

    private static WordNumbers Numbers(Tokenizer tokenizer, WordNumbers? known, string path)
    {
        if (known is null)
            return new WordNumbers(tokenizer.Vocabulary.Pieces);
        return known.Words.SequenceEqual(tokenizer.Vocabulary.Pieces)
            ? known
            : throw new InputException($"The pieces of {path} are not those that the aligner was trained on. Name the vocabulary that was used then.");
    }

    private (IEnumerable<SentencePair> Pairs, string Name) Pairs(ParseResult given, Terminal terminal)
    {
        (string? source, string? target, string? joined) = (given.GetValue(_source), given.GetValue(_target), given.GetValue(_joined));
        if (source is null != target is null)
            throw new UsageException($"{(source is null ? "--target needs --source" : "--source needs --target")} beside it; both sides on each line go to --input.");
        if (source is not null && joined is not null)
            throw new UsageException("--source and --target name two files and --input one; leave one way out.");
        if (source is not null)
            return (AlignmentText.OfFiles(source, target!), source);
        if (joined is not null and not "-")
            return (AlignmentText.OfJoined(AlignmentText.LinesOf(joined), joined), joined);
        const string name = "standard input";
        return (AlignmentText.OfJoined(StandardInput(terminal), name), name);
    }

    private static IEnumerable<string> StandardInput(Terminal terminal)
    {
        using LineSource source = LineSource.Open(null, terminal);
        foreach (string line in source.Rest())
            yield return line;
    }
}
