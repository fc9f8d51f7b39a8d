namespace Sequor.Configuration;

/// <summary>What reads the source for a recurrent decoder.</summary>
public enum EncoderChoice
{
    /// <summary>Recurrent layers.</summary>
    Recurrent,

    /// <summary>The embeddings as they are, and their mean: a bag of words.</summary>
    Mean,

    /// <summary>The encoder of a Transformer (Vaswani et al. 2017).</summary>
    Transformer,
}

/// <summary>What happens at one time step of a recurrent layer.</summary>
public enum CellChoice
{
    /// <summary><c>h' = tanh(W x + U h + b)</c> (Elman 1990).</summary>
    Rnn,

    /// <summary>The same with max(0, x).</summary>
    RnnRelu,

    /// <summary>Gated recurrent unit, the reset gate behind the recurrent product, as in PyTorch and cuDNN.</summary>
    Gru,

    /// <summary>Gated recurrent unit, the reset gate before the recurrent product, as Cho et al. 2014 wrote it.</summary>
    GruResetBefore,

    /// <summary>Long short-term memory with forget gate (Hochreiter and Schmidhuber 1997; Gers et al. 2000).</summary>
    Lstm,

    /// <summary>Simpler simple recurrent unit (Kim et al. 2019): a gate without recurrent product.</summary>
    Ssru,
}

/// <summary>Where a recurrent layer starts.</summary>
public enum InitialStateChoice
{
    /// <summary>At zero.</summary>
    Zero,

    /// <summary>At a trained state, the same for every sentence.</summary>
    Learned,
}

/// <summary>How the decoder's first state comes from the source.</summary>
public enum BridgeChoice
{
    /// <summary>It does not: zeros.</summary>
    Zero,

    /// <summary>It does not: a trained state.</summary>
    Learned,

    /// <summary>Each layer takes over the state in which the encoder's layer of its number ended (Sutskever et al. 2014).</summary>
    Copy,

    /// <summary>tanh of a dense layer over what the encoder ended with (Cho et al. 2014; Bahdanau et al. 2015).</summary>
    Dense,

    /// <summary>tanh of a dense layer over the mean of the encoder's states.</summary>
    DenseMean,
}

/// <summary>How a decoder's state and a source position are compared.</summary>
public enum AttentionChoice
{
    /// <summary>They are not: the source is one fixed vector.</summary>
    None,

    /// <summary><c>vᵀ tanh(W s + U h)</c> (Bahdanau et al. 2015).</summary>
    Additive,

    /// <summary>The same with v of a trained length (Salimans and Kingma 2016).</summary>
    NormedAdditive,

    /// <summary><c>sᵀ h</c> (Luong et al. 2015).</summary>
    Dot,

    /// <summary><c>sᵀ W h</c> (Luong et al. 2015).</summary>
    General,

    /// <summary><c>vᵀ tanh(W [s; h])</c> (Luong et al. 2015): additive without its bias.</summary>
    Concat,

    /// <summary><c>sᵀ h / √d</c> (Vaswani et al. 2017).</summary>
    ScaledDot,

    /// <summary>Scaled dot products of several projections (Vaswani et al. 2017).</summary>
    MultiHead,
}

/// <summary>Which source positions attention sees.</summary>
public enum AttentionWindowChoice
{
    /// <summary>All of the sentence.</summary>
    Global,

    /// <summary>Those near the position that has the number of the target word (local-m, Luong et al. 2015).</summary>
    Monotonic,

    /// <summary>Those near a predicted position, under a bell curve (local-p, Luong et al. 2015).</summary>
    Predictive,
}

/// <summary>When the decoder looks at the source.</summary>
public enum AttentionTimeChoice
{
    /// <summary>Before the recurrent step: the last state asks, and what it saw enters the cell (Bahdanau et al. 2015).</summary>
    Before,

    /// <summary>After the recurrent step: the new state asks (Luong et al. 2015).</summary>
    After,
}

/// <summary>What a context gate weighs (Tu et al. 2017).</summary>
public enum ContextGateChoice
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

/// <summary>What a decoder without attention does with the vector that stands for the source.</summary>
public enum ContextChoice
{
    /// <summary>It enters every step (Cho et al. 2014).</summary>
    EveryStep,

    /// <summary>It only makes the first state (Sutskever et al. 2014).</summary>
    Initial,
}

/// <summary>What stands between the decoder's state and the logits.</summary>
public enum ReadoutChoice
{
    /// <summary>Nothing: the state itself is projected.</summary>
    None,

    /// <summary>A dense layer.</summary>
    Linear,

    /// <summary>A dense layer and tanh: the attentional vector of Luong et al. 2015.</summary>
    Tanh,

    /// <summary>The greater of two dense layers (Goodfellow et al. 2013), as in Bahdanau et al. 2015.</summary>
    Maxout,
}
