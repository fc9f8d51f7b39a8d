using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Losses;

/// <summary>
/// Label-smoothed cross-entropy of the next target piece (Szegedy et al. 2016), summed over real target pieces, and what else a pass
/// costs: the model's own penalties, and attention that strays from given alignments.
/// </summary>
public sealed class CrossEntropy
{
    private readonly float _smoothing;
    private readonly float _guidance;

    /// <summary>Makes the loss.</summary>
    /// <param name="smoothing">The share of probability spread over all pieces, 0 to below 1; 0 for none. Default 0.</param>
    /// <param name="guidance">What <see cref="GuidedAttention"/> weighs beside the cross-entropy, 0 or more; 0 guides nothing. Default 0.</param>
    public CrossEntropy(float smoothing = 0, float guidance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(guidance);
        (_smoothing, _guidance) = (smoothing, guidance);
    }

    /// <summary>What this loss must be told of a pass over a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="gradientNorms">Whether the lengths of gradients at each time step are wanted too. Default false.</param>
    public PassTrace TraceFor(TrainingBatch batch, bool gradientNorms = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new PassTrace { WantsAttention = _guidance > 0 && batch.Guide is not null, WantsGradientNorms = gradientNorms };
    }

    /// <summary>Runs a model over a batch; in a step that records gradients, the gradients of the summed loss are added to the parameters'.</summary>
    /// <param name="model">The model.</param>
    /// <param name="step">An open step.</param>
    /// <param name="batch">Source and target sentences.</param>
    /// <param name="trace">What <see cref="TraceFor"/> made for this batch; made here when left out.</param>
    /// <exception cref="InvalidOperationException">The batch has alignments that are to guide, but the model tells no attention.</exception>
    public LossSums Run(EncoderDecoder model, Step step, TrainingBatch batch, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        trace ??= TraceFor(batch);
        EncodedSource memory = model.Encode(step, batch.Source, trace);
        Tensor states = model.Decode(step, batch.TargetInput, memory, trace);
        memory.States.Discard();
        (Tensor weight, Tensor bias) = model.Projection;
        CrossEntropyResult result = states.ProjectedCrossEntropy(weight, bias, batch.TargetOutput, _smoothing);
        states.Discard();
        Tensor loss = trace.Penalty.IsNone ? result.Loss : result.Loss.Add(trace.Penalty);
        if (_guidance > 0 && batch.Guide is { } guide)
        {
            loss = loss.Add(GuidedAttention.Cost(trace, guide).Scale(_guidance));
        }

        if (step.Options.RecordGradients)
        {
            step.Backward(loss);
        }

        return new LossSums(loss.Item(), result.LogLikelihoods.Total(), result.Correct.Total(), batch.TargetTokens);
    }
}
