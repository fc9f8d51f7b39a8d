namespace Sequor.Configuration;

/// <summary>How a recurrent decoder looks at the source: <c>model.attention:</c> in the file.</summary>
public sealed record AttentionConfiguration
{
    private static readonly Choices<AttentionChoice> _kinds = new(
        ("none", AttentionChoice.None), ("additive", AttentionChoice.Additive), ("bahdanau", AttentionChoice.Additive),
        ("normed_additive", AttentionChoice.NormedAdditive), ("dot", AttentionChoice.Dot), ("general", AttentionChoice.General),
        ("luong", AttentionChoice.General), ("concat", AttentionChoice.Concat), ("scaled_dot", AttentionChoice.ScaledDot),
        ("multi_head", AttentionChoice.MultiHead));

    internal static Schema<AttentionConfiguration> Schema { get; } = new Schema<AttentionConfiguration>(_ => new())
        .Choice("kind", _kinds, c => c.Kind, (c, v) => c with { Kind = v })
        .Choice("time", new(("before", AttentionTimeChoice.Before), ("after", AttentionTimeChoice.After)), c => c.Time, (c, v) => c with { Time = v })
        .OptionalInteger("width", new(1, 65536), c => c.Width, (c, v) => c with { Width = v })
        .Integer("heads", new(1, 1024), c => c.Heads, (c, v) => c with { Heads = v }, "num_heads")
        .Choice("window",
            new(("global", AttentionWindowChoice.Global), ("monotonic", AttentionWindowChoice.Monotonic), ("local_m", AttentionWindowChoice.Monotonic),
                ("predictive", AttentionWindowChoice.Predictive), ("local_p", AttentionWindowChoice.Predictive)),
            c => c.Window, (c, v) => c with { Window = v })
        .Integer("window_reach", new(1, 65536), c => c.WindowReach, (c, v) => c with { WindowReach = v })
        .Integer("location_filters", new(0, 1024), c => c.LocationFilters, (c, v) => c with { LocationFilters = v })
        .Integer("location_width", new(1, 1023), c => c.LocationWidth, (c, v) => c with { LocationWidth = v })
        .Boolean("coverage", c => c.Coverage, (c, v) => c with { Coverage = v })
        .Number("coverage_loss", NumberBounds.NotNegative, c => c.CoverageLoss, (c, v) => c with { CoverageLoss = v })
        .Boolean("input_feeding", c => c.InputFeeding, (c, v) => c with { InputFeeding = v }, "input_feed")
        .Choice("context_gate",
            new(("none", ContextGateChoice.None), ("source", ContextGateChoice.Source), ("target", ContextGateChoice.Target), ("both", ContextGateChoice.Both)),
            c => c.ContextGate, (c, v) => c with { ContextGate = v })
        .RequireEach(["kind", "width", "heads", "window", "window_reach", "location_filters", "location_width", "coverage", "coverage_loss"], IdleSettings);

    /// <summary>How state and source position are compared. Default: <see cref="AttentionChoice.Additive"/>.</summary>
    public AttentionChoice Kind { get; init; } = AttentionChoice.Additive;

    /// <summary>When the decoder looks. Default: <see cref="AttentionTimeChoice.Before"/>.</summary>
    public AttentionTimeChoice Time { get; init; } = AttentionTimeChoice.Before;

    /// <summary>Width in which additive and multi-head attention compare, 1 to 65,536; null for the decoder's width. Default: null.</summary>
    public int? Width { get; init; }

    /// <summary>Heads of multi-head attention, 1 to 1,024. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Which positions are seen. Default: <see cref="AttentionWindowChoice.Global"/>.</summary>
    public AttentionWindowChoice Window { get; init; } = AttentionWindowChoice.Global;

    /// <summary>Positions seen on each side of the middle of a window, 1 to 65,536. Default: 10, as in Luong et al. 2015.</summary>
    public int WindowReach { get; init; } = 10;

    /// <summary>Filters over the last weights that additive attention looks at (location-aware attention, Chorowski et al. 2015), 0 to 1,024; 0 for none. Default: 0.</summary>
    public int LocationFilters { get; init; }

    /// <summary>Positions that a filter sees, odd, 1 to 1,023. Default: 15.</summary>
    public int LocationWidth { get; init; } = 15;

    /// <summary>Whether additive attention sees how much each position has been looked at (Tu et al. 2016; See et al. 2017). Default: false.</summary>
    public bool Coverage { get; init; }

    /// <summary>What looking again at what was looked at costs in training (See et al. 2017, eq. 13), at least 0; 0 for nothing. Default: 0.</summary>
    public double CoverageLoss { get; init; }

    /// <summary>Whether the next step reads the attentional vector of this one (Luong et al. 2015, §3.3). Default: false.</summary>
    public bool InputFeeding { get; init; }

    /// <summary>What a gate between source and target weighs (Tu et al. 2017). Default: <see cref="ContextGateChoice.None"/>.</summary>
    public ContextGateChoice ContextGate { get; init; } = ContextGateChoice.None;

    /// <summary>Settings that would change nothing, so that whoever wrote them means something else.</summary>
    private static IEnumerable<(string Key, string Problem)> IdleSettings(AttentionConfiguration attention)
    {
        const string NoAttention = "there is no attention that this could change (kind: none); leave it out, or choose another kind";
        bool comparesStates = attention.Kind is AttentionChoice.Dot or AttentionChoice.ScaledDot or AttentionChoice.General;
        if (attention.Width is not null && comparesStates && attention.Window != AttentionWindowChoice.Predictive)
        {
            yield return ("width", "dot, scaled_dot and general attention compare in the width of the states; leave width out");
        }

        AttentionConfiguration defaults = new();
        if (attention.Heads != defaults.Heads && attention.Kind != AttentionChoice.MultiHead)
        {
            yield return ("heads", "only multi-head attention has heads (kind: multi_head); leave heads out");
        }

        if (attention.WindowReach != defaults.WindowReach && attention.Window == AttentionWindowChoice.Global)
        {
            yield return ("window_reach", "the whole sentence is seen (window: global); leave window_reach out, or choose a window: monotonic or predictive");
        }

        if (attention.LocationWidth != defaults.LocationWidth && attention.LocationFilters == 0)
        {
            yield return ("location_width", "there are no filters over the last weights (location_filters: 0); leave location_width out, or say how many filters there are");
        }

        foreach ((string key, bool isSet) in (IEnumerable<(string, bool)>)
        [
            ("window", attention.Window != AttentionWindowChoice.Global), ("location_filters", attention.LocationFilters > 0),
            ("coverage", attention.Coverage), ("coverage_loss", attention.CoverageLoss > 0),
        ])
        {
            if (isSet && attention.Kind == AttentionChoice.None)
            {
                yield return (key, NoAttention);
            }
        }
    }
}
