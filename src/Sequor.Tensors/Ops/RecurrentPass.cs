using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

/// <summary>
/// One recurrent layer's way through a batch: its cell, its settings, and the random choices that all its steps share. Make one for every layer and every
/// forward pass; the layers of a model in a fixed order, because random choices are keyed by it.
/// </summary>
public sealed class RecurrentPass
{
    private readonly uint _hiddenZoneoutSite;
    private readonly uint _cellZoneoutSite;
    private readonly uint _dropoutSite;
    private readonly uint _noiseSite;
    private readonly bool _random;

    /// <summary>Prepares a pass over sentences in the order of time.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="time">The rows; none for decoding, where nothing is random and rows are not those of a batch.</param>
    /// <param name="options">The settings; everything off when left out.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public RecurrentPass(RecurrentCell cell, TimeLayout? time = null, RecurrentOptions? options = null)
    {
        options ??= new RecurrentOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        (Cell, Time, Options) = (cell, time, options);
        if (time is { Step.Options.Dropout: true })
        {
            _random = true;
            _hiddenZoneoutSite = Site(options.HiddenZoneout);
            _cellZoneoutSite = Site(options.CellZoneout);
            _dropoutSite = Site(options.StateDropout);
            _noiseSite = Site(options.HiddenNoise);
        }
    }

    /// <summary>The cell.</summary>
    public RecurrentCell Cell { get; }

    /// <summary>The order of the rows, or none for decoding.</summary>
    public TimeLayout? Time { get; }

    /// <summary>The settings.</summary>
    public RecurrentOptions Options { get; }

    /// <summary>Where the backward pass adds the length of d loss / d hidden state of each sentence by distance from the sentence's own last step: place 0 sums the
    /// last steps of all sentences, place d those d steps before. At least as many places as steps. Off when null, the default: it costs a pass over all gradients.</summary>
    public double[]? GradientNorms { get; set; }

    /// <summary>For walks without a way back: decoding makes one for each layer and each piece.</summary>
    internal RecurrentWork Work => field ??= new RecurrentWork();

    /// <summary>The number of blocks of H columns in the input products of a cell.</summary>
    /// <param name="cell">The cell.</param>
    public static int BlocksOf(RecurrentCell cell) => cell switch
    {
        RecurrentCell.Tanh or RecurrentCell.Relu => 1,
        RecurrentCell.Ssru => 2,
        RecurrentCell.Lstm => 4,
        _ => 3,
    };

    /// <summary>Whether a cell has a cell state beside its hidden state.</summary>
    /// <param name="cell">The cell.</param>
    public static bool HasCellState(RecurrentCell cell) => cell is RecurrentCell.Lstm or RecurrentCell.Ssru;

    /// <summary>Which elements of the hidden state stay in a step; a mask that keeps all when zoneout is off.</summary>
    internal DropoutMask HiddenZoneout(int step, int rows) => Zoneout(Options.HiddenZoneout, _hiddenZoneoutSite, step, rows);

    /// <summary>Which elements of the cell state stay in a step.</summary>
    internal DropoutMask CellZoneout(int step, int rows) =>
        HasCellState(Cell) ? Zoneout(Options.CellZoneout, _cellZoneoutSite, step, rows) : default;

    /// <summary>Which elements of the previous hidden state the recurrent product does not see.</summary>
    /// <param name="firstRow">The first row in time.</param>
    /// <param name="rows">How many rows.</param>
    internal DropoutMask StateDropout(int firstRow, int rows) => _random && Options.StateDropout > 0
        ? new DropoutMask(Time!.SentenceKeys.Slice(firstRow, rows), _dropoutSite, Options.StateDropout)
        : default;

    /// <summary>The keys of the noise of some rows; empty when there is none.</summary>
    internal Storage<uint> NoiseKeys(int step, int rows, out uint site)
    {
        site = _noiseSite;
        return _random && Options.HiddenNoise > 0 ? Time!.RowKeys.Slice(Time.First(step), rows) : default;
    }

    /// <summary>Whether gradients end between a step and the one before.</summary>
    internal bool DetachesBefore(int step) => Options.DetachEvery > 0 && step > 0 && step % Options.DetachEvery == 0;

    /// <summary>Adds the lengths of the gradients of a step's hidden states to <see cref="GradientNorms"/>, where they are wanted.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="dHidden">The complete gradients, [rows, H].</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="gradients">Gives memory to work in.</param>
    internal void AddNorms(int step, in Matrix dHidden, Device device, Gradients gradients)
    {
        if (GradientNorms is not { } norms)
        {
            return;
        }

        Storage<float> squares = gradients.Take(dHidden.Storage.Length);
        Storage<float> sums = gradients.Take(dHidden.Rows);
        device.Kernels.Multiply(dHidden.Storage, dHidden.Storage, squares, false);
        device.Kernels.RowSums(new Matrix(squares, dHidden.Rows, dHidden.Columns), sums, false);
        float[] values = new float[dHidden.Rows];
        device.Download(sums, values);
        int last = (Time?.Steps ?? step + 1) - 1;
        for (int row = 0; row < values.Length; row++)
        {
            // Rows stand by falling length, so that the last step of a row is never after that of the row before it.
            while (Time is not null && Time.Active(last) <= row)
            {
                last--;
            }

            norms[last - step] += Math.Sqrt(values[row]);
        }

        gradients.Release(squares);
        gradients.Release(sums);
    }

    private DropoutMask Zoneout(float chance, uint site, int step, int rows) =>
        chance == 0 ? default
        : _random ? new DropoutMask(Time!.RowKeys.Slice(Time.First(step), rows), site, chance)
        : new DropoutMask(default, 0, chance);

    private uint Site(float amount) => amount > 0 ? Time!.Step.NextDropoutSite() : 0;
}
