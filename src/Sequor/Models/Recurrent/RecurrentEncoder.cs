using Sequor.Batching;
using Sequor.Layers;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>What reads the source for a recurrent decoder: recurrent layers, a bag of embeddings, or the encoder of a Transformer.</summary>
internal sealed class RecurrentEncoder
{
    private readonly RecurrentModelOptions _options;
    private readonly Embedding _embedding;
    private readonly RecurrentReader? _reader;
    private readonly TransformerEncoder? _transformer;

    internal RecurrentEncoder(RecurrentModelOptions options, Embedding embedding, INamedWeights weights, Device device)
    {
        (_options, _embedding) = (options, embedding);
        switch (options.EncoderKind)
        {
            case RecurrentEncoderKind.Recurrent:
                _reader = new RecurrentReader(
                    options.Encoder, options.EmbeddingWidth, options.Bidirectional, options.ReverseSource, options.LearnedStart, weights);
                break;
            case RecurrentEncoderKind.Transformer:
                _transformer = new TransformerEncoder(RecurrentFaults.TransformerOf(options), embedding, weights, device);
                break;
        }
    }

    internal EncodedSource Encode(Step step, SequenceBatch source, PassTrace? trace)
    {
        if (_transformer is not null)
        {
            EncodedSource encoded = _transformer.Encode(step, source);
            return encoded with { Ends = [new RecurrentState(encoded.States.SentenceMeans(encoded.Layout))] };
        }

        SequenceLayout layout = step.Layout(source.Lengths, source.SentenceNumbers);
        var dropout = new RowDropout(step, layout, source.SentenceNumbers, _options.Encoder.VariationalDropout);
        Tensor words = dropout.Apply(_embedding.Forward(step, source.Ids), _options.Dropout);
        if (_reader is null)
        {
            return new EncodedSource(words, layout, [new RecurrentState(words.SentenceMeans(layout))]);
        }

        (Tensor states, RecurrentState[] ends) = _reader.Read(
            step, words, layout, dropout,
            trace is { WantsGradientNorms: true } ? (layer, direction) => trace.NormsOf($"encoder.layers.{layer}.{direction}", source.LongestLength) : null);
        return new EncodedSource(states, layout, ends);
    }
}
