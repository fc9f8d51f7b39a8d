using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>How much of a vector lies within the data, so that a loop can be written once for whole vectors and for the last one.</summary>
internal unsafe interface IReach
{
    static abstract TFloats Load<TFloats>(float* from, int count)
        where TFloats : struct, IFloats<TFloats>;

    static abstract void Store<TFloats>(TFloats x, float* to, int count)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>Every lane.</summary>
internal readonly unsafe struct WholeVector : IReach
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Load<TFloats>(float* from, int count)
        where TFloats : struct, IFloats<TFloats> => TFloats.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TFloats>(TFloats x, float* to, int count)
        where TFloats : struct, IFloats<TFloats> => x.Store(to);
}

/// <summary>The first lanes; the others are 0.</summary>
internal readonly unsafe struct FirstLanes : IReach
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Load<TFloats>(float* from, int count)
        where TFloats : struct, IFloats<TFloats> => TFloats.LoadFirst(from, count, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TFloats>(TFloats x, float* to, int count)
        where TFloats : struct, IFloats<TFloats> => x.StoreFirst(to, count);
}
