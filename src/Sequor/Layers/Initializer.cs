using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>How fresh weights are drawn. The draw of a weight is keyed by the seed, the weight's name and its place, never by the order of creation.</summary>
public readonly record struct Initializer
{
    private enum Kind
    {
        Constant,
        Normal,
        Uniform,
        XavierNormal,
        XavierUniform,
        OneBlock,
    }

    private Initializer(Kind kind, float size, int blocks = 1) => (Form, Size, Blocks) = (kind, size, blocks);

    /// <summary>All zeros.</summary>
    public static Initializer Zeros => new(Kind.Constant, 0);

    /// <summary>All ones.</summary>
    public static Initializer Ones => new(Kind.Constant, 1);

    /// <summary>Uniform in ±√(6 / (in + out)) (Glorot and Bengio 2010).</summary>
    public static Initializer XavierUniform => new(Kind.XavierUniform, 1);

    /// <summary>Normal with variance 2 / (in + out) (Glorot and Bengio 2010).</summary>
    public static Initializer XavierNormal => new(Kind.XavierNormal, 1);

    private Kind Form { get; }

    private float Size { get; }

    private int Blocks { get; }

    /// <summary>Normal around 0.</summary>
    /// <param name="deviation">The standard deviation, 0 or more.</param>
    public static Initializer Normal(float deviation) => new(Kind.Normal, deviation);

    /// <summary>Uniform around 0.</summary>
    /// <param name="limit">The greatest magnitude, 0 or more.</param>
    public static Initializer Uniform(float limit) => new(Kind.Uniform, limit);

    /// <summary>Ones in one of several blocks of equal size, zeros in the others: the bias of an LSTM's forget gate (Gers et al. 2000).</summary>
    /// <param name="block">The block of ones, 0 to <paramref name="blocks"/> - 1.</param>
    /// <param name="blocks">How many blocks there are.</param>
    public static Initializer OneBlock(int block, int blocks) => new(Kind.OneBlock, block, blocks);

    /// <summary>Draws the weights of one name.</summary>
    /// <param name="name">The weight's name, part of the key.</param>
    /// <param name="shape">[out, in] or [size].</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>As many numbers as the shape has elements.</returns>
    public float[] Draw(string name, Shape shape, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(name);
        var values = new float[shape.Count];
        ulong key = KeyOf(name, seed);
        int fanIn = shape.Width;
        int fanOut = shape.Rows;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Form switch
            {
                Kind.Constant => Size,
                Kind.OneBlock => i / (values.Length / Blocks) == (int)Size ? 1 : 0,
                Kind.Normal => Size * Gaussian(key, i),
                Kind.Uniform => Size * Symmetric(key, i),
                Kind.XavierNormal => MathF.Sqrt(2f / (fanIn + fanOut)) * Gaussian(key, i),
                _ => MathF.Sqrt(6f / (fanIn + fanOut)) * Symmetric(key, i),
            };
        }

        return values;
    }

    private static ulong KeyOf(string name, ulong seed)
    {
        ulong key = RandomKeys.Mix(seed, 3);
        foreach (char letter in name)
        {
            key = RandomKeys.Mix(key, letter);
        }

        return key;
    }

    private static float Symmetric(ulong key, int place) => (float)((2 * RandomKeys.Uniform(RandomKeys.Mix(key, (ulong)place))) - 1);

    /// <summary>Box and Muller's pair, of which one is used.</summary>
    private static float Gaussian(ulong key, int place)
    {
        double radius = 1 - RandomKeys.Uniform(RandomKeys.Mix(key, 2 * (ulong)place));
        double angle = RandomKeys.Uniform(RandomKeys.Mix(key, (2 * (ulong)place) + 1));
        return (float)(Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle));
    }
}
