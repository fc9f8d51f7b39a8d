namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Cross-entropy with label smoothing (Szegedy et al. 2016) and its gradient, row by row.</summary>
internal static class CrossEntropy
{
    internal static void Run(
        Span<float> logits, ReadOnlySpan<int> targets, float smoothing, float gradientScale,
        Span<float> losses, Span<float> logLikelihoods, Span<float> correct, int classes)
    {
        for (int row = 0; row < targets.Length; row++)
        {
            Span<float> x = logits.Slice(row * classes, classes);
            int target = targets[row];
            correct[row] = IsFirstGreatest(x, target) ? 1 : 0;

            // Everything is counted from the greatest logit: a log-sum-exp of large logits would lose the differences to rounding.
            float greatest = Softmax.Greatest(x);
            double sum = 0;
            double total = 0;
            foreach (float value in x)
            {
                sum += MathF.Exp(value - greatest);
                total += value - greatest;
            }

            double logarithm = Math.Log(sum);
            double unlikelihood = logarithm - (x[target] - greatest);
            logLikelihoods[row] = (float)unlikelihood;

            // A forbidden class has the logit -∞; without smoothing its share of 0 must not become 0 · ∞.
            double spread = smoothing == 0 ? 0 : smoothing * (logarithm - (total / classes));
            losses[row] = (float)(((1 - smoothing) * unlikelihood) + spread);
            if (gradientScale != 0)
            {
                Differentiate(x, target, smoothing, gradientScale, greatest, sum);
            }
        }
    }

    // d loss / dx = softmax(x) - (1 - ε) [i = target] - ε / classes.
    private static void Differentiate(Span<float> x, int target, float smoothing, float scale, float greatest, double sum)
    {
        float share = smoothing / x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            float probability = (float)(MathF.Exp(x[i] - greatest) / sum);
            float wanted = i == target ? 1 - smoothing + share : share;
            x[i] = scale * (probability - wanted);
        }
    }

    private static bool IsFirstGreatest(ReadOnlySpan<float> x, int target)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!(i < target ? x[i] < x[target] : x[i] <= x[target]))
            {
                return false;
            }
        }

        return true;
    }
}
