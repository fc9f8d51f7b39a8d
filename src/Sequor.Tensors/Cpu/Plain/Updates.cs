using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>New weights from gradients: Adam, gradient descent, Adagrad.</summary>
internal static class Updates
{
    internal static void Adam(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments, in AdamSettings settings)
    {
        float rate = settings.LearningRate / settings.Correction1;
        float rootScale = 1 / MathF.Sqrt(settings.Correction2);
        float shrink = 1 - (settings.LearningRate * settings.DecoupledDecay);
        for (int i = 0; i < weights.Length; i++)
        {
            float gradient = (settings.GradientScale * gradients[i]) + (settings.CoupledDecay * weights[i]);
            float first = (settings.Beta1 * firstMoments[i]) + ((1 - settings.Beta1) * gradient);
            float second = (settings.Beta2 * secondMoments[i]) + ((1 - settings.Beta2) * gradient * gradient);
            firstMoments[i] = first;
            secondMoments[i] = second;
            weights[i] = (weights[i] * shrink) - (rate * first / ((MathF.Sqrt(second) * rootScale) + settings.Epsilon));
        }
    }

    internal static void Sgd(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocity, in SgdSettings settings)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float step = (settings.GradientScale * gradients[i]) + (settings.WeightDecay * weights[i]);
            if (!velocity.IsEmpty)
            {
                step += settings.Momentum * velocity[i];
                velocity[i] = step;
            }

            weights[i] -= settings.LearningRate * step;
        }
    }

    internal static void Adagrad(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> sums, float rate, float epsilon, float gradientScale, float weightDecay)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float gradient = (gradientScale * gradients[i]) + (weightDecay * weights[i]);
            sums[i] += gradient * gradient;
            weights[i] -= rate * gradient / (MathF.Sqrt(sums[i]) + epsilon);
        }
    }
}
