using Sequor.Tensors;

namespace Sequor.Layers;

/// <summary>What every block of a Transformer has in common.</summary>
public sealed record BlockOptions
{
    /// <summary>Width of the rows between blocks, D. Default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Width inside the feed-forward block. Default 256.</summary>
    public int FeedForwardWidth { get; init; } = 256;

    /// <summary>Heads of attention, H; D must be a multiple. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The chance that an element of a block's output is dropped, 0 to below 1; 0 for none. Default 0.1.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>The chance that an attention weight is dropped, 0 to below 1; 0 for none. Default 0.</summary>
    public float AttentionDropout { get; init; }

    /// <summary>The chance that an element inside the feed-forward block is dropped, 0 to below 1; 0 for none. Default 0.</summary>
    public float ActivationDropout { get; init; }

    /// <summary>Whether a block normalises its input (pre-norm, Xiong et al. 2020) or the sum of input and output (post-norm, the paper). Default true.</summary>
    public bool NormalizeFirst { get; init; } = true;

    /// <summary>The kind of normalisation. Default layer norm.</summary>
    public NormKind Norm { get; init; } = NormKind.Layer;

    /// <summary>The function inside the feed-forward block. Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Whether the feed-forward block is gated (Shazeer 2020). Default false.</summary>
    public bool Gated { get; init; }

    /// <summary>Whether self-attention turns queries and keys by their position. Default false.</summary>
    public bool Rotary { get; init; }

    /// <summary>How fresh weights of dense layers are drawn. Default Xavier uniform.</summary>
    public Initializer Initializer { get; init; } = Initializer.XavierUniform;
}
