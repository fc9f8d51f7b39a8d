using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>
/// A weight [N, K] laid out for products, and its memory: a block of its own or a part of a mapped file. It serves products and look-ups and does not train.
/// </summary>
public sealed class PackedWeight : IDisposable
{
    private const int CacheLine = 64;

    private readonly Lock _selecting = new();
    private readonly List<(int First, PackedWeight Rows)> _selected = [];
    private readonly KeptBlock? _block;
    private readonly MappedFile? _file;
    private bool _disposed;

    private PackedWeight(Device device, KeptBlock? block, MappedFile? file, in PackedMatrix matrix) =>
        (Device, _block, _file, Matrix) = (device, block, file, matrix);

    /// <summary>Where the weight lies.</summary>
    public Device Device { get; }

    /// <summary>How the numbers are held.</summary>
    public WeightType Type => Matrix.Type;

    /// <summary>[N, K].</summary>
    public Shape Shape => [Matrix.Rows, Matrix.Columns];

    /// <summary>Panels, scales and sums.</summary>
    public PackedMatrix Matrix { get; }

    /// <summary>Bytes of memory or, mapped, of the file.</summary>
    public long Bytes
    {
        get
        {
            lock (_selecting)
            {
                return Matrix.Bytes + _selected.Sum(one => one.Rows.Bytes);
            }
        }
    }

    /// <summary>Whether the numbers are read where a file is mapped.</summary>
    public bool IsMapped => _file is not null;

    /// <summary>Takes memory for a weight; every row must be packed before the first product.</summary>
    /// <param name="type">How the numbers are held.</param>
    /// <param name="rows">N, 1 or more.</param>
    /// <param name="columns">K, 1 or more.</param>
    /// <param name="device">Where; the default device when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows of an integer type are longer than <see cref="PackedMatrix.MaximumColumns"/>.</exception>
    public static PackedWeight Allocate(WeightType type, int rows, int columns, Device? device = null)
    {
        device ??= Device.Default;
        bool isInteger = WeightTypes.IsInteger(type);
        if (isInteger && columns > PackedMatrix.MaximumColumns)
        {
            ShapeErrors.TooManyTerms(WeightTypes.NameOf(type), rows, columns, PackedMatrix.MaximumColumns);
        }

        long bytes = device.Kernels.PackedBytes(type, rows, columns);
        long scalesAt = (bytes + CacheLine - 1) / CacheLine * CacheLine;
        int padded = isInteger ? PackedMatrix.PaddedRows(rows) : 0;
        var block = new KeptBlock(device, scalesAt + ((long)padded * (sizeof(float) + sizeof(int))));
        nint first = block.View<byte>(bytes).Address;
        var matrix = new PackedMatrix(
            type, rows, columns, new Storage<byte>(first, bytes), new Storage<float>(first + (nint)scalesAt, padded),
            new Storage<int>(first + (nint)scalesAt + (padded * sizeof(float)), padded));
        return new PackedWeight(device, block, null, matrix);
    }

    /// <summary>Packs a weight.</summary>
    /// <param name="weight">[N, K].</param>
    /// <param name="type">How the numbers are to be held.</param>
    public static PackedWeight Of(Tensor weight, WeightType type)
    {
        ShapeErrors.CheckRank("PackedWeight.Of", "the weight", weight.Shape, 2);
        PackedWeight packed = Allocate(type, weight.Shape[0], weight.Shape.Width, weight.Device);
        packed.PackRows(0, weight);
        return packed;
    }

    /// <summary>Uses integers where they lie in a file.</summary>
    /// <param name="file">The file; shared until this is disposed.</param>
    /// <param name="type">An integer type.</param>
    /// <param name="shape">[N, K].</param>
    /// <param name="values">The offset of the panels, a multiple of 64.</param>
    /// <param name="scales">The offset of the scales.</param>
    /// <param name="sums">The offset of the sums.</param>
    /// <param name="device">A device that reads the processor's memory; the default device when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part does not lie within the file, or rows are too long.</exception>
    public static PackedWeight Map(MappedFile file, WeightType type, Shape shape, long values, long scales, long sums, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        (int rows, int columns) = (shape[0], shape.Width);
        if (columns > PackedMatrix.MaximumColumns)
        {
            ShapeErrors.TooManyTerms(WeightTypes.NameOf(type), rows, columns, PackedMatrix.MaximumColumns);
        }

        int padded = PackedMatrix.PaddedRows(rows);
        var matrix = new PackedMatrix(
            type, rows, columns, file.View<byte>(values, PackedMatrix.IntegerBytes(rows, columns)), file.View<float>(scales, padded),
            file.View<int>(sums, padded));
        return new PackedWeight(device ?? Device.Default, null, file.Share(), matrix);
    }

    /// <summary>Packs some rows.</summary>
    /// <param name="firstRow">The first, a multiple of <see cref="IKernels.PackedPanel"/>.</param>
    /// <param name="rows">[n, K]; n is a multiple of the panel too, or reaches the last row.</param>
    /// <exception cref="InvalidOperationException">The weight lies in a file.</exception>
    /// <exception cref="ShapeException">The rows have another width.</exception>
    public void PackRows(int firstRow, Tensor rows)
    {
        ShapeErrors.CheckWidth("PackRows", "the rows", rows.Shape, Matrix.Columns);
        PackRows(firstRow, rows.AsMatrix());
        GC.KeepAlive(rows.Owner);
    }

