namespace Sequor.Layers;

/// <summary>How a decoder's state and a source position are compared.</summary>
public enum AttentionScore
{
    /// <summary>vᵀ tanh(W s + U h + b) (Bahdanau et al. 2015, A.1.2).</summary>
    Additive,

    /// <summary>g vᵀ/‖v‖ tanh(W s + U h + b), with a trained g (Salimans and Kingma 2016).</summary>
    NormedAdditive,

    /// <summary>sᵀ h (Luong et al. 2015, eq. 8); the widths are the same.</summary>
    Dot,

    /// <summary>sᵀ W h (Luong et al. 2015, eq. 8).</summary>
    General,

    /// <summary>vᵀ tanh(W [s; h]) (Luong et al. 2015, eq. 8): additive without its bias.</summary>
    Concat,

    /// <summary>sᵀ h / √width (Vaswani et al. 2017); the widths are the same.</summary>
    ScaledDot,

    /// <summary>Scaled dot products of projections, one for each head (Vaswani et al. 2017, §3.2.2).</summary>
    MultiHead,
}

/// <summary>Which source positions attention sees.</summary>
public enum AttentionWindow
{
    /// <summary>All of the sentence.</summary>
    Global,

    /// <summary>Those near the position that has the number of the target piece (local-m, Luong et al. 2015, §3.2).</summary>
    Monotonic,

    /// <summary>Those near a predicted position, under a bell curve (local-p, Luong et al. 2015, §3.2).</summary>
    Predictive,
}

/// <summary>How a recurrent decoder looks at the source.</summary>
public sealed record SourceAttentionOptions
{
    /// <summary>How state and position are compared. Default additive.</summary>
    public AttentionScore Score { get; init; } = AttentionScore.Additive;

    /// <summary>Width in which additive scores and heads compare, A, 1 or more. Default 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Heads of multi-head attention, H; A must be a multiple. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Which positions are seen. Default all.</summary>
    public AttentionWindow Window { get; init; } = AttentionWindow.Global;

    /// <summary>Positions seen on each side of a window's middle, 1 or more. Default 10.</summary>
    public int WindowReach { get; init; } = 10;

    /// <summary>Filters over the last weights that additive scores see (location-aware attention, Chorowski et al. 2015), 0 for none. Default 0.</summary>
    public int LocationFilters { get; init; }

    /// <summary>Positions that a filter sees, odd. Default 15.</summary>
    public int LocationWidth { get; init; } = 15;

    /// <summary>Whether additive scores see how much each position has been looked at so far (Tu et al. 2016; See et al. 2017, eq. 11). Default false.</summary>
    public bool Coverage { get; init; }

    /// <summary>The weight of the cost of looking again at what was looked at (See et al. 2017, eq. 13), 0 or more; 0 for none. Default 0.</summary>
    public float CoverageLoss { get; init; }

    /// <summary>How fresh weights are drawn. Default Xavier uniform.</summary>
    public Initializer Initializer { get; init; } = Initializer.XavierUniform;

    /// <summary>Whether scores are sums within a tanh.</summary>
    public bool IsAdditive => Score is AttentionScore.Additive or AttentionScore.NormedAdditive or AttentionScore.Concat;

    /// <summary>Whether a step needs the weights of the steps before.</summary>
    public bool RemembersWeights => LocationFilters > 0 || Coverage || CoverageLoss > 0;

    /// <summary>Every fault of these options, as sentences; none when they can be built.</summary>
    /// <param name="queryWidth">Width of the decoder's state.</param>
    /// <param name="memoryWidth">Width of the encoder's states.</param>
    public IReadOnlyList<string> Validate(int queryWidth, int memoryWidth) => [.. Faults(queryWidth, memoryWidth).Select(fault => fault.Sentence)];

    internal IReadOnlyList<OptionFault> Faults(int queryWidth, int memoryWidth)
    {
        var faults = new List<OptionFault>();
        void Check(bool condition, string option, string sentence)
        {
            if (!condition)
            {
                faults.Add(new OptionFault(option, sentence));
            }
        }

        bool oneHead = Score != AttentionScore.MultiHead;
        Check(
            Score is not (AttentionScore.Dot or AttentionScore.ScaledDot) || queryWidth == memoryWidth, "kind",
            $"Dot products need states of one width, but the decoder's have {queryWidth} and the encoder's {memoryWidth}; use general attention.");
        Check(Width > 0, "width", $"The width of attention is {Width}; it must be 1 or more.");
        Check(oneHead || (Heads > 0 && Width % Heads == 0), "heads", $"The width of attention, {Width}, is not a multiple of its {Heads} heads.");
        Check(WindowReach > 0, "window_reach", $"A window sees {WindowReach} positions on each side; it must be 1 or more.");
        Check(oneHead || Window == AttentionWindow.Global, "window", "Multi-head attention sees the whole sentence; a window needs a single head.");
        Check(LocationFilters >= 0, "location_filters", $"There are {LocationFilters} filters over the last weights; there must be 0 or more.");
        Check(LocationFilters == 0 || IsAdditive, "location_filters", "Filters over the last weights are seen by additive attention only.");
        Check(
            LocationWidth > 0 && LocationWidth % 2 == 1, "location_width",
            $"A filter over {LocationWidth} positions has no middle; the width must be odd.");
        Check(!Coverage || IsAdditive, "coverage", $"Coverage enters the scores of additive attention only{(oneHead ? "; use coverage_loss with another kind" : "")}.");
        Check(CoverageLoss >= 0, "coverage_loss", $"The weight of the coverage loss is {CoverageLoss}; it must be 0 or more.");
        Check(oneHead || CoverageLoss == 0, "coverage_loss", "The coverage loss counts what a single head looked at; multi-head attention has several.");
        return faults;
    }
}
