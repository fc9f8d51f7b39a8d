using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void SlotAttention(in SlotPlan plan, in Matrix pairs, in Matrix output) => Plain.SlotAttention.Run(plan, pairs, output);

    public void TileAttention(in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights) =>
        Plain.TileAttention.Run(plan, queries, output, weights);

    public void WriteTiles(in TilePlan plan, in Matrix pairs, Storage<int> starts) => Plain.TileAttention.Write(plan, pairs, starts);

    public void BestOf(in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums) =>
        Plain.BestOf.Run(logits, k, ids, logProbabilities, logSums);
}
