using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Layers;
using Sequor.Models;
using Sequor.Models.Transformer;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Training;

/// <summary>An endless supply of short sequences and what is to be made of them, drawn from numbers alone.</summary>
/// <param name="answer">What a source becomes.</param>
/// <param name="sentences">Sentences in a batch.</param>
internal sealed class TinyTask(Func<int[], int[]> answer, int sentences = 64) : ITrainingBatches
{
    internal const int Begin = 0;
    internal const int End = 1;
    internal const int Vocabulary = 10;

    private long _batch;

    public DataPosition Position => new() { BatchInEpoch = _batch };

    /// <summary>A model for the task.</summary>
    internal static TransformerModel Model(ulong seed = 1, int width = 32, int layers = 1, float dropout = 0) => new(
        new TransformerOptions
        {
            SourceVocabularySize = Vocabulary,
            TargetVocabularySize = Vocabulary,
            EncoderLayers = layers,
            DecoderLayers = layers,
            MaxPositions = 16,
            Block = new BlockOptions
            {
                Width = width,
                FeedForwardWidth = 2 * width,
                Heads = 4,
                Dropout = dropout,
                AttentionDropout = dropout,
                ActivationDropout = dropout,
            },
        },
        seed);

    /// <summary>The sequence with this number: two to six of eight signs.</summary>
    internal static int[] Sequence(long number)
    {
        int length = 2 + (int)(5 * RandomKeys.Uniform(RandomKeys.Mix((ulong)number, 0)));
        return [.. Enumerable.Range(1, length).Select(
            place => 2 + (int)((Vocabulary - 2) * RandomKeys.Uniform(RandomKeys.Mix((ulong)number, (ulong)place))))];
    }

    /// <summary>The pairs with these numbers as a batch.</summary>
    internal TrainingBatch BatchOf(IEnumerable<long> numbers)
    {
        long[] keys = [.. numbers];
        int[][] sources = [.. keys.Select(Sequence)];
        return new TrainingBatch(
            SequenceBatch.From([.. sources.Select(source => (int[])[.. source, End])], keys),
            SequenceBatch.From([.. sources.Select(source => (int[])[Begin, .. answer(source)])], keys),
            [.. sources.SelectMany(source => (int[])[.. answer(source), End])]);
    }

    public TrainingBatch Next() => BatchOf(Enumerable.Range((int)_batch++ * sentences, sentences).Select(number => (long)number));

    public void Dispose()
    {
    }

    /// <summary>The hash of a model's weights.</summary>
    internal static string HashOf(EncoderDecoder model) => WeightsHash.Compute(ParameterTensors.Of(model.Parameters));
}
