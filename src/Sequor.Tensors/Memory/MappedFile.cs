using System.IO.MemoryMappedFiles;

namespace Sequor.Tensors.Memory;

/// <summary>
/// A file that is read where the system maps it: nothing is copied, processes that map the same file share its memory, and the system may take pages back.
/// Several owners may hold one; the last to let go closes it.
/// </summary>
public sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Lock _counting = new();
    private int _owners = 1;

    private MappedFile(FileStream stream)
    {
        Length = stream.Length;
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Maps a file that is open for reading, and closes it with the mapping.</summary>
    /// <param name="stream">The file, not empty.</param>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static MappedFile Of(FileStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new MappedFile(stream);
    }

    /// <summary>A run of numbers in the file, little-endian as on disk. It is valid as long as an owner holds the file, and must not be written to.</summary>
    /// <typeparam name="T">The number type.</typeparam>
    /// <param name="offset">The first byte; for vectors a multiple of 64.</param>
    /// <param name="count">How many numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the file.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public unsafe Storage<T> View<T>(long offset, long count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (Length - offset) / sizeof(T));
        ObjectDisposedException.ThrowIf(_owners == 0, this);
        return new Storage<T>(_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + checked((nint)offset), count);
    }

    /// <summary>Copies bytes out.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the file.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        View<byte>(offset, destination.Length).Span.CopyTo(destination);
        GC.KeepAlive(this);
    }

    /// <summary>Becomes one more owner, who must dispose it too.</summary>
    /// <returns>The same file.</returns>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public MappedFile Share()
    {
        lock (_counting)
        {
            ObjectDisposedException.ThrowIf(_owners == 0, this);
            _owners++;
        }

        return this;
    }

    /// <summary>Lets go; the last owner closes the file.</summary>
    public void Dispose()
    {
        lock (_counting)
        {
            if (_owners == 0 || --_owners > 0)
            {
                return;
            }
        }

        _view.Dispose();
        _map.Dispose();
    }
}
