using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Rotary positions (Su et al. 2021): each pair of columns turns by an angle that grows with the position.</summary>
internal static class Rotation
{
    internal static void Run(
        in Matrix x, in Matrix y, ReadOnlySpan<int> positions, int headWidth, float wavelengthBase, bool inverse)
    {
        ReadOnlySpan<float> from = x.Storage.Span;
        Span<float> to = y.Storage.Span;
        int half = headWidth / 2;
        for (int row = 0; row < x.Rows; row++)
        {
            for (int i = 0; i < half; i++)
            {
                (float sine, float cosine) = Turn(positions[row], i, headWidth, wavelengthBase, inverse);
                for (int column = i; column < x.Columns; column += headWidth)
                {
                    float first = from[MatMul.At(x, row, column)];
                    float second = from[MatMul.At(x, row, column + half)];
                    to[MatMul.At(y, row, column)] = (first * cosine) - (second * sine);
                    to[MatMul.At(y, row, column + half)] = (first * sine) + (second * cosine);
                }
            }
        }
    }

    /// <summary>Sine and cosine of position × base^(-2i / head width). In double precision: angles reach thousands of radians.</summary>
    internal static (float Sine, float Cosine) Turn(int position, int i, int headWidth, float wavelengthBase, bool inverse)
    {
        double angle = position * Math.Pow(wavelengthBase, -2.0 * i / headWidth);
        (double sine, double cosine) = Math.SinCos(inverse ? -angle : angle);
        return ((float)sine, (float)cosine);
    }
}
