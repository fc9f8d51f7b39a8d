using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void Gather(Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate) =>
        Embedding.Gather(table.Span, ids.Span, scale, y.Span, width, accumulate);

    public void ScatterAdd(Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width) =>
        Embedding.ScatterAdd(dy.Span, ids.Span, scale, table.Span, width);

    public void Attention(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output, Storage<float> probabilities) =>
        Plain.Attention.Forward(plan, queries, keys, values, output, probabilities.Span);

    public void AttentionBackward(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, Storage<float> probabilities, in Matrix dOutput,
        in Matrix dQueries, in Matrix dKeys, in Matrix dValues, bool accumulate) =>
        Plain.AttentionBackward.Run(
            plan, queries, keys, values, probabilities.Span, dOutput, dQueries, dKeys, dValues, accumulate);

    public void Rotate(in Matrix x, in Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse) =>
        Rotation.Run(x, y, positions.Span, headWidth, wavelengthBase, inverse);
}
