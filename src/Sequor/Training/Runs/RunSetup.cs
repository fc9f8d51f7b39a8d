using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Text;

namespace Sequor.Training.Runs;

/// <summary>Everything that a run needs before its first update.</summary>
internal sealed class RunSetup : IDisposable
{
    private const string ConfigurationFile = ModelDirectory.ConfigurationFile;

    private RunSetup(SequorConfiguration configuration, RunVocabularies vocabularies, TrainingCorpus corpus, Device? device)
    {
        (Configuration, Vocabularies, Corpus) = (configuration, vocabularies, corpus);
        Seed = configuration.Training.Seed ?? configuration.Seed;
        Model = configuration.Model.Build(vocabularies.Source.Vocabulary.Size, vocabularies.Target.Vocabulary.Size, (ulong)Seed, device);
        Loss = new CrossEntropy((float)configuration.Training.LabelSmoothing, (float)(configuration.Training.GuidedAttention?.Weight ?? 0));
        Generator = new Generator(Model, vocabularies.Source, vocabularies.Target, configuration.ToGeneratorOptions());
        Dev = configuration.Data.Dev is { } dev ? RunData.HeldOutPairs(dev, configuration.Data) : [];
        Test = configuration.Data.Test is { } test ? RunData.HeldOutPairs(test, configuration.Data) : [];
    }

    internal SequorConfiguration Configuration { get; }

    internal long Seed { get; }

    internal RunVocabularies Vocabularies { get; }

    internal TrainingCorpus Corpus { get; }

    internal EncoderDecoder Model { get; }

    internal CrossEntropy Loss { get; }

    internal Generator Generator { get; }

    internal IReadOnlyList<SentencePair> Dev { get; }

    internal IReadOnlyList<SentencePair> Test { get; }

    internal BatchOptions BatchOptions => new()
    {
        Unit = Configuration.Training.BatchSentences is null ? BatchUnit.Tokens : BatchUnit.Sentences,
        Size = Configuration.Training.BatchSentences ?? Configuration.Training.BatchTokens,
        CountPadding = Configuration.Training.CountPadding,
        Seed = (ulong)Seed,
    };

