using System.Globalization;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor.Checkpoints;

/// <summary>Makes a smaller and faster model of a trained one: the same model with its matrices stored in another type.</summary>
public static class ModelQuantizer
{
    private const int RowsAtOnce = 256;

    // What lies half a step beyond the largest float16, 65,504, rounds to infinity.
    private const float Float16Bound = 65520;

    /// <summary>Quantises a model and saves it as a model directory of its own, whole or not at all.</summary>
    /// <param name="path">The directory of a model whose weights are floats.</param>
    /// <param name="type">How matrices are stored.</param>
    /// <param name="output">The directory to write; it must hold no model.</param>
    /// <param name="progress">Told of each matrix once it is quantised: how many are done, how many there are, and the matrix.</param>
    /// <param name="cancellation">Looked at between matrices.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The model is damaged or quantised already, or holds a weight that the type cannot hold.</exception>
    /// <exception cref="ModelConflictException">The output directory holds a model; nothing was changed.</exception>
    /// <exception cref="IOException">Something could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for; nothing was written.</exception>
    public static QuantizationReport Quantize(
        string path, WeightType type, string output, Action<int, int, QuantizedMatrix>? progress = null, CancellationToken cancellation = default)
    {
        if (ModelDirectory.HoldsModel(output))
        {
            // The two are one model by their identity: what was trained must not be lost to a copy that cannot be trained on.
            throw new ModelConflictException(output);
        }

        using ModelDirectory directory = ModelDirectory.Open(path);
        PackedTensors.RequireFloats(directory.Weights, "be quantised again");
        int[] sizes = [.. directory.VocabularyPaths.Select(file => Tokenizer.Load(file).Vocabulary.Size)];
        using EncoderDecoder model = directory.Configuration.Model.BuildWithoutWeights(sizes[0], sizes[^1]);
        PackedTensors.Load(directory.Weights, model.Parameters, type);
        RequireStorable(directory.Weights, model.Parameters, type);
        Parameter[] matrices = [.. model.Parameters.All.Where(parameter => parameter.Packed is not null)];
        List<QuantizedMatrix> quantized = [];
        foreach (Parameter matrix in matrices)
        {
            cancellation.ThrowIfCancellationRequested();
            quantized.Add(new QuantizedMatrix(PackedTensors.NameOf(matrix), matrix.Shape, LargestError(directory.Weights, matrix)));
            progress?.Invoke(quantized.Count, matrices.Length, quantized[^1]);
        }

        string hash = Contents(directory, model.Parameters, type).Save(output);
        return new QuantizationReport(SizeOf(path), SizeOf(output), model.Parameters.Count, hash, quantized);
    }

    private static void RequireStorable(SafetensorsFile file, ParameterSet parameters, WeightType type)
    {
        float[] values = new float[TensorSource.ChunkBytes / sizeof(float)];
        foreach (Parameter parameter in parameters.All)
        {
            bool isHalf = type == WeightType.Float16 && parameter.Role == ParameterRole.Matrix;
            foreach (string name in parameter.Names)
            {
                long count = file.Entries.First(entry => entry.Name == name).ElementCount;
                for (long first = 0; first < count; first += values.Length)
                {
                    Span<float> part = values.AsSpan(0, (int)Math.Min(values.Length, count - first));
                    file.ReadFloats(name, first, part);
                    RequireStorable(part, file.Path, name, isHalf);
                }
            }
        }
    }

