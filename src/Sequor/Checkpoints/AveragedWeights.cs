namespace Sequor.Checkpoints;

/// <summary>
/// The arithmetic mean of several sets of weights (as in Junczys-Dowmunt et al. 2016), summed in double precision in the order
/// given, computed piece by piece while it is read. Tensors that are no floats must be equal in all.
/// </summary>
public sealed class AveragedWeights : IDisposable
{
    private readonly SafetensorsFile[] _files;

    private AveragedWeights(SafetensorsFile[] files, StoredType storage)
    {
        _files = files;
        foreach (SafetensorsFile file in files)
        {
            PackedTensors.RequireFloats(file, "be averaged");
            file.VerifyHash();
            CheckSame(files[0], file);
        }
        Tensors = [.. files[0].Sources.Select(source => source.Type.IsFloat
            ? TensorSource.Floats(source.Name, [.. source.Shape], (first, destination) => Mean(source.Name, first, destination), storage)
            : source)];
    }

    /// <summary>The averaged tensors; they can be read as long as this object is not disposed.</summary>
    public IReadOnlyList<TensorSource> Tensors { get; }

    /// <summary>Opens the weights to average.</summary>
    /// <param name="paths">Safetensors files, or checkpoint or model directories; at least one.</param>
    /// <param name="storage">How the mean will be stored.</param>
    /// <exception cref="ModelFormatException">A file is damaged, or the files hold different tensors.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static AveragedWeights Open(IReadOnlyList<string> paths, StoredType storage = StoredType.F32)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        List<SafetensorsFile> files = [];
        try
        {
            foreach (string path in paths)
            {
                files.Add(SafetensorsFile.Open(Directory.Exists(path) ? Path.Combine(path, Checkpoint.WeightsFile) : path));
            }
            return new AveragedWeights([.. files], storage);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => Array.ForEach(_files, file => file.Dispose());

    private static void CheckSame(SafetensorsFile expected, SafetensorsFile file)
    {
        file.Require(expected.Entries.Select(entry => (entry.Name, (IReadOnlyList<int>)entry.Shape)));
        IEnumerable<(TensorSource, TensorSource)> pairs = expected.Sources.Zip(file.Sources);
        foreach ((TensorSource ours, TensorSource theirs) in pairs.Where(pair => !pair.Item1.Type.IsFloat || !pair.Item2.Type.IsFloat))
        {
            if (ours.Type != theirs.Type || WeightsHash.Compute([ours]) != WeightsHash.Compute([theirs]))
            {
                throw new ModelFormatException(
                    $"{file.Path}: tensor \"{theirs.Name}\" holds no floats and differs from that of {expected.Path}; such tensors cannot be averaged.");
            }
        }
    }

    private void Mean(string name, long first, Span<float> destination)
    {
        double[] sums = new double[destination.Length];
        foreach (SafetensorsFile file in _files)
        {
            file.ReadFloats(name, first, destination);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += destination[i];
            }
        }
        for (int i = 0; i < sums.Length; i++)
        {
            destination[i] = (float)(sums[i] / _files.Length);
        }
    }
}
