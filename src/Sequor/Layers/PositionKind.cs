namespace Sequor.Layers;

/// <summary>How a model knows where in its sentence a piece stands.</summary>
public enum PositionKind
{
    /// <summary>Sines and cosines of the position are added to the embeddings (Vaswani et al. 2017, §3.5).</summary>
    Sinusoidal,

    /// <summary>A trained row for each position is added to the embeddings.</summary>
    Learned,

    /// <summary>Queries and keys of self-attention are turned by an angle that grows with the position (Su et al. 2021).</summary>
    Rotary,

    /// <summary>It does not.</summary>
    None,
}
