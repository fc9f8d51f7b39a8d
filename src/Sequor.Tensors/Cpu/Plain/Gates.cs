namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Gated linear units (Shazeer 2020): one half of a row opens and closes the other.</summary>
internal static class Gates
{
    internal static void Forward(Activation activation, ReadOnlySpan<float> x, Span<float> y, int width)
    {
        for (int row = 0; row < y.Length / width; row++)
        {
            ReadOnlySpan<float> gates = x.Slice(row * 2 * width, width);
            ReadOnlySpan<float> values = x.Slice((row * 2 * width) + width, width);
            for (int i = 0; i < width; i++)
            {
                y[(row * width) + i] = Activations.Of(activation, gates[i]) * values[i];
            }
        }
    }

    internal static void Backward(
        Activation activation, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, int width, bool accumulate)
    {
        for (int row = 0; row < dy.Length / width; row++)
        {
            int gates = row * 2 * width;
            int values = gates + width;
            for (int i = 0; i < width; i++)
            {
                float gradient = dy[(row * width) + i];
                float dGate = gradient * x[values + i] * Activations.Derivative(activation, x[gates + i]);
                float dValue = gradient * Activations.Of(activation, x[gates + i]);
                dx[gates + i] = accumulate ? dx[gates + i] + dGate : dGate;
                dx[values + i] = accumulate ? dx[values + i] + dValue : dValue;
            }
        }
    }
}
