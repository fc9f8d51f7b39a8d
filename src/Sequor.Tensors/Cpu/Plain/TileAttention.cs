using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Scaled dot-product attention of one query per row to a source sentence, whose keys lie in tiles.</summary>
internal static class TileAttention
{
    internal static void Run(in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights)
    {
        if (!weights.IsEmpty)
        {
            weights.Span.Clear();
        }

        for (int row = 0; row < plan.Rows; row++)
        {
            Span<float> mean = weights.IsEmpty ? [] : weights.Span.Slice(checked((int)(row * (weights.Length / plan.Rows))), plan.Lengths.Span[row]);
            for (int head = 0; head < plan.Heads; head++)
            {
                ReadOnlySpan<float> query = queries.Storage.Span.Slice(checked((int)((row * queries.RowStride) + (head * plan.HeadWidth))), plan.HeadWidth);
                Span<float> result = output.Storage.Span.Slice(checked((int)((row * output.RowStride) + (head * plan.HeadWidth))), plan.HeadWidth);
                Read(plan, row, head, query, mean, result);
            }
        }
    }

    /// <summary>Lays sentences out.</summary>
    internal static void Write(in TilePlan plan, in Matrix pairs, Storage<int> starts)
    {
        for (int sentence = 0; sentence < plan.Rows; sentence++)
        {
            int length = plan.Lengths.Span[sentence];
            for (int head = 0; head < plan.Heads; head++)
            {
                Span<float> tiles = Part(plan, sentence, head, out Span<float> values);
                tiles.Clear();
                for (int s = 0; s < length; s++)
                {
                    long first = ((starts.Span[sentence] + s) * pairs.RowStride) + (head * plan.HeadWidth);
                    ReadOnlySpan<float> key = pairs.Storage.Span.Slice(checked((int)first), plan.HeadWidth);
                    for (int i = 0; i < key.Length; i++)
                    {
                        tiles[At(plan, s, i)] = key[i];
                    }

                    pairs.Storage.Span.Slice(checked((int)(first + (plan.Heads * plan.HeadWidth))), plan.HeadWidth).CopyTo(values[(s * plan.HeadWidth)..]);
                }
            }
        }
    }

    private static void Read(in TilePlan plan, int row, int head, ReadOnlySpan<float> query, Span<float> mean, Span<float> result)
    {
        Span<float> tiles = Part(plan, row, head, out Span<float> values);
        Span<float> weights = new float[plan.Lengths.Span[row]];
        for (int s = 0; s < weights.Length; s++)
        {
            float score = 0;
            for (int i = 0; i < query.Length; i++)
            {
                score = MathF.FusedMultiplyAdd(query[i], tiles[At(plan, s, i)], score);
            }

            weights[s] = score * plan.Scale;
        }

        Softmax.Row(weights, weights);
        result.Clear();
        for (int s = 0; s < weights.Length; s++)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = MathF.FusedMultiplyAdd(weights[s], values[(s * plan.HeadWidth) + i], result[i]);
            }
        }

        for (int s = 0; s < mean.Length; s++)
        {
            mean[s] += weights[s] / plan.Heads;
        }
    }

    /// <summary>Where column i of position s lies among a head's tiles.</summary>
    private static int At(in TilePlan plan, int s, int i) =>
        (((s / TilePlan.TileLength * plan.HeadWidth) + i) * TilePlan.TileLength) + (s % TilePlan.TileLength);

    private static Span<float> Part(in TilePlan plan, int row, int head, out Span<float> values)
    {
        int length = plan.Lengths.Span[row];
        int tiles = TilePlan.RoundedUp(length) * plan.HeadWidth;
        long layer = TilePlan.LayerFloats(length, plan.Heads * plan.HeadWidth);
        nint first = plan.Sentences.Span[row] + (nint)(((plan.Layer * layer) + (head * layer / plan.Heads)) * sizeof(float));
        Span<float> part = new Storage<float>(first, layer / plan.Heads).Span;
        values = part[tiles..];
        return part[..tiles];
    }
}
