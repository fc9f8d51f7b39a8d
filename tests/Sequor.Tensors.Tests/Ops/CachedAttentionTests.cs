using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Tests.Cpu;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>A step of decoding against a cache has the bits of the whole sentence.</summary>
[Trait("Suite", "Conformance")]
public sealed class CachedAttentionTests
{
    private const int Layers = 2;

    public static TheoryData<string, int, int> Cases => new()
    {
        { "plain", 2, 5 }, { "one thread", 1, 1 }, { "one thread", 3, 3 }, { "one thread", 2, 4 }, { "one thread", 1, 7 }, { "one thread", 2, 16 },
        { "one thread", 1, 24 }, { "one thread", 2, 64 }, { "one thread", 1, 100 }, { "two threads", 4, 32 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Hypotheses_at_different_positions_read_what_whole_sentences_read(string kernels, int heads, int headWidth)
    {
        int width = heads * headWidth;
        int[] lengths = [40, 17, 33, 1, 16];
        Device device = DeviceOf(kernels);
        using Step step = new(device);
        using HypothesisCache cache = new(device, width, Layers);
        using (step.Begin())
        {
            (Tensor pairs, SequenceLayout layout) = Sentences(step, lengths, 3 * width, 7);
            int[][] whole = RowsOf(pairs.SelfAttention(layout, heads, causal: true));

            // Sentence i joins at step 3 i and leaves when it is written.
            var live = new List<(int Sentence, int Position)>();
            for (int time = 0; time == 0 || live.Count > 0; time++)
            {
                if (time % 3 == 0 && time / 3 < lengths.Length)
                {
                    live.Add((time / 3, 0));
                    cache.Add(1);
                }

                cache.Advance();
                for (int layer = Layers - 1; layer >= 0; layer--)
                {
                    Tensor rows = Pick(step, pairs, [.. live.Select(one => Start(lengths, one.Sentence) + one.Position)]);
                    int[][] read = RowsOf(rows.CachedSelfAttention(cache, layer, heads));
                    Assert.All(live.Index(), one => Assert.Equal(whole[Start(lengths, one.Item.Sentence) + one.Item.Position], read[one.Index]));
                }

                int[] left = [.. live.Index().Where(one => one.Item.Position + 1 < lengths[one.Item.Sentence]).Select(one => one.Index)];
                live = [.. left.Select(row => (live[row].Sentence, live[row].Position + 1))];
                cache.Reorder(left);
            }
        }

        Assert.Equal(0, cache.SlotsUsed);
        Assert.Equal(SlotPlan.SlotsPerBlock * Layers * SlotPlan.SlotFloats(width) * sizeof(float), cache.Bytes);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rows_read_their_source_as_whole_sentences_do_whoever_stands_beside_them(string kernels, int heads, int headWidth)
    {
        int width = heads * headWidth;
        int[] lengths = [5, 40, 1, 16, 33];
        int[] readers = [3, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 4, 4, 1];
        Device device = DeviceOf(kernels);
        using Step step = new(device);
        using SourceCache cache = new(device, width, heads, Layers);
        using (step.Begin())
        {
            // One group of sentences joins after the other.
            foreach (int[] group in (int[][])[lengths[..2], lengths[2..]])
            {
                SequenceLayout joining = step.Layout(group);
                cache.Add(joining);
                (Tensor all, _) = Sentences(step, lengths, 2 * width, 3);
                int first = group.Length == 2 ? 0 : lengths[0] + lengths[1];
                Tensor pairs = all.RowRange(first, joining.Rows);
                cache.Write(0, pairs.Scale(2), joining);
                cache.Write(1, pairs, joining);
            }

            cache.Reorder(readers);
            (Tensor keys, SequenceLayout sources) = Sentences(step, lengths, 2 * width, 3);
            (Tensor queries, _) = Sentences(step, [readers.Length], width, 11);
            var weights = new float[readers.Length][];
            int[][] together = RowsOf(queries.CachedCrossAttention(cache, 1));
            int[][] told = RowsOf(queries.CachedCrossAttention(cache, 1, weights));
            Assert.Equal(together, told);
            for (int row = 0; row < readers.Length; row++)
            {
                SequenceLayout one = step.Layout([lengths[readers[row]]]);
                Tensor its = keys.RowRange(Start(lengths, readers[row]), one.Rows);
                int[] alone = RowsOf(queries.RowRange(row, 1).CrossAttention(step.Layout([1]), its, one, heads))[0];
                Assert.Equal(alone, together[row]);
                Assert.Equal(one.Rows, weights[row].Length);
                Assert.Equal(1, weights[row].Sum(), 1e-5);
            }

            cache.Reorder([0]);
            Assert.Equal(1, cache.SentencesHeld);
        }
    }

    [Fact]
    public void Beams_that_multiply_and_end_keep_their_own_past_and_share_what_they_have_in_common()
    {
        const int Width = 8;
        var random = new Random(5);
        Device device = DeviceOf("one thread");
        using Step step = new(device);
        using HypothesisCache cache = new(device, Width, 1);
        cache.Add(3);
        List<float[]>[] pasts = [[], [], []];
        for (int time = 0; time < 60; time++)
        {
            using (step.Begin())
            {
                cache.Advance();
                float[] numbers = [.. Enumerable.Range(0, pasts.Length * 3 * Width).Select(_ => random.NextSingle() - 0.5f)];
                int[][] read = RowsOf(step.From(numbers, [pasts.Length, 3 * Width]).CachedSelfAttention(cache, 0, 2));
                for (int row = 0; row < pasts.Length; row++)
                {
                    pasts[row].Add(numbers[(row * 3 * Width)..((row + 1) * 3 * Width)]);
                    Tensor whole = step.From([.. pasts[row].SelectMany(one => one)], [pasts[row].Count, 3 * Width]);
                    Assert.Equal(RowsOf(whole.SelfAttention(step.Layout([pasts[row].Count]), 2, causal: true))[^1], read[row]);
                }
            }

            int[] parents = [.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => random.Next(pasts.Length))];
            cache.Reorder(parents);
            pasts = [.. parents.Select(parent => new List<float[]>(pasts[parent]))];
            Assert.Equal(pasts.SelectMany(one => one).Distinct().Count(), cache.SlotsUsed);
        }
    }

    [Fact]
    public void A_decoding_step_on_warm_caches_allocates_nothing_for_the_collector()
    {
        const int Width = 32;
        Device device = DeviceOf("two threads");
        using Step step = new(device);
        using HypothesisCache past = new(device, Width, Layers);
        using SourceCache source = new(device, Width, 4, Layers);
        int[][] parents = [[0], [0, 0], [0, 0, 1, 1], [0, 0, 1, 2]];
        for (int sentence = 0; sentence < 6; sentence++)
        {
            past.Add(1);
            using (step.Begin())
            {
                SequenceLayout layout = step.Layout([9]);
                source.Add(layout);
                source.Write(0, step.Filled(0.5f, [9, 2 * Width]), layout);
                source.Write(1, step.Filled(0.5f, [9, 2 * Width]), layout);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int time = 0; time < 40; time++)
            {
                past.Reorder(parents[Math.Min(time, 3)]);
                source.Reorder(parents[Math.Min(time, 3)]);
                past.Advance();
                using (step.Begin())
                {
                    Tensor pairs = step.Filled(0.25f, [past.Count, 3 * Width]);
                    Tensor read = pairs.CachedSelfAttention(past, 1, 4);
                    read.CachedCrossAttention(source, 1).Discard();
                    read.Discard();
                }
            }

            past.Reorder([]);
            source.Reorder([]);
            Assert.True(sentence < 3 || GC.GetAllocatedBytesForCurrentThread() == before, $"{GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
    }

    private static Device DeviceOf(string kernels) => new KernelsDevice(kernels switch
    {
        "plain" => KernelCase.Plain,
        "one thread" => KernelCase.Simd,
        _ => KernelCase.TwoThreads,
    });

    private static (Tensor Rows, SequenceLayout Layout) Sentences(Step step, int[] lengths, int width, int seed)
    {
        var random = new Random(seed);
        float[] numbers = [.. Enumerable.Range(0, lengths.Sum() * width).Select(_ => (3 * random.NextSingle()) - 1.5f)];
        return (step.From(numbers, [lengths.Sum(), width]), step.Layout(lengths));
    }

    private static int Start(int[] lengths, int sentence) => lengths[..sentence].Sum();

    private static Tensor Pick(Step step, Tensor table, int[] rows) => table.Gather(step, rows, 1);

    private static int[][] RowsOf(Tensor tensor) => [.. Bits.Of(tensor.ToArray()).Chunk(tensor.Shape.Width)];
}
