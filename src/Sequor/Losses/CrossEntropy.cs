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
    public LossSums Run(EncoderDecoder model, Step step, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        EncodedSource memory = model.Encode(step, batch.Source);
        Tensor states = model.Decode(step, batch.TargetInput, memory);
        memory.States.Discard();
        (Tensor weight, Tensor bias) = model.Projection;
        CrossEntropyResult result = states.ProjectedCrossEntropy(weight, bias, batch.TargetOutput, _smoothing);
        states.Discard();
        if (step.Options.RecordGradients)
        {
            step.Backward(result.Loss);
        }

        return new LossSums(result.Loss.Item(), result.LogLikelihoods.Total(), result.Correct.Total(), batch.TargetTokens);
    }
}
