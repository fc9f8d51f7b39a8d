using System.Security.Cryptography;

namespace Sequor.Server.LibreTranslate;

/// <summary>A file that was translated.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">What it holds.</param>
internal sealed record TranslatedFile(string Name, byte[] Content, string ContentType);

/// <summary>Keeps translated files in memory for a while, so that they can be fetched; the oldest go first where they become too many. Thread-safe.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class TranslatedFiles(TimeProvider time)
{
    /// <summary>The most files that are kept.</summary>
    internal const int MostFiles = 256;

    /// <summary>The most bytes of all files together; one file may have more.</summary>
    internal const long MostBytes = 64L << 20;

    /// <summary>How long a file is kept.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private const int Secret = 32;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, (TranslatedFile File, long Since)> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Keeps a file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What it can be fetched by; nobody can guess it.</returns>
    internal string Add(TranslatedFile file)
    {
        string key = $"{RandomNumberGenerator.GetHexString(Secret, lowercase: true)}.{file.Name}";
        lock (_gate)
        {
            DropOld();
            _files.Add(key, (file, time.GetTimestamp()));
            _bytes += file.Content.Length;
            while (_files.Count > 1 && (_files.Count > MostFiles || _bytes > MostBytes))
            {
                DropFirst();
            }
        }

        return key;
    }

    /// <summary>A file; null where there is none, or where it was kept for long enough.</summary>
    /// <param name="key">What it is fetched by.</param>
    internal TranslatedFile? Find(string key)
    {
        lock (_gate)
        {
            DropOld();
            return _files.TryGetValue(key, out (TranslatedFile File, long) found) ? found.File : null;
        }
    }

    private void DropOld()
    {
        while (_files.Count > 0 && time.GetElapsedTime(_files.GetAt(0).Value.Since) >= Kept)
        {
            DropFirst();
        }
    }

    private void DropFirst()
    {
        _bytes -= _files.GetAt(0).Value.File.Content.Length;
        _files.RemoveAt(0);
    }
}
