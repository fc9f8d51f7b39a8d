using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Cross-entropy with label smoothing and its gradient: three passes over a row that stays in the first two caches.</summary>
internal static unsafe class CrossEntropy
{
    internal static void Run(
        WorkerPool pool, Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes) =>
        VectorWork.Run(
            pool, new Work(logits, targets, smoothing, gradientScale, losses, logLikelihoods, correct, classes),
            VectorWork.Items(targets.Length, VectorWork.RowsPerItem(classes)));

    private readonly struct Work(
        Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, targets.Length, VectorWork.RowsPerItem(classes));
            for (long row = rows.First; row < rows.End; row++)
            {
                Row<TFloats>(row, ((int*)targets.Address)[row]);
            }
        }

        private void Row<TFloats>(long row, int target)
            where TFloats : struct, IFloats<TFloats>
        {
            float* x = (float*)logits.Address + (row * classes);
            float greatest = Reduce.Greatest<TFloats>(x, classes);
            float ofTarget = x[target];
            bool first = ofTarget == greatest && (target == 0 || Reduce.Greatest<TFloats>(x, target) < greatest);
            (float sum, float distance) = Sums<TFloats>(x, greatest);

            double logarithm = Math.Log(sum);
            double unlikelihood = logarithm - (ofTarget - greatest);
            double spread = smoothing == 0 ? 0 : smoothing * (logarithm - ((double)distance / classes));
            ((float*)logLikelihoods.Address)[row] = (float)unlikelihood;
            ((float*)losses.Address)[row] = (float)(((1 - smoothing) * unlikelihood) + spread);

            // A NaN anywhere is in the sum; nothing is right then.
            ((float*)correct.Address)[row] = first && !float.IsNaN(sum) ? 1 : 0;
            if (gradientScale != 0)
            {
                Differentiate<TFloats>(x, target, sum);
            }
        }

        // Σ exp(x - greatest) and Σ (x - greatest); where a gradient is wanted, each exponential stays in the place of its logit.
        private (float Sum, float Distance) Sums<TFloats>(float* x, float greatest)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats top = TFloats.Of(greatest);
            TFloats sum = default, distance = default;
            int i = 0;
            for (; i <= classes - TFloats.Count; i += TFloats.Count)
            {
                TFloats below = TFloats.Load(x + i) - top;
                TFloats power = Functions.Exp(below);
                sum += power;
                distance += below;
                if (gradientScale != 0)
                {
                    power.Store(x + i);
                }
            }

            if (i < classes)
            {
                int rest = classes - i;
                TFloats below = TFloats.LoadFirst(x + i, rest, top) - top;
                TFloats power = Functions.Exp(below);
                sum += TFloats.First(rest, power, default);
                distance += below;
                if (gradientScale != 0)
                {
                    power.StoreFirst(x + i, rest);
                }
            }

            return (sum.Sum(), distance.Sum());
        }

        // d loss / dx = softmax(x) - (1 - ε) [i = target] - ε / classes.
        private void Differentiate<TFloats>(float* powers, int target, float sum)
            where TFloats : struct, IFloats<TFloats>
        {
            float share = smoothing / classes;
            float ofTarget = gradientScale * ((powers[target] / sum) - (1 - smoothing + share));
            Loop.Map<Slope, TFloats>(new Slope(1 / sum, share, gradientScale), powers, powers, classes);
            powers[target] = ofTarget;
        }
    }

    private readonly struct Slope(float reciprocalSum, float share, float scale) : IMap1
    {
        public TFloats Of<TFloats>(TFloats power)
            where TFloats : struct, IFloats<TFloats> =>
            TFloats.Of(scale) * ((power * TFloats.Of(reciprocalSum)) - TFloats.Of(share));
    }
}
