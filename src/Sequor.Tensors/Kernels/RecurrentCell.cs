namespace Sequor.Tensors;

/// <summary>
/// The cells of recurrent layers. x are the input products of a row, [G · H] in blocks of H columns, one for each gate; a are the products of the previous
/// hidden state h' with the recurrent weight [G · H, H], with its bias, in the same blocks. The order of the blocks is that of PyTorch.
/// </summary>
public enum RecurrentCell
{
    /// <summary>h = tanh(x + a) (Elman 1990). One block.</summary>
    Tanh,

    /// <summary>h = max(x + a, 0) (Le et al. 2015). One block.</summary>
    Relu,

    /// <summary>Gated recurrent unit whose reset gate acts after the product, as in cuDNN and PyTorch. Blocks r, z, n: r = σ(xᵣ + aᵣ), z = σ(x_z + a_z),
    /// n = tanh(xₙ + r · aₙ), h = n + z (h' - n).</summary>
    Gru,

    /// <summary>Gated recurrent unit whose reset gate acts before the product (Cho et al. 2014). Blocks r, z, n: as <see cref="Gru"/>, but n = tanh(xₙ + aₙ)
    /// where aₙ is the product of r · h' with the weight's last H rows.</summary>
    GruResetBefore,

    /// <summary>Long short-term memory with a forget gate (Gers et al. 2000). Blocks i, f, g, o: c = σ(x_f + a_f) c' + σ(xᵢ + aᵢ) tanh(x_g + a_g),
    /// h = σ(xₒ + aₒ) tanh(c).</summary>
    Lstm,

    /// <summary>Simpler simple recurrent unit (Kim et al. 2019), without a recurrent product. Blocks f, w: c = w + σ(x_f) (c' - w), h = max(c, 0).</summary>
    Ssru,
}
