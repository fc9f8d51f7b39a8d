using System.Globalization;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;

namespace Sequor.Checkpoints;

/// <summary>
/// Between the packed weights of a model that only decodes and the tensors of a file. Floating-point weights lie plain in a file and are packed as they are
/// read; integers lie in the layout of the kernels and are used where the file is mapped. <c>docs/formats.md</c> states the bytes.
/// </summary>
public static class PackedTensors
{
    /// <summary>The metadata entry that names the type of quantised weights: <c>int8</c> or <c>int7</c>.</summary>
    public const string TypeKey = "weight_type";

    /// <summary>The metadata entry that names the layout of quantised weights.</summary>
    public const string LayoutKey = "weight_layout";

    /// <summary>The metadata entry with the number of weights: padding, scales and sums are none.</summary>
    public const string CountKey = "parameters";

    /// <summary>The one layout there is: panels of 16 outputs, four terms side by side.</summary>
    public const string Layout = "panels16x4";

    private const string Values = ".packed";
    private const string Scales = ".scales";
    private const string Sums = ".sums";
    private const int Alignment = 64;

    /// <summary>Rows are packed this many numbers at a time, so that the floats of a model never lie in memory together.</summary>
    private const int NumbersAtOnce = 1 << 18;

    /// <summary>The type of a file's quantised weights; null when they are floats.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ModelFormatException">The file names a type or a layout that is not known.</exception>
    public static WeightType? QuantizedType(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.Metadata.TryGetValue(TypeKey, out string? name))
        {
            return null;
        }

        if (!WeightTypes.TryParse(name, out WeightType type) || !WeightTypes.IsInteger(type))
        {
            throw new ModelFormatException($"{file.Path} holds weights of the type \"{name}\", and the known ones are int8 and int7; a newer Sequor may read it.");
        }

