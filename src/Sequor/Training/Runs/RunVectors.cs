using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Models;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Training.Runs;

/// <summary>Pretrained word vectors of a run, put into the embeddings of a model that was just drawn.</summary>
internal static class RunVectors
{
    private const string Shared = "embedding.weight";

    /// <summary>Fills the embeddings, freezes those that are not to learn, and says what was found.</summary>
    internal static void Fill(EncoderDecoder model, VocabularyConfiguration configuration, RunVocabularies vocabularies, Action<string> message)
    {
        Parameter? source = null;
        WordVectorCoverage? found = null;
        if (configuration.SourceVectors is { } forSource)
        {
            source = Embedding(model, "encoder.embedding.weight", "vocabulary.source_vectors");
            found = Fill(model, source, forSource, vocabularies.Source.Vocabulary, null);
            message($"source vectors: {found}");
        }

        if (configuration.TargetVectors is { } forTarget)
        {
            Parameter target = Embedding(model, "decoder.embedding.weight", "vocabulary.target_vectors");
            found = Fill(model, target, forTarget, vocabularies.Target.Vocabulary, ReferenceEquals(source, target) ? found!.Ids : null);
            message($"target vectors: {found}");
        }
    }

    private static WordVectorCoverage Fill(
        EncoderDecoder model, Parameter table, WordVectorConfiguration vectors, Vocabulary vocabulary, IReadOnlySet<int>? taken)
    {
        WordVectorCoverage coverage = WordVectors.Load(
            vectors.Path, vocabulary, model.Parameters, table,
            vectors.Normalize switch
            {
                VectorScaleChoice.Unit => VectorScale.Unit,
                VectorScaleChoice.Drawn => VectorScale.AsDrawn,
                _ => VectorScale.AsGiven,
            },
            taken);
        table.IsFrozen |= vectors.Freeze;
        return coverage;
    }

    private static Parameter Embedding(EncoderDecoder model, string name, string key) =>
        model.Parameters.All.FirstOrDefault(parameter => parameter.Names is [var own] && own == name)
        ?? model.Parameters.All.FirstOrDefault(parameter => parameter.Names is [Shared])
        ?? throw new ConfigurationException([new ConfigurationFault(
            ConfigurationOrigin.Code, key, $"this model has neither {name} nor {Shared} to put vectors into")]);
}
