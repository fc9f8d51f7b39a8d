using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Training.Runs;

/// <summary>The vocabularies of a run: those that lie in its directory, those that its configuration names, or new ones learnt from its corpora.</summary>
/// <param name="Source">Cuts sources.</param>
/// <param name="Target">Cuts targets; the same object when joint.</param>
/// <param name="Paths">Their files in the run's directory: one when joint, source and target otherwise.</param>
public sealed record RunVocabularies(Tokenizer Source, Tokenizer Target, IReadOnlyList<string> Paths)
{
    /// <summary>Opens or learns the vocabularies; learnt and named ones are saved into the run's directory.</summary>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="corpora">The training corpora.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="directory">The run's directory.</param>
    /// <param name="message">Hears what is being done.</param>
    /// <param name="stop">Asks for a stop; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for while a vocabulary was learnt.</exception>
    public static RunVocabularies Open(
        SequorConfiguration configuration, IReadOnlyList<Corpus> corpora, CorpusOptions options, string directory, Action<string> message,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        VocabularyConfiguration vocabulary = configuration.Vocabulary;
        string[] paths = [.. FileNames(vocabulary).Select(name => Path.Combine(directory, name))];
        if (!paths.All(File.Exists))
        {
            Make(vocabulary, corpora, options, paths, message, stop);
        }

        Tokenizer[] opened = [.. paths.Select(Tokenizer.Load)];
        return new RunVocabularies(opened[0], opened[^1], paths);
    }

    /// <summary>The names of a run's vocabulary files: one for both sides, or the source's and the target's.</summary>
    internal static string[] FileNames(VocabularyConfiguration vocabulary)
    {
        string extension = vocabulary.Kind is VocabularyChoice.Bpe or VocabularyChoice.Unigram ? "model" : "vocab";
        return vocabulary.Joint ? [$"vocabulary.{extension}"] : [$"source.{extension}", $"target.{extension}"];
    }

    private static void Make(
        VocabularyConfiguration vocabulary, IReadOnlyList<Corpus> corpora, CorpusOptions options, string[] paths, Action<string> message, CancellationToken stop)
    {
        if (vocabulary.Model.Count > 0)
        {
            CopyNamed(vocabulary, paths);
            return;
        }

        // Text is learnt from as it is read: prefixes and filters that count pieces come after the vocabulary.
        FilteredPairs pairs = new(corpora, options);
        message($"learning a {vocabulary.Kind.ToString().ToLowerInvariant()} vocabulary of {vocabulary.Size} pieces");
        if (vocabulary.Joint)
        {
            Train(vocabulary, pairs.SelectMany(pair => pair.IsTargetOnly ? [pair.Target] : new[] { pair.Source, pair.Target }), paths[0], stop);
            return;
        }

        Train(vocabulary, pairs.Select(pair => pair.Source), paths[0], stop);
        Train(vocabulary, pairs.Select(pair => pair.Target), paths[1], stop);
    }

    private static void CopyNamed(VocabularyConfiguration vocabulary, string[] paths)
    {
        if (vocabulary.Model.Count != paths.Length)
        {
            throw new ConfigurationException([new ConfigurationFault(
                ConfigurationOrigin.Code, "vocabulary.model",
                $"{vocabulary.Model.Count} files are named, but {(paths.Length == 1 ? "a joint vocabulary is one file" : "separate vocabularies are two files")}")]);
        }

        for (int i = 0; i < paths.Length; i++)
        {
            Tokenizer.Load(vocabulary.Model[i]).Save(paths[i]);
        }
    }

    private static void Train(VocabularyConfiguration vocabulary, IEnumerable<string> lines, string path, CancellationToken stop)
    {
        switch (vocabulary.Kind)
        {
            case VocabularyChoice.Word:
                WordTokenizer.Build(lines, vocabulary.Size).Save(path);
                break;
            case VocabularyChoice.Character:
                CharacterTokenizer.Build(lines, vocabulary.Size).Save(path);
                break;
            case VocabularyChoice.Byte:
                new ByteTokenizer().Save(path);
                break;
            default:
                SentencePieceTrainer.Train(lines, OptionsOf(vocabulary), stop).Save(path);
                break;
        }
    }

    private static SubwordTrainingOptions OptionsOf(VocabularyConfiguration vocabulary) => new()
    {
        Algorithm = vocabulary.Kind == VocabularyChoice.Unigram ? SubwordAlgorithm.Unigram : SubwordAlgorithm.Bpe,
        VocabularySize = vocabulary.Size,

        // A small corpus may not hold as many pieces as asked for: then it gets as many as it holds.
        HardVocabularyLimit = false,
        CharacterCoverage = (float)vocabulary.CharacterCoverage,
        ByteFallback = vocabulary.ByteFallback,
        UserDefinedSymbols = [.. vocabulary.UserDefinedSymbols],
        PadId = 3,
        NormalizationRule = vocabulary.Normalization switch
        {
            NormalizationChoice.Nfkc => "nfkc",
            NormalizationChoice.NmtNfkcCaseFold => "nmt_nfkc_cf",
            NormalizationChoice.NfkcCaseFold => "nfkc_cf",
            NormalizationChoice.Identity => "identity",
            _ => "nmt_nfkc",
        },
    };
}
