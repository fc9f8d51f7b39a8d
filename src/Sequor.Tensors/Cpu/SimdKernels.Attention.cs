using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void Gather(Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate) =>
        Embedding.Gather(_pool, table, ids, scale, y, width, accumulate);

    public void ScatterAdd(Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width) =>
        Embedding.ScatterAdd(_pool, dy, ids, scale, table, width);

    public void Attention(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output, Storage<float> probabilities) =>
        Simd.Attention.Forward(_pool, plan, queries, keys, values, output, probabilities);

    public void AttentionBackward(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, Storage<float> probabilities, in Matrix dOutput,
        in Matrix dQueries, in Matrix dKeys, in Matrix dValues, bool accumulate) =>
        Simd.AttentionBackward.Run(
            _pool, plan, new(queries, keys, values), probabilities, dOutput, new(dQueries, dKeys, dValues), accumulate);

    public void Rotate(in Matrix x, in Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse) =>
        Rotation.Run(_pool, x, y, positions, headWidth, wavelengthBase, inverse);
}
