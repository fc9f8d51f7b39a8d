using Sequor.Tensors;

namespace Sequor.Layers;

/// <summary>Recurrent layers on top of each other.</summary>
public sealed record RecurrentStackOptions
{
    /// <summary>What happens at one time step. Default GRU.</summary>
    public RecurrentCell Cell { get; init; } = RecurrentCell.Gru;

    /// <summary>Layers, 1 or more. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Width of the state, H; of a stack that reads both ways, of each direction. Default 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Whether a layer above the first adds its input to its output (Wu et al. 2016). Default false.</summary>
    public bool Residual { get; init; }

    /// <summary>Whether the products within the cells are normalised, and an LSTM's cell on its way to the state (Ba et al. 2016, §3.1 and equations 20 to 22).
    /// Default false.</summary>
    public bool LayerNorm { get; init; }

    /// <summary>The chance that an element of a layer's output is dropped before the next layer reads it, 0 to below 1; 0 for none. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether dropout drops the same columns at all steps of a sentence (Gal and Ghahramani 2016). Default false.</summary>
    public bool VariationalDropout { get; init; }

    /// <summary>The chance that a column of the state is hidden from the recurrent product, the same at all steps (Gal and Ghahramani 2016), 0 to below 1. Default 0.</summary>
    public float RecurrentDropout { get; init; }

    /// <summary>The chance that an element of the state keeps its last value (Krueger et al. 2017), 0 to below 1. Default 0.</summary>
    public float Zoneout { get; init; }

    /// <summary>The same for the cell of an LSTM, 0 to below 1. Default 0.</summary>
    public float CellZoneout { get; init; }

    /// <summary>Deviation of the Gaussian noise that training adds to the state, 0 or more. Default 0.</summary>
    public float HiddenNoise { get; init; }

    /// <summary>Steps after which gradients go back no further (truncated back-propagation through time, Williams and Peng 1990); 0 for all the way. Default 0.</summary>
    public int DetachEvery { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be built.</summary>
    /// <param name="owner">What the layers belong to, such as <c>encoder</c>.</param>
    public IReadOnlyList<string> Validate(string owner) => [.. Faults(owner).Select(fault => fault.Sentence)];

    internal IReadOnlyList<OptionFault> Faults(string owner)
    {
        var faults = new List<OptionFault>();
        void Check(bool condition, string option, string sentence)
        {
            if (!condition)
            {
                faults.Add(new OptionFault(option, sentence));
            }
        }

        void CheckChance(float chance, string option, string what) =>
            Check(chance is >= 0 and < 1, option, $"The chance that {what} in the {owner} is {chance}; it must be 0 or more and below 1.");

        Check(Layers > 0, "layers", $"There are {Layers} recurrent layers in the {owner}; there must be 1 or more.");
        Check(Width > 0, "width", $"The width of the {owner}'s recurrent layers is {Width}; it must be 1 or more.");
        CheckChance(Dropout, "dropout", "an element is dropped between layers");
        CheckChance(RecurrentDropout, "recurrent_dropout", "a column is hidden from the recurrent product");
        CheckChance(Zoneout, "zoneout", "a state keeps its value");
        CheckChance(CellZoneout, "cell_zoneout", "a cell keeps its value");
        Check(
            CellZoneout == 0 || Cell == RecurrentCell.Lstm, "cell_zoneout",
            $"Zoneout of the cell is set in the {owner}, but only an LSTM has a cell beside its state; set zoneout.");
        Check(HiddenNoise >= 0, "hidden_noise", $"The noise in the {owner}'s states has the deviation {HiddenNoise}; it must be 0 or more.");
        Check(DetachEvery >= 0, "detach_every", $"Gradients in the {owner} are to go back {DetachEvery} steps; it must be 1 or more, or 0 for all the way.");
        Check(
            Cell != RecurrentCell.Ssru || RecurrentDropout == 0, "recurrent_dropout",
            $"Columns are to be hidden from the recurrent product in the {owner}, but an SSRU has no such product.");
        Check(
            !LayerNorm || Cell != RecurrentCell.GruResetBefore, "layer_norm",
            $"The products of the {owner} are to be normalised, but of a GRU that resets before its product the last one is not known in time; use gru.");
        return faults;
    }
}
