namespace Sequor.Configuration;

/// <summary>Recurrent layers on top of each other.</summary>
public sealed record RecurrentStackConfiguration
{
    internal static Choices<CellChoice> Cells { get; } = new(
        ("rnn", CellChoice.Rnn), ("tanh", CellChoice.Rnn), ("rnn_relu", CellChoice.RnnRelu), ("gru", CellChoice.Gru),
        ("gru_reset_before", CellChoice.GruResetBefore), ("lstm", CellChoice.Lstm), ("ssru", CellChoice.Ssru));

    internal static Schema<RecurrentStackConfiguration> Schema { get; } = new Schema<RecurrentStackConfiguration>(_ => new())
        .Choice("cell", Cells, c => c.Cell, (c, v) => c with { Cell = v }, "rnn_type", "cell_type")
        .Integer("layers", new(1, 1000), c => c.Layers, (c, v) => c with { Layers = v }, "num_layers")
        .Integer("width", new(1, 65536), c => c.Width, (c, v) => c with { Width = v }, "hidden_size", "rnn_size")
        .Boolean("residual", c => c.Residual, (c, v) => c with { Residual = v })
        .Boolean("layer_norm", c => c.LayerNorm, (c, v) => c with { LayerNorm = v })
        .Boolean("variational_dropout", c => c.VariationalDropout, (c, v) => c with { VariationalDropout = v })
        .Number("recurrent_dropout", NumberBounds.Rate, c => c.RecurrentDropout, (c, v) => c with { RecurrentDropout = v })
        .Number("zoneout", NumberBounds.Rate, c => c.Zoneout, (c, v) => c with { Zoneout = v })
        .Number("cell_zoneout", NumberBounds.Rate, c => c.CellZoneout, (c, v) => c with { CellZoneout = v })
        .Number("hidden_noise", NumberBounds.NotNegative, c => c.HiddenNoise, (c, v) => c with { HiddenNoise = v })
        .Integer("detach_every", new(0, 1_000_000), c => c.DetachEvery, (c, v) => c with { DetachEvery = v }, "bptt");

    /// <summary>What happens at one step. Default: <see cref="CellChoice.Gru"/>.</summary>
    public CellChoice Cell { get; init; } = CellChoice.Gru;

    /// <summary>Layers, 1 to 1,000. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Width of the state, of an encoder that reads both ways of each direction, 1 to 65,536. Default: 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Whether a layer above the first adds its input to its output. Default: false.</summary>
    public bool Residual { get; init; }

    /// <summary>Whether the products within the cells are normalised, and an LSTM's cell on its way to the state (Ba et al. 2016). Default: false.</summary>
    public bool LayerNorm { get; init; }

    /// <summary>Whether dropout drops the same columns at all steps of a sentence (Gal and Ghahramani 2016). Default: false.</summary>
    public bool VariationalDropout { get; init; }

    /// <summary>Share of the state that the recurrent product does not see, the same columns at all steps (Gal and Ghahramani 2016), from 0 to below 1. Default: 0.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>Share of the state that keeps its last value at a step (Krueger et al. 2017), from 0 to below 1. Default: 0.</summary>
    public double Zoneout { get; init; }

    /// <summary>The same for the cell of an LSTM. Default: 0.</summary>
    public double CellZoneout { get; init; }

    /// <summary>Deviation of the Gaussian noise added to the state in training, at least 0. Default: 0.</summary>
    public double HiddenNoise { get; init; }

    /// <summary>Steps after which gradients go back no further (Williams and Peng 1990), 0 to 1,000,000; 0 for all the way. Default: 0.</summary>
    public int DetachEvery { get; init; }

    /// <summary>These layers with the settings of others that count in training only.</summary>
    internal RecurrentStackConfiguration TrainedAs(RecurrentStackConfiguration own) => this with
    {
        VariationalDropout = own.VariationalDropout,
        RecurrentDropout = own.RecurrentDropout,
        HiddenNoise = own.HiddenNoise,
        DetachEvery = own.DetachEvery,
    };
}
