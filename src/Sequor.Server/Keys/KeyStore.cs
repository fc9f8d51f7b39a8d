using Microsoft.Extensions.Logging;

namespace Sequor.Server.Keys;

/// <summary>The keys of a file that may change while the server runs. Thread-safe.</summary>
internal sealed partial class KeyStore
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private Dictionary<string, ApiKey> _keys;
    private (DateTime Written, long Length) _version;
    private long _lastLook;

    /// <summary>Reads the keys.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of changes and faults.</param>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal KeyStore(string path, TimeProvider time, ILogger log)
    {
        (_path, _time, _log) = (path, time, log);
        _version = VersionOf(path);
        _keys = Load();
        _lastLook = time.GetTimestamp();
        if (KeyFile.IsOpenToOthers(path))
        {
            LogOpen(log, path);
        }
    }

    /// <summary>The key that a text is; null for none. A change of the file shows within a second.</summary>
    /// <param name="text">What a client has sent.</param>
    internal ApiKey? Find(string text)
    {
        Look();
        return ApiKey.IdOf(text) is { } id && Volatile.Read(ref _keys).TryGetValue(id, out ApiKey? key) && key.Matches(text) ? key : null;
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_lastLook) < _betweenLooks)
            {
                return;
            }

            _lastLook = _time.GetTimestamp();
            try
            {
                (DateTime, long) version = VersionOf(_path);
                if (version != _version)
                {
                    _version = version;
                    Volatile.Write(ref _keys, Load());
                    LogRead(_log, _path, _keys.Count);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // Nobody is let in or shut out by a file that someone is about to repair.
                LogKept(_log, _path, fault.Message);
            }
        }
    }

    private Dictionary<string, ApiKey> Load() => KeyFile.Read(_path).ToDictionary(key => key.Id, StringComparer.Ordinal);

    private static (DateTime Written, long Length) VersionOf(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no key file {path}. 'sequor keys add NAME --key-file {path}' makes one.");
        }

        // Through links, of which directories of secrets in containers are made.
        FileSystemInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        return (file.LastWriteTimeUtc, ((FileInfo)file).Length);
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "The key file {Path} has changed and now holds {Count} keys")]
    private static partial void LogRead(ILogger log, string path, int count);

    [LoggerMessage(EventId = 21, Level = LogLevel.Error, Message = "The key file {Path} cannot be read, the keys read before stay in force: {Reason}")]
    private static partial void LogKept(ILogger log, string path, string reason);

    [LoggerMessage(EventId = 22, Level = LogLevel.Warning, Message = "Others than its owner can read or change the key file {Path}: chmod 600 it")]
    private static partial void LogOpen(ILogger log, string path);
}
