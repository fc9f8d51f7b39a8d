namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The activation functions, their derivatives.</summary>
internal static class Activations
{
    // √(2/π) and the cubic coefficient of the tanh form of GELU (Hendrycks and Gimpel 2016).
    internal const float GeluScale = 0.7978845608f;
    internal const float GeluCubic = 0.044715f;

    internal static float Of(Activation activation, float x) => activation switch
    {
        Activation.Relu => x <= 0 ? 0 : x,
        Activation.Gelu => x * Sigmoid(2 * GeluScale * (x + (GeluCubic * x * x * x))),
        Activation.Silu => x * Sigmoid(x),
        Activation.Tanh => MathF.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        _ => x,
    };

    internal static float Derivative(Activation activation, float x)
    {
        switch (activation)
        {
            case Activation.Relu:
                return x <= 0 ? 0 : 1;
            case Activation.Gelu:
                // 0.5 (1 + tanh u) is sigmoid(2u), so the chain rule needs one sigmoid only.
                float gelu = Sigmoid(2 * GeluScale * (x + (GeluCubic * x * x * x)));
                float inner = 2 * GeluScale * (1 + (3 * GeluCubic * x * x));
                return gelu + (x * gelu * (1 - gelu) * inner);
            case Activation.Silu:
                float gate = Sigmoid(x);
                return gate + (x * gate * (1 - gate));
            case Activation.Tanh:
                float tanh = MathF.Tanh(x);
                return 1 - (tanh * tanh);
            case Activation.Sigmoid:
                float sigmoid = Sigmoid(x);
                return sigmoid * (1 - sigmoid);
            default:
                return 1;
        }
    }

    internal static void Forward(Activation activation, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Of(activation, x[i]);
        }
    }

    internal static void Backward(
        Activation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float gradient = dy[i] * Derivative(activation, x[i]);
            dx[i] = accumulate ? dx[i] + gradient : gradient;
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
