namespace Sequor.Models.Recurrent;

/// <summary>What reads the source for a recurrent decoder.</summary>
public enum RecurrentEncoderKind
{
    /// <summary>Recurrent layers.</summary>
    Recurrent,

    /// <summary>The embeddings as they are: a bag of words.</summary>
    Mean,

    /// <summary>The encoder of a Transformer.</summary>
    Transformer,
}

/// <summary>How the decoder's first state comes from the source.</summary>
public enum Bridge
{
    /// <summary>It does not: zeros.</summary>
    Zero,

    /// <summary>It does not: a trained state.</summary>
    Learned,

    /// <summary>Each layer takes over the state in which the encoder's layer of its number ended (Sutskever et al. 2014).</summary>
    Copy,

    /// <summary>tanh of a dense layer over what the encoder's last layer ended with (Cho et al. 2014; Bahdanau et al. 2015).</summary>
    Dense,

    /// <summary>tanh of a dense layer over the mean of the encoder's states.</summary>
    DenseMean,
}

/// <summary>How the decoder sees the source while it writes.</summary>
public enum SourceView
{
    /// <summary>Only through its first state (Sutskever et al. 2014).</summary>
    InitialState,

    /// <summary>One vector for the sentence enters every step (Cho et al. 2014).</summary>
    FixedVector,

    /// <summary>Attention asked by the last state, before the step; what was seen enters the cell (Bahdanau et al. 2015).</summary>
    AttentionBefore,

    /// <summary>Attention asked by the new state, after the step (Luong et al. 2015).</summary>
    AttentionAfter,
}

/// <summary>What a gate between source and target weighs (Tu et al. 2017).</summary>
public enum ContextGateKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The source's part.</summary>
    Source,

    /// <summary>The target's part.</summary>
    Target,

    /// <summary>One against the other.</summary>
    Both,
}

/// <summary>What stands between the decoder's state and the logits.</summary>
public enum ReadoutKind
{
    /// <summary>Nothing: the state itself is projected.</summary>
    None,

    /// <summary>A dense layer.</summary>
    Linear,

    /// <summary>A dense layer and tanh.</summary>
    Tanh,

    /// <summary>The greater of two dense layers (Goodfellow et al. 2013).</summary>
    Maxout,
}