    internal static RunSetup Open(
        SequorConfiguration configuration, TrainingRunOptions options, Action<string> message, CancellationToken stop = default, Device? device = null)
    {
        if (configuration.Data.Train.Count == 0)
        {
            throw new ConfigurationException([new ConfigurationFault(
                ConfigurationOrigin.Code, "data.train", "a training run needs at least one corpus, such as - {source: train.en, target: train.de}")]);
        }

        using ModelDirectory? parent = options.InitializeFrom is { } path ? ModelDirectory.Open(path) : null;
        if (parent is not null)
        {
            PackedTensors.RequireFloats(parent.Weights, "be trained on");
        }

        if (parent is not null && configuration.Vocabulary is ({ SourceVectors: not null } or { TargetVectors: not null }))
        {
            throw new ConfigurationException([new ConfigurationFault(
                ConfigurationOrigin.Code, "vocabulary", "the embeddings come from the model that is trained on; leave source_vectors and target_vectors out")]);
        }

        configuration = parent is null ? configuration : Inherit(configuration, parent);
        if (parent is not null && configuration.Model.Validate() is { Count: > 0 } faults)
        {
            throw new ConfigurationException([.. faults.Select(fault => fault with { Path = $"model.{fault.Path}" })]);
        }

        IReadOnlyList<Corpus> corpora = RunData.Corpora(configuration.Data, aligned: configuration.Training.GuidedAttention is not null);
        CorpusOptions reading = RunData.Options(configuration.Data, HeldOut(configuration.Data, corpora, message));
        Directory.CreateDirectory(options.Directory);
        Guard(configuration, options.Directory);
        RunVocabularies vocabularies = RunVocabularies.Open(configuration, corpora, reading, options.Directory, message, stop);
        SamplingOptions? sampling = configuration.Data.SubwordDropout > 0 ? new SamplingOptions { Alpha = (float)configuration.Data.SubwordDropout } : null;
        TrainingCorpus corpus = TrainingCorpus.Load(corpora, PairEncoder.From(vocabularies.Source, vocabularies.Target, sampling, sampling), reading);
        if (configuration.Data.IsLanguageModel)
        {
            message("training a language model: no corpus has a source");
        }

        message($"training on {corpus.Report.PairsKept} of {corpus.Report.PairsRead} pairs");
        var setup = new RunSetup(configuration, vocabularies, corpus, device);
        setup.CheckGuidance(message);
        if (parent is null)
        {
            RunVectors.Fill(setup.Model, configuration.Vocabulary, vocabularies, message);
        }
        else
        {
            ParameterTensors.Load(parent.Weights, setup.Model.Parameters);
        }

        AtomicFile.Write(Path.Combine(options.Directory, ConfigurationFile), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(WithNames(configuration, vocabularies).ToYaml())));
        return setup;
    }

    /// <summary>
    /// Takes what setting up left behind off the heap, once: text, counts and trees of vocabularies are several times what stays, and
    /// while updates run nearly nothing is allocated that would ever make the collector look.
    /// </summary>
    internal static void CollectLeftovers() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    internal Validation? OpenValidation() => Dev.Count == 0 ? null : OpenValidation(Dev, Configuration.Data.IsLanguageModel ? 0 : Configuration.Training.ValidationSentences);

    /// <summary>Measures the model on held-out pairs.</summary>
    /// <param name="heldOut">The pairs, one or more.</param>
    /// <param name="decodedMost">How many are decoded at most; 0 for none.</param>
    internal Validation OpenValidation(IReadOnlyList<SentencePair> heldOut, int decodedMost)
    {
        var pairs = new PairsInMemory(heldOut) { SourcePrefix = Configuration.Data.SourcePrefix, HasSource = !Configuration.Data.IsLanguageModel };
        TrainingCorpus corpus = TrainingCorpus.Load(
            [pairs], PairEncoder.From(Vocabularies.Source, Vocabularies.Target), new CorpusOptions { LongSentences = LongSentences.Truncate });
        using BatchSequence sequence = corpus.Batches(BatchOptions with { Unit = BatchUnit.Tokens, Size = Math.Max(4096, BatchOptions.Size), Shuffle = false });
        var batches = new List<TrainingBatch>();
        while (sequence.Position.Epoch == 0)
        {
            batches.Add(sequence.Next());
        }

        int decoded = Math.Min(heldOut.Count, decodedMost);
        return new Validation(Model, Loss, batches, decoded == 0 ? null : new DecodedValidation(
            Generator, new GreedySearchOptions(),
            [.. heldOut.Take(decoded).Select(pair => pair.Source)], [.. heldOut.Take(decoded).Select(pair => pair.Target)]));
    }

    public void Dispose()
    {
        Generator.Dispose();
        Model.Dispose();
    }

    /// <summary>Refuses alignments for a model that they cannot guide, and says when they guide nothing.</summary>
    private void CheckGuidance(Action<string> message)
    {
        if (Configuration.Training.GuidedAttention is null)
        {
            if (Configuration.Data.Train.Any(corpus => corpus.Alignments is not null))
            {
                message("the corpora's alignments are not used: training.guided_attention is not set");
            }

            return;
        }

        if (!GuidedAttention.IsPossible(Model))
        {
            throw new ConfigurationException([new ConfigurationFault(ConfigurationOrigin.Code, "training.guided_attention", GuidedAttention.Refusal)]);
        }

        message($"attention is guided by the alignments of {Corpus.Report.PairsAligned} pairs");
    }

    /// <summary>The configuration as the run's directory keeps it: with the names of its own vocabulary files.</summary>
    private static SequorConfiguration WithNames(SequorConfiguration configuration, RunVocabularies vocabularies) => configuration with
    {
        Vocabulary = configuration.Vocabulary with { Model = [.. vocabularies.Paths.Select(path => Path.GetFileName(path))] },
    };

    private static SequorConfiguration Inherit(SequorConfiguration configuration, ModelDirectory parent) => configuration with
    {
        Model = parent.Configuration.Model.TrainedAs(configuration.Model),
        Vocabulary = parent.Configuration.Vocabulary with { Model = [.. parent.VocabularyPaths], SourceVectors = null, TargetVectors = null },
    };

    private static IReadOnlySet<long>? HeldOut(DataConfiguration data, IReadOnlyList<Corpus> corpora, Action<string> message)
    {
        if (!data.ExcludeDev || data.Dev is not { } dev)
        {
            return null;
        }

        IReadOnlySet<long> leaks = DevLeaks.Find(new FilteredPairs(corpora, RunData.Options(data)), RunData.HeldOutPairs(dev, data));
        message($"left out {leaks.Count} training pairs that share a sentence with the dev set");
        return leaks;
    }

    /// <summary>Refuses a directory in which another model was trained.</summary>
    private static void Guard(SequorConfiguration configuration, string directory)
    {
        string path = Path.Combine(directory, ConfigurationFile);
        if (!File.Exists(path))
        {
            return;
        }

        // Vocabularies are not compared here: those of the directory are the ones that the run will use.
        string there = ModelIdentity.Of(SequorConfiguration.Load(path), []);
        if (there != ModelIdentity.Of(configuration, []))
        {
            throw new ModelConflictException(directory);
        }
    }
}
