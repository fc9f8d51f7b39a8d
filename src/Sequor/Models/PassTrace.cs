using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>What a pass over a batch is asked to tell besides its states, and what it costs besides its predictions. One object serves one pass.</summary>
public sealed class PassTrace
{
    private readonly SortedDictionary<string, double[]> _norms = new(StringComparer.Ordinal);
    private readonly List<Tensor> _heads = [];

    /// <summary>Whether <see cref="Attention"/> is wanted. Default false.</summary>
    public bool WantsAttention { get; init; }

    /// <summary>Whether <see cref="Heads"/> are wanted. Default false.</summary>
    public bool WantsHeads { get; init; }

    /// <summary>Whether <see cref="GradientNorms"/> are wanted; they cost a pass over all gradients. Default false.</summary>
    public bool WantsGradientNorms { get; init; }

    /// <summary>How much each target position looked at each source position, [N, L] in the rows of the target sentences, 0 behind each source sentence;
    /// of several heads their mean; gradients flow through. None where it is not wanted or the model has no attention.</summary>
    public Tensor Attention { get; private set; }

    /// <summary>For each layer of the decoder that looks at the source, lowest first, how much each of its heads looked at each source position, [N, H · L], the heads side
    /// by side. None where they are not wanted or the model has no attention.</summary>
    public IReadOnlyList<Tensor> Heads => _heads;

    /// <summary>Which source sentence each row of <see cref="Attention"/> read; null without.</summary>
    public SourceReaders? Readers { get; private set; }

    /// <summary>What the model wants to be low besides the loss of its predictions, summed over the batch, [1]; none where there is no such thing.</summary>
    public Tensor Penalty { get; private set; }

    /// <summary>For each recurrent layer, by name, |d loss / d state| by distance from each sentence's last step in the layer's order, summed over the sentences
    /// that are long enough. Filled by the backward pass.</summary>
    public IReadOnlyDictionary<string, double[]> GradientNorms => _norms;

    /// <summary>Tells the attention of a pass.</summary>
    /// <param name="weights">[N, L]</param>
    /// <param name="readers">Which source sentence each row read.</param>
    public void TellAttention(Tensor weights, SourceReaders readers) => (Attention, Readers) = (weights, readers);

    /// <summary>Tells what the heads of the next layer looked at.</summary>
    /// <param name="weights">[N, H · L]</param>
    public void TellHeads(Tensor weights) => _heads.Add(weights);

    /// <summary>Adds to what the pass costs.</summary>
    /// <param name="cost">[1]</param>
    public void AddPenalty(Tensor cost) => Penalty = Penalty.IsNone ? cost : Penalty.Add(cost);

    /// <summary>Where the lengths of a layer's gradients are added up; null where they are not wanted.</summary>
    /// <param name="layer">The layer's name, such as <c>encoder.layers.0.forward</c>.</param>
    /// <param name="steps">Its time steps.</param>
    public double[]? NormsOf(string layer, int steps)
    {
        if (!WantsGradientNorms)
        {
            return null;
        }

        if (!_norms.TryGetValue(layer, out double[]? norms))
        {
            _norms.Add(layer, norms = new double[steps]);
        }

        return norms;
    }
}
