using System.IO.Compression;

namespace Sequor.Checkpoints.Importing;

/// <summary>Reads <c>.npz</c> files: a zip of arrays in NumPy's <c>.npy</c> format, versions 1 to 3.</summary>
public static class NumpyArchive
{
    private const string Ending = ".npy";

    /// <summary>Reads all arrays.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="ModelFormatException">The file is no archive of arrays of floats; the message names what is wrong in which array.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static IReadOnlyDictionary<string, NumpyArray> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var arrays = new Dictionary<string, NumpyArray>(StringComparer.Ordinal);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                {
                    throw new ModelFormatException($"'{path}' holds '{entry.FullName}', but an .npz archive holds arrays whose names end in {Ending}.");
                }

                string name = entry.FullName[..^Ending.Length];
                using Stream stream = entry.Open();
                if (!arrays.TryAdd(name, NumpyFormat.Read(stream, name, path)))
                {
                    throw new ModelFormatException($"'{path}' holds the array '{name}' twice.");
                }
            }

            return arrays;
        }
        catch (InvalidDataException fault)
        {
            throw new ModelFormatException($"'{path}' is no .npz archive, or it is damaged: {fault.Message}", fault);
        }
    }
}