        string layout = file.Metadata.GetValueOrDefault(LayoutKey, "");
        return layout == Layout ? type : throw new ModelFormatException(
            $"{file.Path} holds weights in the layout \"{layout}\", and the known one is {Layout}; a newer Sequor may read it.");
    }

    /// <summary>The type in which a file's weights are used when nothing else is asked for: that in which they are stored.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ModelFormatException">The file names a type or a layout that is not known.</exception>
    public static WeightType TypeOf(SafetensorsFile file) =>
        QuantizedType(file)
        ?? (file.Entries.Any(entry => entry.Type == StoredType.F16) ? WeightType.Float16
            : file.Entries.Any(entry => entry.Type == StoredType.BF16) ? WeightType.BFloat16
            : WeightType.Float32);

    /// <summary>The number of weights in a file.</summary>
    /// <param name="file">The file.</param>
    public static long CountOf(SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Metadata.TryGetValue(CountKey, out string? count)
            && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long stated)
            ? stated
            : file.Entries.Sum(entry => entry.ElementCount);
    }

    /// <summary>Refuses quantised weights where floats are needed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="purpose">What cannot be done, such as <c>be trained on</c>.</param>
    /// <exception cref="ModelFormatException">The weights are quantised.</exception>
    public static void RequireFloats(SafetensorsFile file, string purpose)
    {
        if (QuantizedType(file) is { } type)
        {
            throw new ModelFormatException(
                $"{file.Path} holds weights that were quantised to {WeightTypes.NameOf(type)}: they can be decoded with, and cannot {purpose}. Use the model that was quantised.");
        }
    }

    /// <summary>What the metadata of a file must say of quantised weights.</summary>
    /// <param name="parameters">The weights, packed as integers.</param>
    public static IReadOnlyDictionary<string, string> MetadataOf(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new Dictionary<string, string>
        {
            [TypeKey] = WeightTypes.NameOf(parameters.PackedAs!.Value),
            [LayoutKey] = Layout,
            [CountKey] = parameters.Count.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The weights of a model that is packed as integers as tensors of a file: of a matrix the panels, the scales and the sums; everything else as float32.</summary>
    /// <param name="parameters">The weights, packed as integers.</param>
    public static IReadOnlyList<TensorSource> Of(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.All.SelectMany(parameter => parameter.Packed is { } packed ? Of(NameOf(parameter), packed) : PlainOf(parameter))];
    }

    /// <summary>
    /// Fills a model that has no memory yet with the weights of a file, for decoding. Quantised weights are read where the file is mapped, which stays mapped as
    /// long as the model lives; others are packed into memory.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="parameters">The weights of a model that was built without.</param>
    /// <param name="type">How matrices are held.</param>
    /// <exception cref="ModelFormatException">The file holds other tensors than the model has, every difference named, or is quantised to another type.</exception>
    public static void Load(SafetensorsFile file, ParameterSet parameters, WeightType type)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WeightType? quantized = QuantizedType(file);
        if (quantized is { } stored && stored != type)
        {
            throw new ModelFormatException(
                $"{file.Path} holds weights that were quantised to {WeightTypes.NameOf(stored)}, and they cannot be used as {WeightTypes.NameOf(type)}. " +
                $"Leave the type out, or use the model that was quantised.");
        }

        file.Require(Expected(parameters, quantized is not null));
        parameters.AllocatePacked(type);
        float[] piece = new float[TensorSource.ChunkBytes / sizeof(float)];
        float[]? rows = null;
        foreach (Parameter parameter in parameters.All)
        {
            if (parameter.Role == ParameterRole.Plain)
            {
                FillPlain(file, parameter, piece);
            }
            else
            {
                parameter.SetPacked(quantized is null ? Packed(file, parameter, type, ref rows) : Mapped(file, parameter, type));
            }
        }

        parameters.MarkChanged();
    }

    /// <summary>Reads rows of a matrix, whose names may be several, one below the other.</summary>
    internal static void ReadRows(SafetensorsFile file, Parameter parameter, int firstRow, Span<float> rows)
    {
        int width = parameter.Shape.Width;
        int rowsOfName = parameter.PartShape.Rows;
        for (int row = firstRow; !rows.IsEmpty;)
        {
            int count = Math.Min(rows.Length / width, rowsOfName - (row % rowsOfName));
            file.ReadFloats(parameter.Names[row / rowsOfName], (long)(row % rowsOfName) * width, rows[..(count * width)]);
            rows = rows[(count * width)..];
            row += count;
        }
    }

    /// <summary>The name under which a matrix is stored packed: all its names, because rows of several may share a panel.</summary>
    internal static string NameOf(Parameter parameter) => string.Join('+', parameter.Names);

    private static IEnumerable<TensorSource> Of(string name, PackedWeight packed)
    {
        int padded = PackedMatrix.PaddedRows(packed.Shape[0]);
        yield return TensorSource.Bytes(name + Values, ShapeOf(packed.Shape), StoredType.I8, packed.CopyValues).Aligned();
        yield return TensorSource.Floats(name + Scales, [padded], packed.CopyScales).Aligned();
        yield return TensorSource.Bytes(name + Sums, [padded], StoredType.I32, (first, destination) =>
        {
            int[] sums = new int[destination.Length / sizeof(int)];
            packed.CopySums(first, sums);
            for (int i = 0; i < sums.Length; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(destination[(i * sizeof(int))..], sums[i]);
            }
        }).Aligned();
    }

    private static IEnumerable<TensorSource> PlainOf(Parameter parameter) => parameter.Names.Select((name, index) =>
        TensorSource.Floats(name, [.. parameter.PartShape], (first, destination) => parameter.Part(index).CopyTo(first, destination)));

    private static int[] ShapeOf(Shape shape) =>
    [
        PackedMatrix.PaddedRows(shape[0]) / PackedMatrix.IntegerPanel,
        (shape.Width + PackedMatrix.IntegerGroup - 1) / PackedMatrix.IntegerGroup,
        PackedMatrix.IntegerPanel,
        PackedMatrix.IntegerGroup,
    ];

    private static IEnumerable<(string Name, IReadOnlyList<int> Shape)> Expected(ParameterSet parameters, bool quantized)
    {
        foreach (Parameter parameter in parameters.All)
        {
            if (!quantized || parameter.Role == ParameterRole.Plain)
            {
                foreach (string name in parameter.Names)
                {
                    yield return (name, [.. parameter.PartShape]);
                }

                continue;
            }

            int padded = PackedMatrix.PaddedRows(parameter.Shape[0]);
            yield return (NameOf(parameter) + Values, ShapeOf(parameter.Shape));
            yield return (NameOf(parameter) + Scales, [padded]);
            yield return (NameOf(parameter) + Sums, [padded]);
        }
    }

    private static void FillPlain(SafetensorsFile file, Parameter parameter, float[] piece)
    {
        for (int i = 0; i < parameter.Names.Count; i++)
        {
            Tensor values = parameter.Part(i);
            for (long first = 0; first < values.Shape.Count; first += piece.Length)
            {
                Span<float> part = piece.AsSpan(0, (int)Math.Min(piece.Length, values.Shape.Count - first));
                file.ReadFloats(parameter.Names[i], first, part);
                values.CopyFrom(first, part);
            }
        }
    }

    private static PackedWeight Packed(SafetensorsFile file, Parameter parameter, WeightType type, ref float[]? buffer)
    {
        (int rows, int width) = (parameter.Shape.Rows, parameter.Shape.Width);
        PackedWeight packed = PackedWeight.Allocate(type, rows, width, parameter.Device);
        int panel = parameter.Device.Kernels.PackedPanel(type);
        int atOnce = Math.Min(Math.Max(1, NumbersAtOnce / width / panel) * panel, rows);
        if (buffer is null || buffer.Length < atOnce * width)
        {
            buffer = new float[atOnce * width];
        }

        for (int first = 0; first < rows; first += atOnce)
        {
            int count = Math.Min(atOnce, rows - first);
            Span<float> numbers = buffer.AsSpan(0, count * width);
            ReadRows(file, parameter, first, numbers);
            packed.PackRows(first, numbers);
        }

        return packed;
    }

    private static PackedWeight Mapped(SafetensorsFile file, Parameter parameter, WeightType type)
    {
        string name = NameOf(parameter);
        long[] offsets = [.. ((string[])[Values, Scales, Sums]).Select(part => file.Find(name + part)!.Offset)];
        bool fits = (file.Find(name + Values)!.Type, file.Find(name + Scales)!.Type, file.Find(name + Sums)!.Type)
            == (StoredType.I8, StoredType.F32, StoredType.I32);
        if (!fits || offsets.Any(offset => offset % Alignment != 0))
        {
            throw new ModelFormatException(
                $"{file.Path}: the packed tensors of \"{name}\" must be I8, F32 and I32 and begin at multiples of {Alignment} bytes. Quantise the model again.");
        }

        return PackedWeight.Map(file.Map, type, parameter.Shape, offsets[0], offsets[1], offsets[2], parameter.Device);
    }
}
