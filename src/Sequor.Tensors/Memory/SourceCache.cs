using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Memory;

/// <summary>
/// The keys and values of source sentences for the layers of a decoder, worked out once when a sentence joins and read by each of its hypotheses at every step.
/// A sentence has memory of its own, which serves others as soon as its last hypothesis has left.
/// </summary>
public sealed class SourceCache : IDisposable
{
    private readonly Arena _arena;
    private readonly DeviceList<nint> _addressesOnDevice;
    private readonly DeviceList<int> _lengthsOnDevice;
    private readonly DeviceList<int> _groupsOnDevice;
    private Sentence[] _sentences = [];
    private int[] _free = [];
    private int[] _rows = [];
    private int[] _spare = [];
    private nint[] _addresses = [];
    private int[] _numbers = [];
    private int _freeCount;
    private int _joining;
    private bool _isUploaded;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="device">Where keys and values lie.</param>
    /// <param name="width">D, the width of a key; a multiple of the heads.</param>
    /// <param name="heads">The number of heads, H.</param>
    /// <param name="layers">The layers that read the source, 1 or more.</param>
    /// <exception cref="ShapeException">The heads do not divide the width.</exception>
    public SourceCache(Device device, int width, int heads, int layers)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layers);
        if (heads < 1 || width % heads != 0)
        {
            ShapeErrors.HeadsDoNotDivide(width, heads);
        }

        (Width, Heads, Layers) = (width, heads, layers);
        _arena = new Arena(device);
        _addressesOnDevice = new DeviceList<nint>(device);
        (_lengthsOnDevice, _groupsOnDevice) = (new DeviceList<int>(device), new DeviceList<int>(device));
    }

    /// <summary>D, the width of a key.</summary>
    public int Width { get; }

    /// <summary>The number of heads, H.</summary>
    public int Heads { get; }

    /// <summary>The number of layers.</summary>
    public int Layers { get; }

    /// <summary>The number of hypotheses, R.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that keys and values take.</summary>
    public long Bytes => _arena.ReservedBytes;

    /// <summary>Sentences that are held.</summary>
    internal int SentencesHeld => _sentences.Length - _freeCount;

    /// <summary>The longest source of a hypothesis, in positions.</summary>
    internal int Longest
    {
        get
        {
            int longest = 0;
            foreach (int sentence in _rows.AsSpan(0, Count))
            {
                longest = Math.Max(longest, _sentences[sentence].Length);
            }

            return longest;
        }
    }

    /// <summary>Adds a hypothesis for each of some sentences, behind those that are there; <see cref="Write"/> fills in each layer.</summary>
    /// <param name="layout">The sentences.</param>
    public void Add(SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Reserve(Count + layout.Count, SentencesHeld + layout.Count);
        foreach (int length in layout.Lengths)
        {
            int sentence = _free[--_freeCount];
            _sentences[sentence] = new Sentence(_arena.Take<float>(Layers * TilePlan.LayerFloats(length, Width)), length) { Readers = 1 };
            _rows[Count++] = sentence;
        }

        _joining = layout.Count;
        _isUploaded = false;
    }

    /// <summary>Fills in what a layer reads of the sentences that were added last.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="pairs">[M, 2D]: keys and values side by side.</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public void Write(int layer, Tensor pairs, SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("SourceCache", "the keys and values", pairs.Shape, layout.Rows);
        ShapeErrors.CheckWidth("SourceCache", "the keys and values", pairs.Shape, 2 * Width);
        if (layout.Count != _joining)
        {
            throw new ShapeException($"{_joining} sentences joined the cache last, but keys and values of {layout.Count} were given.");
        }

        TilePlan plan = Plan(layer);
        int before = Count - _joining;
        pairs.Kernels.WriteTiles(
            plan with { Sentences = plan.Sentences.Slice(before, _joining), Lengths = plan.Lengths.Slice(before, _joining) }, pairs.AsMatrix(), layout.StartStorage);
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i]; sentences without one are given back.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now; any number of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place is not that of a hypothesis.</exception>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        foreach (int parent in parents)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parent, (uint)Count, nameof(parents));
        }

        Reserve(parents.Length, 0);
        bool isSame = parents.Length == Count;
        for (int row = 0; row < parents.Length; row++)
        {
            _spare[row] = _rows[parents[row]];
            _sentences[_spare[row]].Readers++;
            isSame = isSame && _spare[row] == _rows[row];
        }

        foreach (int sentence in _rows.AsSpan(0, Count))
        {
            Release(sentence);
        }

        (_rows, _spare) = (_spare, _rows);
        Count = parents.Length;
        _isUploaded &= isSame;
    }

    /// <summary>Gives the memory back; the cache is empty afterwards.</summary>
    public void Dispose()
    {
        (Count, _joining, _isUploaded) = (0, 0, false);
        (_sentences, _free, _freeCount) = ([], [], 0);
        _arena.Dispose();
        _addressesOnDevice.Dispose();
        _lengthsOnDevice.Dispose();
        _groupsOnDevice.Dispose();
    }

    /// <summary>Where a layer's kernel finds what it reads.</summary>
    internal TilePlan Plan(int layer)
    {
        if (!_isUploaded)
        {
            Upload();
        }

        int headWidth = Width / Heads;
        return new TilePlan(
            Heads, headWidth, 1 / MathF.Sqrt(headWidth), layer, _addressesOnDevice.Storage, _lengthsOnDevice.Storage, _groupsOnDevice.Storage);
    }

    /// <summary>The source positions of a hypothesis.</summary>
    internal int LengthOf(int row) => _sentences[_rows[row]].Length;

    private void Release(int sentence)
    {
        ref Sentence one = ref _sentences[sentence];
        if (--one.Readers == 0)
        {
            _arena.Release(one.Memory);
            _free[_freeCount++] = sentence;
        }
    }

    private void Upload()
    {
        Span<nint> addresses = _addresses.AsSpan(0, Count);
        Span<int> numbers = _numbers.AsSpan(0, Count);
        for (int row = 0; row < Count; row++)
        {
            (addresses[row], numbers[row]) = (_sentences[_rows[row]].Memory.Address, _sentences[_rows[row]].Length);
        }

        _addressesOnDevice.Set(addresses);
        _lengthsOnDevice.Set(numbers);
        int groups = 0;
        int first = 0;
        for (int row = 0; row < Count; row++)
        {
            if (row == 0 || _rows[row] != _rows[first] || row - first == TilePlan.MostRows)
            {
                _numbers[groups++] = first = row;
            }
        }

        _numbers[groups] = Count;
        _groupsOnDevice.Set(_numbers.AsSpan(0, groups + 1));
        _isUploaded = true;
    }

    private void Reserve(int rows, int sentences)
    {
        if (rows > _rows.Length)
        {
            int room = Math.Max(rows, 2 * _rows.Length);
            Array.Resize(ref _rows, room);
            Array.Resize(ref _spare, room);
            Array.Resize(ref _addresses, room);
            Array.Resize(ref _numbers, room + 1);
        }

        int there = _sentences.Length;
        if (sentences > there)
        {
            Array.Resize(ref _sentences, Math.Max(sentences, 2 * there));
            Array.Resize(ref _free, _sentences.Length);
            for (int sentence = _sentences.Length - 1; sentence >= there; sentence--)
            {
                _free[_freeCount++] = sentence;
            }
        }
    }

    private record struct Sentence(Storage<float> Memory, int Length)
    {
        internal int Readers { get; set; }
    }
}
