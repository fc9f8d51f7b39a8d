using Sequor.Decoding;
using Sequor.Layers;
using Sequor.Models.Transformer;
using Sequor.Tensors.Cpu;

namespace Sequor.Tests.Decoding;

/// <summary>An output is the same in bits alone, in any batch, in any order and on any number of threads.</summary>
[Collection(nameof(ThreadCounts))]
public sealed class BatchInvarianceTests
{
    // Wide enough that products of a whole batch are shared between two threads.
    private const int Vocabulary = 301;

    public static TheoryData<string, PositionKind> Searches => new()
    {
        { "greedy", PositionKind.Sinusoidal },
        { "beam", PositionKind.Sinusoidal },
        { "beam", PositionKind.Rotary },
        { "sampling", PositionKind.Learned },
        { "penalized", PositionKind.None },
    };

    [Theory, MemberData(nameof(Searches))]
    public void Outputs_scores_and_attention_do_not_depend_on_the_batch_the_order_or_the_threads(string search, PositionKind positions)
    {
        SearchOptions options = OptionsOf(search);
        using TransformerModel model = TinyModels.Make(Vocabulary, 11, width: 48, inner: 80, positions: positions);
        int[][] sources = TinyModels.Sentences(14, Vocabulary, 23, 5);
        long[] numbers = [.. Enumerable.Range(0, sources.Length).Select(i => 1000L + (7 * i))];
        int[] forwards = [.. Enumerable.Range(0, sources.Length)];
        string[] alone = ThreadCounts.With(1, () => (string[])[.. forwards.SelectMany(i => Texts(model, options, sources, numbers, [i]))]);
        Assert.True(alone.Distinct().Count() > 5);
        Assert.Contains(alone, text => text.Contains("EndOfSentence", StringComparison.Ordinal));

        foreach (int threads in new[] { 1, 2 })
        {
            ThreadCounts.With(threads, () =>
            {
                foreach (int[] batch in (int[][])[forwards, [.. forwards.Reverse()], [3], [9, 2], [13, 0, 5, 1, 8], [4, 4, 4]])
                {
                    Assert.Equal([.. batch.Select(i => alone[i])], Texts(model, options, sources, numbers, batch));
                }

                return 0;
            });
        }
    }

    private static SearchOptions OptionsOf(string search)
    {
        var length = new LengthLimits { MaximumRatio = 1.5, MaximumExtra = 4 };
        return search switch
        {
            "greedy" => new GreedySearchOptions { Length = length, RecordAttention = true },
            "beam" => new BeamSearchOptions { Length = length, BeamSize = 4, NBest = 4, RecordAttention = true, CoveragePenalty = 0.2f },
            "sampling" => new SamplingSearchOptions { Length = length, NBest = 3, TopP = 0.95f, Seed = 17 },
            _ => new BeamSearchOptions { Length = length, BeamSize = 3, NBest = 2, RepetitionPenalty = 1.3f, NoRepeatNgram = 2 },
        };
    }

    /// <summary>Everything about the outputs of some of the sentences, floating-point numbers by their bits.</summary>
    private static string[] Texts(TransformerModel model, SearchOptions options, int[][] sources, long[] numbers, int[] batch) =>
        [.. TinyModels.Search(model, options, [.. batch.Select(i => sources[i])], [.. batch.Select(i => numbers[i])])
            .Select(outputs => string.Join('\n', outputs.Select(TextOf)))];

    private static string TextOf(Hypothesis one) => string.Join(
        " | ",
        string.Join(' ', one.Ids),
        BitConverter.DoubleToInt64Bits(one.Score),
        one.StoppedBy,
        string.Join(' ', TinyModels.Bits(one.TokenLogProbabilities)),
        string.Join(' ', TinyModels.Bits(one.Attention.SelectMany(row => row))));
}

/// <summary>Tests that change the number of threads of the whole process: they run alone.</summary>
[CollectionDefinition(nameof(ThreadCounts), DisableParallelization = true)]
public sealed class ThreadCounts
{
    /// <summary>Runs something on a number of threads, then puts the number back.</summary>
    internal static T With<T>(int threads, Func<T> work)
    {
        int before = WorkerPool.Shared.Threads;
        WorkerPool.Shared.Threads = threads;
        try
        {
            return work();
        }
        finally
        {
            WorkerPool.Shared.Threads = before;
        }
    }
}
