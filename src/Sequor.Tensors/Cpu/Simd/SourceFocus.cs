using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Weights that fall off around a centre as a Gaussian does (Luong et al. 2015, eq. 10), and their gradients.</summary>
internal static unsafe class SourceFocus
{
    internal static void Forward(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(pool, new ForwardWork(plan, cut, Positions(plan.Stride), weights, centres, deviation, result), cut.Items);
    }

    internal static void Backward(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> dResult,
        Storage<float> dWeights, Storage<float> dCentres)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(
            pool, new BackwardWork(plan, cut, Positions(plan.Stride), weights, centres, deviation, dResult, dWeights, dCentres), cut.Items);
    }

    // 0, 1, 2 ... as floats, read by all threads.
    private static nint Positions(int count)
    {
        float* positions = Scratch.Floats(ScratchPlace.Kernel, count);
        for (int j = 0; j < count; j++)
        {
            positions[j] = j;
        }

        return (nint)positions;
    }

    private static float Exponent(float deviation) => -1 / (2 * deviation * deviation);

    private readonly struct ForwardWork(
        SourcePlan plan, SourceCut cut, nint positions, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result)
        : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    float* results = (float*)result.Address + (scoreRow * plan.Stride);
                    Near near = new(((float*)centres.Address)[scoreRow], Exponent(deviation));
                    Loop.Map<Near, TFloats>(near, (float*)weights.Address + (scoreRow * plan.Stride), (float*)positions, results, row.Length);
                    row.ClearBehind(results, plan.Stride);
                }
            }
        }
    }

    private readonly struct BackwardWork(
        SourcePlan plan, SourceCut cut, nint positions, Storage<float> weights, Storage<float> centres, float deviation,
        Storage<float> dResult, Storage<float> dWeights, Storage<float> dCentres) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    long start = scoreRow * plan.Stride;
                    float* slopes = (float*)dResult.Address + start;
                    Near near = new(((float*)centres.Address)[scoreRow], Exponent(deviation));
                    if (!dWeights.IsEmpty)
                    {
                        Loop.MapOrAdd<Near, TFloats>(near, slopes, (float*)positions, (float*)dWeights.Address + start, row.Length, accumulate: true);
                    }

                    if (!dCentres.IsEmpty)
                    {
                        float sum = Reduce.Sum<Pull, TFloats>(new Pull(near), slopes, (float*)weights.Address + start, (float*)positions, row.Length);
                        ((float*)dCentres.Address)[scoreRow] += sum / (deviation * deviation);
                    }
                }
            }
        }
    }

    /// <summary>x · exp(exponent · (position - centre)²).</summary>
    private readonly struct Near(float centre, float exponent) : IMap2
    {
        public TFloats Of<TFloats>(TFloats x, TFloats position)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats distance = Distance(position);
            return x * Functions.Exp(TFloats.Of(exponent) * distance * distance);
        }

        internal TFloats Distance<TFloats>(TFloats position)
            where TFloats : struct, IFloats<TFloats> => position - TFloats.Of(centre);
    }

    /// <summary>What a position adds to the gradient of its centre, but for 1 / deviation².</summary>
    private readonly struct Pull(Near near) : IMap3
    {
        private readonly Near _near = near;

        public TFloats Of<TFloats>(TFloats slope, TFloats weight, TFloats position)
            where TFloats : struct, IFloats<TFloats> => _near.Of(slope, position) * weight * _near.Distance(position);
    }
}
