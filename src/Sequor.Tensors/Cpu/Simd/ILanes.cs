namespace Sequor.Tensors.Cpu.Simd;

/// <summary>What a matrix product needs from a vector width. Kernels are written once against it and compiled for each implementation.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TMask">How the columns of the last, incomplete vector are named.</typeparam>
internal unsafe interface ILanes<TVector, TMask>
    where TVector : struct
    where TMask : struct
{
    /// <summary>Floats per vector.</summary>
    static abstract int Count { get; }

    /// <summary>Names the first columns of a vector, 1 to <see cref="Count"/>.</summary>
    static abstract TMask Mask(int columns);

    /// <summary>One float in every lane.</summary>
    static abstract TVector Broadcast(byte* address);

    /// <summary>Reads a whole vector from any address.</summary>
    static abstract TVector Load(byte* address);

    /// <summary>Reads the named columns, and nothing beyond them; the other lanes are 0.</summary>
    static abstract TVector LoadLast(byte* address, TMask mask);

    /// <summary>Writes a whole vector to any address.</summary>
    static abstract void Store(byte* address, TVector vector);

    /// <summary>Writes the named columns, and nothing beyond them.</summary>
    static abstract void StoreLast(byte* address, TMask mask, TVector vector);

    /// <summary>left · right + sum with one rounding.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector sum);
}
