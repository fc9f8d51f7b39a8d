namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>A function of one number, taken of many at once.</summary>
internal interface IMap1
{
    TFloats Of<TFloats>(TFloats a)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>A function of two numbers, taken of many pairs at once.</summary>
internal interface IMap2
{
    TFloats Of<TFloats>(TFloats a, TFloats b)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>A function of three numbers, taken of many triples at once.</summary>
internal interface IMap3
{
    TFloats Of<TFloats>(TFloats a, TFloats b, TFloats c)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>A function of four numbers, taken of many at once.</summary>
internal interface IMap4
{
    TFloats Of<TFloats>(TFloats a, TFloats b, TFloats c, TFloats d)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>The value of a function added to its second argument: how a kernel accumulates.</summary>
internal readonly struct Added1<TMap>(TMap map) : IMap2
    where TMap : struct, IMap1
{
    private readonly TMap _map = map;

    public TFloats Of<TFloats>(TFloats a, TFloats there)
        where TFloats : struct, IFloats<TFloats> => there + _map.Of(a);
}

/// <summary>The value of a function added to its third argument: how a kernel accumulates.</summary>
internal readonly struct Added2<TMap>(TMap map) : IMap3
    where TMap : struct, IMap2
{
    private readonly TMap _map = map;

    public TFloats Of<TFloats>(TFloats a, TFloats b, TFloats there)
        where TFloats : struct, IFloats<TFloats> => there + _map.Of(a, b);
}

/// <summary>The value of a function added to its fourth argument: how a kernel accumulates.</summary>
internal readonly struct Added3<TMap>(TMap map) : IMap4
    where TMap : struct, IMap3
{
    private readonly TMap _map = map;

    public TFloats Of<TFloats>(TFloats a, TFloats b, TFloats c, TFloats there)
        where TFloats : struct, IFloats<TFloats> => there + _map.Of(a, b, c);
}
