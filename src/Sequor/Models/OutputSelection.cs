using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>The part of a model's output projection that serves some pieces of the vocabulary, in a small weight of its own.</summary>
public sealed class OutputSelection : IDisposable
{
    private readonly int[] _ids;

    internal OutputSelection(Tensor weight, Tensor bias, ReadOnlySpan<int> ids)
    {
        _ids = ids.ToArray();
        Weight = PackedWeight.Select(weight, ids);
        if (!bias.IsNone)
        {
            float[] all = bias.ToArray();
            Bias = Tensor.From(Array.ConvertAll(_ids, id => all[id]), [_ids.Length], bias.Device);
        }
    }

    /// <summary>The selected pieces: column i of the logits is that of piece Ids[i].</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>[n, D].</summary>
    internal PackedWeight Weight { get; }

    /// <summary>[n], or none.</summary>
    internal Tensor Bias { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => Weight.Dispose();
}
