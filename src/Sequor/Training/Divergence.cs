using System.Globalization;
using Sequor.Tensors.Autograd;

namespace Sequor.Training;

/// <summary>Says what stopped being a number.</summary>
internal static class Divergence
{
    /// <summary>Names what is not a number.</summary>
    /// <param name="parameters">The model's weights and gradients.</param>
    /// <param name="update">The update that made them so.</param>
    /// <param name="loss">The update's loss per target token; null where the weights alone were looked at.</param>
    internal static TrainingDivergedException At(ParameterSet parameters, long update, double? loss = null)
    {
        string? weight = parameters.All.FirstOrDefault(parameter => !parameter.Value.IsFinite())?.Names[0];
        string? gradient = parameters.All.FirstOrDefault(parameter => !parameter.Gradient.IsFinite())?.Names[0];
        string what = weight is not null ? $"the weights {weight} hold NaN or infinity"
            : gradient is not null ? $"the gradient of {gradient} holds NaN or infinity"
            : "the gradients are too large to be summed";
        string withLoss = loss is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (loss {loss})");
        return new TrainingDivergedException(string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged at update {update}{withLoss}: {what}. The last checkpoint is untouched; go on from it with a lower learning rate, a longer warm-up or a smaller clip_norm."));
    }
}
