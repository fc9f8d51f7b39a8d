namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The mean row of each sentence.</summary>
internal static class SentenceMeans
{
    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, int width, Span<float> means)
    {
        for (int sentence = 0; sentence < starts.Length; sentence++)
        {
            for (int column = 0; column < width; column++)
            {
                float sum = 0;
                for (int row = starts[sentence]; row < starts[sentence] + lengths[sentence]; row++)
                {
                    sum += x[(row * width) + column];
                }

                means[(sentence * width) + column] = sum / lengths[sentence];
            }
        }
    }

    internal static void Backward(
        ReadOnlySpan<float> dMeans, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, int width, Span<float> dx, bool accumulate)
    {
        for (int sentence = 0; sentence < starts.Length; sentence++)
        {
            for (int row = starts[sentence]; row < starts[sentence] + lengths[sentence]; row++)
            {
                Elementwise.Scale(dMeans.Slice(sentence * width, width), 1f / lengths[sentence], dx.Slice(row * width, width), accumulate);
            }
        }
    }
}
