using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Losses;

/// <summary>
/// Teaches attention the alignments of words (Mi et al. 2016; Chen et al. 2016): -Σ a* log a over the target pieces that have partners,
/// where a* is shared evenly by the source pieces a target piece is aligned to and a is what the model gave them.
/// </summary>
public static class GuidedAttention
{
    /// <summary>The cost of a pass, summed over the target pieces that have partners.</summary>
    /// <param name="trace">What the pass told of its attention.</param>
    /// <param name="guide">Where the batch's target pieces should look.</param>
    /// <returns>[1], in nats; gradients flow into the attention.</returns>
    /// <exception cref="InvalidOperationException">The model told no attention.</exception>
    public static Tensor Cost(PassTrace trace, AttentionGuide guide)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(guide);
        if (trace.Attention.IsNone)
        {
            throw new InvalidOperationException(Refusal);
        }

        var points = new AlignmentPoint[guide.Sources.Length];
        for (int row = 0; row < guide.Rows; row++)
        {
            float share = 1f / guide.Partners(row).Length;
            for (int i = guide.Starts[row]; i < guide.Starts[row + 1]; i++)
            {
                points[i] = new AlignmentPoint(row, guide.Sources[i], share);
            }
        }

        return trace.Attention.AlignmentLoss(points, trace.Readers!).Sum();
    }

    /// <summary>Whether a model tells its attention, as guidance needs; it is asked with a sentence of one piece.</summary>
    /// <param name="model">The model.</param>
    public static bool IsPossible(EncoderDecoder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using Step step = new(model.Parameters.Device);
        using (step.Begin(StepOptions.Inference))
        {
            SequenceBatch one = SequenceBatch.From([[0]]);
            var trace = new PassTrace { WantsAttention = true };
            model.Decode(step, one, model.Encode(step, one, trace), trace);
            return !trace.Attention.IsNone;
        }
    }

    /// <summary>What is said of a model that cannot be guided.</summary>
    internal const string Refusal =
        "this model tells no attention to the source that alignments could guide: a Transformer does, and a recurrent decoder unless model.attention.kind is none";
}
