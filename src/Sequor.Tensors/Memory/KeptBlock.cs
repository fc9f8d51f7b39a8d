namespace Sequor.Tensors.Memory;

/// <summary>A block that lives as long as the tensors that name it; the garbage collector gives it back.</summary>
internal sealed class KeptBlock : TensorOwner
{
    private readonly nint _address;
    private readonly long _bytes;

    internal KeptBlock(Device device, long bytes)
        : base(device)
    {
        _bytes = Math.Max(bytes, 1);
        _address = device.Allocate(_bytes);
        GC.AddMemoryPressure(_bytes);
    }

    ~KeptBlock() => Free();

    internal long Bytes => _bytes;

    /// <summary>Gives the memory back without waiting for the garbage collector; for an owner that knows of every view.</summary>
    internal void Release()
    {
        GC.SuppressFinalize(this);
        Free();
    }

    internal override void CheckAlive(int generation, int place = StepTensors.None)
    {
    }

    internal unsafe Storage<T> View<T>(long length)
        where T : unmanaged => new(_address, length);

    private void Free()
    {
        Device.Free(_address, _bytes);
        GC.RemoveMemoryPressure(_bytes);
    }
}
