using System.Numerics.Tensors;
using Sequor.Models;

namespace Sequor.Decoding;

/// <summary>Writes the most probable piece at every step; of equals, the one with the lowest id.</summary>
/// <param name="model">Any encoder–decoder.</param>
/// <param name="special">The ids of begin, end and padding.</param>
/// <param name="options">Limits and rules.</param>
public sealed class GreedySearch(EncoderDecoder model, SpecialIds special, GreedySearchOptions options) : SequentialSearch(model, special, options)
{
    private protected override int Choose(Span<float> logProbabilities, long sentenceNumber, int sample, int position) =>
        TensorPrimitives.IndexOfMax(logProbabilities);
}