    private static void RequireStorable(ReadOnlySpan<float> values, string path, string name, bool isHalf)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ModelFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {name} holds {value}, which is no number to decode with; its training went wrong. Take an earlier checkpoint."));
            }

            if (isHalf && MathF.Abs(value) >= Float16Bound)
            {
                throw new ModelFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {name} holds {value}, and float16 ends at 65504. Store the model as bfloat16, which reaches as far as float32, or as int8."));
            }
        }
    }

    private static long SizeOf(string directory) => new FileInfo(Path.Combine(directory, ModelDirectory.WeightsFile)).Length;

    private static ModelContents Contents(ModelDirectory directory, ParameterSet parameters, WeightType type)
    {
        string name = WeightTypes.NameOf(type);
        bool isInteger = WeightTypes.IsInteger(type);
        SequorConfiguration configuration = directory.Configuration;
        ModelCard card = directory.Card ?? new ModelCard { Name = configuration.Name, Seed = configuration.Seed };
        string origin = $"Stored as {name} from the weights with weights_sha256 {directory.WeightsSha256}.";
        return new ModelContents
        {
            Configuration = configuration with { Decoding = configuration.Decoding with { ComputeType = ChoiceOf(type) } },
            Weights = isInteger ? PackedTensors.Of(parameters) : Floats(directory.Weights, parameters, type == WeightType.Float16 ? StoredType.F16 : StoredType.BF16),
            Metadata = isInteger ? PackedTensors.MetadataOf(parameters) : new Dictionary<string, string>(),
            Parameters = parameters.Count,
            Vocabularies = [.. configuration.Vocabulary.Model.Select(file => VocabularyPart.CopyOf(file, Path.Combine(directory.Path, file)))],

            // Scores were measured with the weights as they were.
            Card = card with { WeightType = name, Metrics = [], Description = card.Description.Length > 0 ? $"{card.Description} {origin}" : origin },
        };
    }

    private static ComputeTypeChoice ChoiceOf(WeightType type) => type switch
    {
        WeightType.Float16 => ComputeTypeChoice.Float16,
        WeightType.BFloat16 => ComputeTypeChoice.BFloat16,
        WeightType.Int8 => ComputeTypeChoice.Int8,
        WeightType.Int7 => ComputeTypeChoice.Int7,
        _ => ComputeTypeChoice.Float32,
    };

    private static IReadOnlyList<TensorSource> Floats(SafetensorsFile file, ParameterSet parameters, StoredType storage) =>
        [.. parameters.All.SelectMany(parameter => parameter.Names.Select(name => TensorSource.Floats(
            name, [.. parameter.PartShape], (first, destination) => file.ReadFloats(name, first, destination),
            parameter.Role == ParameterRole.Matrix ? storage : StoredType.F32)))];

    /// <summary>The largest error of a row relative to the row's length, both as Euclidean norms.</summary>
    private static double LargestError(SafetensorsFile file, Parameter matrix)
    {
        int width = matrix.Shape.Width;
        double largest = 0;
        float[] before = new float[Math.Min(RowsAtOnce, matrix.Shape.Rows) * width];
        for (int first = 0; first < matrix.Shape.Rows; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, matrix.Shape.Rows - first);
            PackedTensors.ReadRows(file, matrix, first, before.AsSpan(0, count * width));
            float[] after = matrix.Packed!.Unpack([.. Enumerable.Range(first, count)]).ToArray();
            for (int row = 0; row < count; row++)
            {
                largest = Math.Max(largest, ErrorOf(before.AsSpan(row * width, width), after.AsSpan(row * width, width)));
            }
        }

        return largest;
    }

    private static double ErrorOf(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < before.Length; i++)
        {
            double error = (double)before[i] - after[i];
            difference += error * error;
            length += (double)before[i] * before[i];
        }

        return length > 0 ? Math.Sqrt(difference / length) : 0;
    }
}

/// <summary>A matrix that was quantised.</summary>
/// <param name="Name">Its name in the file; several names joined by + where layers of one input are kept side by side.</param>
/// <param name="Shape">[out, in].</param>
/// <param name="LargestError">The largest error of a row, ‖row - stored row‖ / ‖row‖.</param>
public sealed record QuantizedMatrix(string Name, Shape Shape, double LargestError);

/// <summary>What came of quantising a model.</summary>
/// <param name="BytesBefore">Size of the weights' file before.</param>
/// <param name="BytesAfter">Size of the new one.</param>
/// <param name="Parameters">How many numbers the weights are.</param>
/// <param name="WeightsSha256">The <see cref="WeightsHash"/> of the new weights.</param>
/// <param name="Matrices">Every matrix, in the order of the model.</param>
public sealed record QuantizationReport(
    long BytesBefore, long BytesAfter, long Parameters, string WeightsSha256, IReadOnlyList<QuantizedMatrix> Matrices);
