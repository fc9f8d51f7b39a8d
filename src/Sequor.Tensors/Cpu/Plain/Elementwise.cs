namespace Sequor.Tensors.Cpu.Plain;

/// <summary>What is done to each element by itself.</summary>
internal static class Elementwise
{
    internal static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        for (int i = 0; i < a.Length; i++)
        {
            result[i] = a[i] + b[i];
        }
    }

    internal static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, bool accumulate)
    {
        for (int i = 0; i < a.Length; i++)
        {
            result[i] = accumulate ? result[i] + (a[i] * b[i]) : a[i] * b[i];
        }
    }

    internal static void Scale(ReadOnlySpan<float> x, float scale, Span<float> result, bool accumulate)
    {
        for (int i = 0; i < x.Length; i++)
        {
            result[i] = accumulate ? result[i] + (scale * x[i]) : scale * x[i];
        }
    }

    internal static void MovingAverage(ReadOnlySpan<float> x, float decay, Span<float> target)
    {
        for (int i = 0; i < x.Length; i++)
        {
            target[i] = (decay * target[i]) + ((1 - decay) * x[i]);
        }
    }
}