    /// <summary>Packs some rows that lie in managed memory.</summary>
    /// <param name="firstRow">The first, a multiple of <see cref="IKernels.PackedPanel"/>.</param>
    /// <param name="numbers">n × K numbers, row after row; n is a multiple of the panel too, or reaches the last row.</param>
    /// <exception cref="InvalidOperationException">The weight lies in a file.</exception>
    /// <exception cref="ShapeException">The numbers are no whole rows.</exception>
    public void PackRows(int firstRow, ReadOnlySpan<float> numbers)
    {
        int rows = numbers.Length / Math.Max(1, Matrix.Columns);
        if (rows * Matrix.Columns != numbers.Length)
        {
            ShapeErrors.CannotReshape([numbers.Length], [rows, Matrix.Columns]);
        }

        var block = new KeptBlock(Device, (long)numbers.Length * sizeof(float));
        Storage<float> stored = block.View<float>(numbers.Length);
        Device.Upload(numbers, stored);
        PackRows(firstRow, new Matrix(stored, rows, Matrix.Columns));
        block.Release();
    }

    /// <summary>Copies outputs of a weight, a parameter's or any other, into a packed weight of their own, in their order and without rounding.</summary>
    /// <param name="weight">[N, K].</param>
    /// <param name="rows">1 or more numbers from 0 to N - 1; may repeat.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside the weight, or there is none.</exception>
    public static PackedWeight Select(Tensor weight, ReadOnlySpan<int> rows)
    {
        ShapeErrors.CheckRank("PackedWeight.Select", "the weight", weight.Shape, 2);
        if (weight.Owner.AsParameter is { } parameter && parameter.Shape == weight.Shape)
        {
            return parameter.Select(rows);
        }

        using PackedWeight whole = Of(weight, WeightType.Float32);
        return whole.Select(rows);
    }

    /// <summary>Copies outputs into a weight of their own, in their order and without rounding: a projection to a part of a vocabulary.</summary>
    /// <param name="rows">1 or more numbers from 0 to N - 1; may repeat.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside the weight, or there is none.</exception>
    public PackedWeight Select(ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        CheckRows(rows);
        PackedWeight selected = Allocate(Type, rows.Length, Matrix.Columns, Device);
        var ids = new KeptBlock(Device, (long)rows.Length * sizeof(int));
        Storage<int> stored = ids.View<int>(rows.Length);
        Device.Upload(rows, stored);
        Device.Kernels.SelectPacked(Matrix, stored, selected.Matrix);
        ids.Release();
        GC.KeepAlive(this);
        return selected;
    }

    /// <summary>The numbers for which rows stand.</summary>
    /// <param name="rows">Numbers from 0 to N - 1.</param>
    /// <returns>[n, K], kept.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside the weight.</exception>
    public Tensor Unpack(ReadOnlySpan<int> rows)
    {
        CheckRows(rows);
        Tensor result = Tensor.Kept([rows.Length, Matrix.Columns], Device);
        var ids = new KeptBlock(Device, (long)rows.Length * sizeof(int));
        Storage<int> stored = ids.View<int>(rows.Length);
        Device.Upload(rows, stored);
        Device.Kernels.GatherPacked(Matrix, stored, 1, result.Storage);
        ids.Release();
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Copies bytes of the panels out.</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    public void CopyValues(long first, Span<byte> destination)
    {
        Device.Download(Matrix.Values.Slice(first, destination.Length), destination);
        GC.KeepAlive(this);
    }

    /// <summary>Copies scales out, padding included.</summary>
    /// <param name="first">The first output.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    public void CopyScales(long first, Span<float> destination)
    {
        Device.Download(Matrix.Scales.Slice(first, destination.Length), destination);
        GC.KeepAlive(this);
    }

    /// <summary>Copies sums out, padding included.</summary>
    /// <param name="first">The first output.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    public void CopySums(long first, Span<int> destination)
    {
        Device.Download(Matrix.Sums.Slice(first, destination.Length), destination);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back, or its share of the file. Nothing may use the weight afterwards.</summary>
    public void Dispose()
    {
        lock (_selecting)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _selected.ForEach(one => one.Rows.Dispose());
            _selected.Clear();
        }

        _block?.Release();
        _file?.Dispose();
    }

    internal void PackRows(int firstRow, in Matrix rows)
    {
        if (_file is not null)
        {
            LifetimeErrors.PackedInFile();
        }

        int panel = Device.Kernels.PackedPanel(Type);
        Device.Kernels.PackWeight(rows, Matrix.RowRange(firstRow, rows.Rows, panel));
    }

    /// <summary>Some of the outputs: where they lie when they start a panel, copied once otherwise.</summary>
    internal PackedMatrix Rows(int firstRow, int rows)
    {
        if (firstRow == 0 && rows == Matrix.Rows)
        {
            return Matrix;
        }

        int panel = Device.Kernels.PackedPanel(Type);
        if (firstRow % panel == 0)
        {
            return Matrix.RowRange(firstRow, rows, panel);
        }

        // Two sessions may decode with one model at the same time.
        lock (_selecting)
        {
            foreach ((int first, PackedWeight known) in _selected)
            {
                if (first == firstRow && known.Matrix.Rows == rows)
                {
                    return known.Matrix;
                }
            }

            PackedWeight selected = Select([.. Enumerable.Range(firstRow, rows)]);
            _selected.Add((firstRow, selected));
            return selected.Matrix;
        }
    }

    private void CheckRows(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)Matrix.Rows)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"A selection from a weight of {Matrix.Rows} rows: the row {row} lies outside it.");
            }
        }
    }
}
