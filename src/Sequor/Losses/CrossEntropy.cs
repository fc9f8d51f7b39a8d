using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Losses;

/// <summary>Label-smoothed cross-entropy of the next target piece (Szegedy et al. 2016), summed over real target pieces.</summary>
public sealed class CrossEntropy
{
    private readonly float _smoothing;

    /// <summary>Makes the loss.</summary>
    /// <param name="smoothing">The share of probability spread over all pieces, 0 to below 1; 0 for none. Default 0.</param>
    public CrossEntropy(float smoothing = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
        _smoothing = smoothing;
    }

    /// <summary>Runs a model over a batch; in a step that records gradients, the gradients of the summed loss are added to the parameters'.</summary>
    /// <param name="model">The model.</param>
    /// <param name="step">An open step.</param>
    /// <param name="batch">Source and target sentences.</param>
    /// <param name="trace">What the pass is asked to tell; null for nothing.</param>
    public LossSums Run(EncoderDecoder model, Step step, TrainingBatch batch, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        trace ??= new PassTrace();
        EncodedSource memory = model.Encode(step, batch.Source, trace);
        Tensor states = model.Decode(step, batch.TargetInput, memory, trace);
        memory.States.Discard();
        (Tensor weight, Tensor bias) = model.Projection;
        CrossEntropyResult result = states.ProjectedCrossEntropy(weight, bias, batch.TargetOutput, _smoothing);
        states.Discard();
        Tensor loss = trace.Penalty.IsNone ? result.Loss : result.Loss.Add(trace.Penalty);
        if (step.Options.RecordGradients)
        {
            step.Backward(loss);
        }

        return new LossSums(loss.Item(), result.LogLikelihoods.Total(), result.Correct.Total(), batch.TargetTokens);
    }
}
