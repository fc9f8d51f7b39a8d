namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>An activation function and its derivative, in vectors.</summary>
internal interface IActivation
{
    /// <summary>The function.</summary>
    static abstract TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>;

    /// <summary>Its derivative at x.</summary>
    static abstract TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>;
}

internal readonly struct Identity : IActivation
{
    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => x;

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => TFloats.Of(1);
}

internal readonly struct Relu : IActivation
{
    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => TFloats.WhereLessOrEqual(x, default, default, x);

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => TFloats.WhereLessOrEqual(x, default, default, TFloats.Of(1));
}

internal readonly struct Gelu : IActivation
{
    private const float TwiceScale = 2 * Plain.Activations.GeluScale;
    private const float TwiceCubic = TwiceScale * Plain.Activations.GeluCubic;

    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => x * Gate(x);

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats gate = Gate(x);
        TFloats inner = TFloats.MultiplyAdd(TFloats.Of(3 * TwiceCubic), x * x, TFloats.Of(TwiceScale));
        return TFloats.MultiplyAdd(x * inner, gate * (TFloats.Of(1) - gate), gate);
    }

    // 0.5 (1 + tanh u) is sigmoid(2u): one exponential, one division.
    private static TFloats Gate<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> =>
        Functions.Sigmoid(x * TFloats.MultiplyAdd(TFloats.Of(TwiceCubic), x * x, TFloats.Of(TwiceScale)));
}

internal readonly struct Silu : IActivation
{
    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => x * Functions.Sigmoid(x);

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats gate = Functions.Sigmoid(x);
        return TFloats.MultiplyAdd(x, gate * (TFloats.Of(1) - gate), gate);
    }
}

internal readonly struct Tanh : IActivation
{
    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => Functions.Tanh(x);

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats tanh = Functions.Tanh(x);
        return TFloats.SubtractProduct(tanh, tanh, TFloats.Of(1));
    }
}

internal readonly struct Sigmoid : IActivation
{
    public static TFloats Of<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> => Functions.Sigmoid(x);

    public static TFloats Derivative<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats sigmoid = Functions.Sigmoid(x);
        return sigmoid * (TFloats.Of(1) - sigmoid);
    }
}
