using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void SlotAttention(in SlotPlan plan, in Matrix pairs, in Matrix output) => Simd.SlotAttention.Run(_pool, plan, pairs, output);

    public void TileAttention(in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights) =>
        Simd.TileAttention.Run(_pool, plan, queries, output, weights);

    public void WriteTiles(in TilePlan plan, in Matrix pairs, Storage<int> starts) => Simd.TileAttention.Write(_pool, plan, pairs, starts);

    public void BestOf(in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums) =>
        Simd.BestOf.Run(_pool, logits, k, ids, logProbabilities, logSums);
}
