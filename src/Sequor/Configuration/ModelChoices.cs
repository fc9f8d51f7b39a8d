namespace Sequor.Configuration;

/// <summary>The families of models.</summary>
public enum ModelChoice
{
    /// <summary>The Transformer of Vaswani et al. 2017.</summary>
    Transformer,

    /// <summary>A recurrent encoder–decoder, with attention or without (Cho, Sutskever et al. 2014; Bahdanau, Luong et al. 2015).</summary>
    Recurrent,
}

/// <summary>Named shapes of models.</summary>
public enum PresetChoice
{
    /// <summary>4+4 layers, width 128, feed-forward 256, 4 heads: for corpora of up to some hundred thousand short pairs on a CPU.</summary>
    TransformerTiny,

    /// <summary>3+3 layers, width 256, feed-forward 1024, 8 heads.</summary>
    TransformerSmall,

    /// <summary>6+6 layers, width 512, feed-forward 2048, 8 heads: the base model of Vaswani et al. 2017.</summary>
    TransformerBase,

    /// <summary>GRU, width 256, and no attention: one vector stands for the source (Cho et al. 2014).</summary>
    RnnEncdec,

    /// <summary>GRU, width 256, the encoder both ways, additive attention (Bahdanau et al. 2015).</summary>
    GruBahdanau,

    /// <summary>2+2 layers of LSTM, width 256, general attention and input feeding (Luong et al. 2015).</summary>
    LstmLuong,
}

/// <summary>Where a sub-layer is normalised.</summary>
public enum NormPositionChoice
{
    /// <summary>Before the sub-layer, with a last norm after the stack: trains without long warm-up.</summary>
    Pre,

    /// <summary>After the residual sum, as in the original paper.</summary>
    Post,
}

/// <summary>How activations are normalised.</summary>
public enum NormChoice
{
    /// <summary>Mean and variance (Ba et al. 2016).</summary>
    Layer,

    /// <summary>Root mean square only (Zhang and Sennrich 2019).</summary>
    Rms,
}

/// <summary>How a position in the sequence reaches the model.</summary>
public enum PositionsChoice
{
    /// <summary>Sines and cosines added to the embeddings (Vaswani et al. 2017).</summary>
    Sinusoidal,

    /// <summary>A learned vector per position, up to <c>max_positions</c>.</summary>
    Learned,

    /// <summary>Queries and keys turned by their position (Su et al. 2021).</summary>
    Rotary,

    /// <summary>No positions.</summary>
    None,
}

/// <summary>The non-linearity of the feed-forward sub-layer.</summary>
public enum ActivationChoice
{
    /// <summary><c>max(0, x)</c>.</summary>
    Relu,

    /// <summary><c>x · Φ(x)</c> (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary><c>x · sigmoid(x)</c> (also called swish).</summary>
    Silu,
}

/// <summary>Which embedding matrices are one (Press and Wolf 2017).</summary>
public enum TieChoice
{
    /// <summary>Source, target and output each have their own.</summary>
    None,

    /// <summary>Target embedding and output projection are one.</summary>
    Decoder,

    /// <summary>Source, target and output are one; needs a joint vocabulary.</summary>
    All,
}

/// <summary>How weights are drawn before training.</summary>
public enum InitializerChoice
{
    /// <summary>Uniform within <c>±sqrt(6 / (in + out))</c> (Glorot and Bengio 2010).</summary>
    XavierUniform,

    /// <summary>Normal with variance <c>2 / (in + out)</c>.</summary>
    XavierNormal,

    /// <summary>Normal with a fixed small deviation, as BERT and GPT-2 do.</summary>
    Normal,
}
