using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Drops elements of rows; on request the same columns at all positions of a sentence (Gal and Ghahramani 2016).</summary>
/// <param name="step">The step that owns the results.</param>
/// <param name="layout">The sentences whose rows these are.</param>
/// <param name="sentenceNumbers">[B] The sentences' numbers in their corpus.</param>
/// <param name="perSentence">Whether a sentence's positions drop the same columns.</param>
internal sealed class RowDropout(Step step, SequenceLayout layout, long[] sentenceNumbers, bool perSentence)
{
    /// <summary>Drops elements of rows in the order of the sentences.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="chance">0 to below 1.</param>
    /// <returns>[N, D]</returns>
    internal Tensor Apply(Tensor x, float chance) =>
        perSentence && Drops(chance) ? x.Multiply(Mask(chance, x.Shape.Width)) : x.Dropout(chance, layout);

    /// <summary>What rows in the order of time are multiplied by, worked out before any of them is known; none where nothing is dropped.</summary>
    /// <param name="chance">0 to below 1.</param>
    /// <param name="width">D.</param>
    /// <param name="time">The order.</param>
    /// <returns>[N, D]</returns>
    internal Tensor MaskInTime(float chance, int width, TimeLayout time) => Drops(chance) ? Mask(chance, width).ToTime(time) : default;

    private bool Drops(float chance) => step.Options.Dropout && chance > 0;

    private Tensor Mask(float chance, int width)
    {
        if (!perSentence)
        {
            return step.Filled(1, [layout.Rows, width]).Dropout(chance, layout);
        }

        var ones = new int[sentenceNumbers.Length];
        Array.Fill(ones, 1);
        return step.Filled(1, [ones.Length, width]).Dropout(chance, step.Layout(ones, sentenceNumbers)).ForEveryRow(layout);
    }

    /// <summary>The sentence of each row, [N].</summary>
    internal static int[] SentenceOfRows(SequenceLayout layout)
    {
        var sentences = new int[layout.Rows];
        int row = 0;
        for (int i = 0; i < layout.Count; i++)
        {
            sentences.AsSpan(row, layout.Lengths[i]).Fill(i);
            row += layout.Lengths[i];
        }

        return sentences;
    }
}
