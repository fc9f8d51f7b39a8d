using System.Security.Cryptography;
using System.Text;

namespace Sequor.Checkpoints;

/// <summary>The list of a directory's files with their SHA-256, in the form that <c>sha256sum --check</c> reads.</summary>
internal static class Checksums
{
    public const string FileName = "checksums.sha256";

    public static void Write(Stream stream, IReadOnlyDictionary<string, string> hashes)
    {
        foreach ((string name, string hash) in hashes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            stream.Write(Encoding.UTF8.GetBytes($"{hash}  {name}\n"));
        }
    }

    /// <summary>Checks every listed file, and that all of <paramref name="required"/> are listed.</summary>
    /// <exception cref="ModelFormatException">A file is missing or altered, or the list is damaged.</exception>
    public static void Verify(string directory, IReadOnlyList<string> required)
    {
        string list = Path.Combine(directory, FileName);
        if (!File.Exists(list))
        {
            throw new ModelFormatException($"{directory} is damaged: {FileName} is missing.");
        }
        HashSet<string> seen = [];
        foreach (string line in File.ReadAllText(list).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split("  ", 2);
            if (parts.Length != 2 || parts[0].Length != 64 || Path.GetFileName(parts[1]) != parts[1] || !seen.Add(parts[1]))
            {
                throw new ModelFormatException($"{list} is damaged: \"{line}\" is not a hash, two spaces and the name of a file.");
            }
            Check(Path.Combine(directory, parts[1]), parts[0]);
        }
        if (required.FirstOrDefault(name => !seen.Contains(name)) is { } missing)
        {
            throw new ModelFormatException($"{list} is damaged: it does not list {missing}.");
        }
    }

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Check(string path, string expected)
    {
        if (!File.Exists(path))
        {
            throw new ModelFormatException($"{path} is missing.");
        }
        string actual = Of(path);
        if (actual != expected)
        {
            throw new ModelFormatException(
                $"{path} is damaged: it was altered or cut short after it was written (SHA-256 {actual}, and {expected} was written).");
        }
    }
}
