using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>New weights from gradients in one pass over memory, with the bits of <see cref="Plain.Updates"/>.</summary>
internal static unsafe class Updates
{
    internal static void Adam(
        WorkerPool pool, Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments,
        in AdamSettings settings) =>
        VectorWork.Run(pool, new AdamWork(weights, gradients, firstMoments, secondMoments, settings), FlatWork.Items(weights));

    internal static void Sgd(
        WorkerPool pool, Storage<float> weights, Storage<float> gradients, Storage<float> velocity, in SgdSettings settings)
    {
        if (!velocity.IsEmpty)
        {
            FlatWork.Run(pool, new Velocity(settings), gradients, weights, velocity, velocity);
            FlatWork.RunOrAdd(pool, new Elementwise.Scaled(-settings.LearningRate), velocity, weights, accumulate: true);
        }
        else
        {
            FlatWork.Run(pool, new Descent(settings), gradients, weights, weights);
        }
    }

    internal static void Adagrad(
        WorkerPool pool, Storage<float> weights, Storage<float> gradients, Storage<float> sums,
        float rate, float epsilon, float gradientScale, float weightDecay)
    {
        FlatWork.Run(pool, new SquareSum(gradientScale, weightDecay), gradients, weights, sums, sums);
        FlatWork.Run(pool, new AdagradStep(rate, epsilon, gradientScale, weightDecay), gradients, weights, sums, weights);
    }

    private readonly struct AdamWork(
        Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments,
        AdamSettings settings) : IVectorWork
    {
        private readonly float _rate = settings.LearningRate / settings.Correction1;
        private readonly float _rootScale = 1 / MathF.Sqrt(settings.Correction2);
        private readonly float _shrink = 1 - (settings.LearningRate * settings.DecoupledDecay);

        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long start = FlatWork.Start(item);
            int length = FlatWork.Length(weights.Length, item);
            float* w = (float*)weights.Address + start;
            float* g = (float*)gradients.Address + start;
            float* m = (float*)firstMoments.Address + start;
            float* v = (float*)secondMoments.Address + start;
            int i = 0;
            for (; i <= length - TFloats.Count; i += TFloats.Count)
            {
                TFloats weight = TFloats.Load(w + i), first = TFloats.Load(m + i), second = TFloats.Load(v + i);
                Step(TFloats.Load(g + i), ref weight, ref first, ref second);
                weight.Store(w + i);
                first.Store(m + i);
                second.Store(v + i);
            }

            if (i < length)
            {
                int rest = length - i;
                TFloats weight = TFloats.LoadFirst(w + i, rest, default);
                TFloats first = TFloats.LoadFirst(m + i, rest, default), second = TFloats.LoadFirst(v + i, rest, default);
                Step(TFloats.LoadFirst(g + i, rest, default), ref weight, ref first, ref second);
                weight.StoreFirst(w + i, rest);
                first.StoreFirst(m + i, rest);
                second.StoreFirst(v + i, rest);
            }
        }

        private void Step<TFloats>(TFloats gradient, ref TFloats weight, ref TFloats first, ref TFloats second)
            where TFloats : struct, IFloats<TFloats>
        {
            gradient = (TFloats.Of(settings.GradientScale) * gradient) + (TFloats.Of(settings.CoupledDecay) * weight);
            first = (TFloats.Of(settings.Beta1) * first) + (TFloats.Of(1 - settings.Beta1) * gradient);
            second = (TFloats.Of(settings.Beta2) * second) + (TFloats.Of(1 - settings.Beta2) * gradient * gradient);
            TFloats root = (TFloats.Sqrt(second) * TFloats.Of(_rootScale)) + TFloats.Of(settings.Epsilon);
            weight = (weight * TFloats.Of(_shrink)) - (TFloats.Of(_rate) * first / root);
        }
    }

    private readonly struct Velocity(SgdSettings settings) : IMap3
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats weight, TFloats velocity)
            where TFloats : struct, IFloats<TFloats> =>
            (TFloats.Of(settings.GradientScale) * gradient) + (TFloats.Of(settings.WeightDecay) * weight)
            + (TFloats.Of(settings.Momentum) * velocity);
    }

    private readonly struct Descent(SgdSettings settings) : IMap2
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats weight)
            where TFloats : struct, IFloats<TFloats> =>
            weight - (TFloats.Of(settings.LearningRate)
                * ((TFloats.Of(settings.GradientScale) * gradient) + (TFloats.Of(settings.WeightDecay) * weight)));
    }

    private readonly struct SquareSum(float gradientScale, float weightDecay) : IMap3
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats weight, TFloats sum)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats whole = (TFloats.Of(gradientScale) * gradient) + (TFloats.Of(weightDecay) * weight);
            return sum + (whole * whole);
        }
    }

    private readonly struct AdagradStep(float rate, float epsilon, float gradientScale, float weightDecay) : IMap3
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats weight, TFloats sum)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats whole = (TFloats.Of(gradientScale) * gradient) + (TFloats.Of(weightDecay) * weight);
            return weight - (TFloats.Of(rate) * whole / (TFloats.Sqrt(sum) + TFloats.Of(epsilon)));
        }
    }
}
