using System.IO.Compression;
using System.Text;
using Sequor.Checkpoints.Importing;

namespace Sequor.Tests.Checkpoints.Importing;

public sealed class NumpyArchiveTests
{
    [Theory]
    [InlineData("<f4", 1)]
    [InlineData("<f8", 2)]
    [InlineData("<f2", 3)]
    public void Little_endian_floats_of_every_version_are_read(string type, byte version)
    {
        using var folder = new TemporaryFolder();
        NumpyArray array = NumpyArchive.Read(Archive(folder, ("a", Npy(type, "(2, 3)", [1, -2, 0.5, 4, 5, 6], version))))["a"];
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1, -2, 0.5f, 4, 5, 6], array.Values);
    }

    [Fact]
    public void One_length_and_none_are_shapes_too()
    {
        using var folder = new TemporaryFolder();
        var arrays = NumpyArchive.Read(Archive(folder, ("v", Npy("<f4", "(3,)", [1, 2, 3])), ("s", Npy("<f4", "()", [7]))));
        Assert.Equal([3], arrays["v"].Shape);
        Assert.Equal([7], arrays["s"].Values);
        Assert.Empty(arrays["s"].Shape);
    }

    [Theory]
    [InlineData("<i8", "(1,)", 2, "is of the type '<i8'; '<f4', '<f8' and '<f2' are read, little-endian floats. Convert it with .astype('<f4')")]
    [InlineData(">f4", "(1,)", 1, "is of the type '>f4'")]
    [InlineData("<f4", "(3,)", 2, "The array 'a' of ")]
    [InlineData("<f4", "(1,)", 2, "is longer than its shape (1) says")]
    [InlineData("<f4", "(x,)", 2, "has the shape (x,), which is no list of whole numbers")]
    [InlineData("<f4", "(999999, 999999)", 2, "has the shape (999999, 999999); at most 134217728 elements are read")]
    [InlineData("<f8", "(2147483647, 2147483647, 2147483647)", 2, "at most 134217728 elements are read")]
    public void What_cannot_be_read_is_refused_in_words(string type, string shape, int values, string sentence)
    {
        using var folder = new TemporaryFolder();
        string path = Archive(folder, ("a", Npy(type, shape, new double[values])));
        Assert.Contains(sentence, Assert.Throws<ModelFormatException>(() => NumpyArchive.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_first_other_files_and_damaged_archives_are_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] columns = [.. Npy("<f4", "(2,)", [1, 2])];
        string text = Encoding.Latin1.GetString(columns).Replace("False", "True ", StringComparison.Ordinal);
        Assert.Contains("column by column", Refusal(Archive(folder, ("a", Encoding.Latin1.GetBytes(text)))), StringComparison.Ordinal);
        Assert.Contains("does not begin as an .npy array does", Refusal(Archive(folder, ("a", new byte[40]))), StringComparison.Ordinal);
        string plain = Path.Combine(folder.Path, "plain.npz");
        File.WriteAllText(plain, "no archive");
        Assert.Contains("is no .npz archive, or it is damaged", Refusal(plain), StringComparison.Ordinal);

        byte[] whole = File.ReadAllBytes(Archive(folder, ("a", Npy("<f4", "(64,)", [.. Enumerable.Range(0, 64).Select(i => (double)i * i)]))));
        for (int cut = 1; cut < whole.Length; cut += 37)
        {
            File.WriteAllBytes(plain, whole[..^cut]);
            Assert.Contains("is no .npz archive, or it is damaged", Refusal(plain), StringComparison.Ordinal);
        }
    }

    internal static string Archive(TemporaryFolder folder, params (string Name, byte[] Array)[] arrays)
    {
        string path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.npz");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] array) in arrays)
        {
            using Stream stream = archive.CreateEntry(name + ".npy").Open();
            stream.Write(array);
        }

        return path;
    }

    /// <summary>An array as numpy.save writes it: the header padded with spaces and ended by a line feed.</summary>
    internal static byte[] Npy(string type, string shape, IReadOnlyList<double> values, byte version = 1)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte[])[0x93, .. "NUMPY"u8, version, 0]);
        if (version == 1)
        {
            writer.Write((ushort)header.Length);
        }
        else
        {
            writer.Write((uint)header.Length);
        }

        writer.Write(Encoding.ASCII.GetBytes(header));
        foreach (double value in values)
        {
            switch (type)
            {
                case "<f8" or "<i8":
                    writer.Write(value);
                    break;
                case "<f2":
                    writer.Write((Half)value);
                    break;
                default:
                    writer.Write((float)value);
                    break;
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static string Refusal(string path) => Assert.Throws<ModelFormatException>(() => NumpyArchive.Read(path)).Message;
}
