namespace Sequor.Tensors.Memory;

/// <summary>Numbers on a device that are replaced now and then; memory is taken only when they have become more.</summary>
internal sealed class DeviceList<T>(Device device) : IDisposable
    where T : unmanaged
{
    private KeptBlock? _block;

    /// <summary>The numbers.</summary>
    internal Storage<T> Storage { get; private set; }

    /// <summary>Replaces all numbers.</summary>
    internal unsafe void Set(ReadOnlySpan<T> values)
    {
        long bytes = (long)values.Length * sizeof(T);
        if (_block is null || _block.Bytes < bytes)
        {
            _block?.Release();
            _block = new KeptBlock(device, Math.Max(1024, 2 * bytes));
        }

        Storage = _block.View<T>(values.Length);
        device.Upload(values, Storage);
    }

    public void Dispose()
    {
        _block?.Release();
        (_block, Storage) = (null, default);
    }
}
