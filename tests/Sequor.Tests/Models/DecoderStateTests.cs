using Sequor.Batching;
using Sequor.Layers;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Decoding;
using Sequor.Tests.Models.Recurrent;

namespace Sequor.Tests.Models;

/// <summary>What every model's decoder promises: bits of the whole sentence, whoever joins and leaves beside it, and no allocation once it is warm.</summary>
[Collection(nameof(ThreadCounts))]
public sealed class DecoderStateTests
{
    private const int Vocabulary = 40;

    public static TheoryData<string> Models =>
        [.. Enum.GetValues<PositionKind>().Select(kind => $"transformer {kind}"), .. RecurrentVariants.All.Keys];

    [Theory, MemberData(nameof(Models))]
    public void Steps_of_sentences_that_join_and_leave_at_any_time_have_the_bits_of_whole_sentences(string name)
    {
        using EncoderDecoder model = Make(name);
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 9, 3);
        int[][] targets = [.. TinyModels.Sentences(5, Vocabulary, 8, 4).Select(pieces => (int[])[TinyModels.Begin, .. pieces])];
        int[][][] whole = [.. sources.Select((source, i) => Whole(model, source, targets[i]))];
        foreach (int threads in new[] { 1, 2 })
        {
            int[][][] steps = ThreadCounts.With(threads, () => Steps(model, sources, targets));
            for (int i = 0; i < sources.Length; i++)
            {
                Assert.Equal(whole[i], steps[i]);
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_warm_step_allocates_nothing_for_the_collector(string name)
    {
        using EncoderDecoder model = Make(name);
        using var step = new Step();
        foreach (bool isBeam in new[] { false, true })
        {
            // Code that is compiled again meanwhile may allocate once; what a step allocates itself, it allocates in every round.
            long[] allocated = [.. Enumerable.Range(0, 20).Select(_ => AllocatedByWarmSteps(model, step, isBeam))];
            Assert.True(allocated[4..].Contains(0), FormattableString.Invariant($"{string.Join(' ', allocated)} bytes, beam: {isBeam}"));
        }
    }

    private static long AllocatedByWarmSteps(EncoderDecoder model, Step step, bool isBeam)
    {
        // The first steps find out how much memory is needed.
        const int FirstWarm = 4;
        int[][] beams = [[0, 1, 2], [0, 0, 1, 1, 2, 2], [0, 0, 2, 3, 5, 4]];
        using DecoderState state = model.Start();
        using (step.Begin(StepOptions.Inference))
        {
            state.Add(model.Encode(step, SequenceBatch.From(TinyModels.Sentences(3, Vocabulary, 9, 3))));
        }

        int[] ids = new int[6];
        float[] logProbabilities = new float[12];
        int[] best = new int[12];
        long before = 0;
        for (int time = 0; time < 12; time++)
        {
            before = time == FirstWarm ? GC.GetAllocatedBytesForCurrentThread() : before;
            using (step.Begin(StepOptions.Inference))
            {
                Tensor states = state.Step(step, ids.AsSpan(0, state.Count));
                model.Project(states).BestOf(isBeam ? 2 : 1, best, logProbabilities);
            }

            if (isBeam)
            {
                state.Reorder(beams[Math.Min(time, 2)]);
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_recurrent_decoder_forgets_sources_that_nobody_reads_when_others_join()
    {
        using EncoderDecoder model = Make("bahdanau");
        using var step = new Step();
        using var state = (RecurrentDecoderState)model.Start();
        for (int i = 0; i < 5; i++)
        {
            using (step.Begin(StepOptions.Inference))
            {
                state.Add(model.Encode(step, SequenceBatch.From(TinyModels.Sentences(2, Vocabulary, 9, 3))));
            }

            Assert.Equal(i == 0 ? 2 : 3, state.SentencesKept);
            state.Reorder([state.Count - 1]);
        }
    }

    private static EncoderDecoder Make(string name) => name.StartsWith("transformer ", StringComparison.Ordinal)
        ? TinyModels.Make(Vocabulary, 5, positions: Enum.Parse<PositionKind>(name["transformer ".Length..]))
        : new RecurrentModel(RecurrentVariants.Of(name, Vocabulary), 7);

    /// <summary>The bits of each position's state.</summary>
    private static int[][] Whole(EncoderDecoder model, int[] source, int[] target)
    {
        using var step = new Step();
        using (step.Begin(StepOptions.Inference))
        {
            EncodedSource memory = model.Encode(step, SequenceBatch.From([source]));
            return RowsOf(model.Decode(step, SequenceBatch.From([target]), memory));
        }
    }

    /// <summary>Sentence i joins at step 2 i and leaves when its target is read; the two that stand first change places at every step.</summary>
    private static int[][][] Steps(EncoderDecoder model, int[][] sources, int[][] targets)
    {
        using var step = new Step();
        using DecoderState state = model.Start();
        List<int[]>[] read = [.. sources.Select(_ => new List<int[]>())];
        List<int> live = [];
        for (int time = 0; time == 0 || live.Count > 0 || time < 2 * sources.Length; time++)
        {
            if (time % 2 == 0 && time / 2 < sources.Length)
            {
                using (step.Begin(StepOptions.Inference))
                {
                    state.Add(model.Encode(step, SequenceBatch.From([sources[time / 2]])));
                }

                live.Add(time / 2);
            }

            if (live.Count > 0)
            {
                using (step.Begin(StepOptions.Inference))
                {
                    int[][] rows = RowsOf(state.Step(step, [.. live.Select(i => targets[i][read[i].Count])]));
                    Assert.All(live.Index(), one => read[one.Item].Add(rows[one.Index]));
                }
            }

            int[] staying = [.. live.Index().Where(one => read[one.Item].Count < targets[one.Item].Length).Select(one => one.Index)];
            staying = staying.Length > 1 ? [staying[1], staying[0], .. staying[2..]] : staying;
            live = [.. staying.Select(row => live[row])];
            state.Reorder(staying);
        }

        return [.. read.Select(rows => rows.ToArray())];
    }

    private static int[][] RowsOf(Tensor tensor) => [.. TinyModels.Bits(tensor.ToArray()).Chunk(tensor.Shape.Width)];
}
