using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Sentences laid end to end, with the numbers of their queries, keys and values in columns of one wide matrix.</summary>
internal sealed class AttentionCase : IDisposable
{
    private readonly Workspace _workspace;
    private readonly int _columns;

    internal AttentionCase((int Queries, int Keys)[] lengths, int heads, int headWidth, bool causal, float dropout, int seed)
    {
        _workspace = new Workspace(seed);
        _columns = heads * headWidth;
        int[] queryStarts = Starts([.. lengths.Select(length => length.Queries)]);
        int[] keyStarts = Starts([.. lengths.Select(length => length.Keys)]);
        QueryRows = queryStarts[^1];
        KeyRows = keyStarts[^1];
        long[] probabilityStarts = new long[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            probabilityStarts[i + 1] = probabilityStarts[i] + ((long)heads * lengths[i].Queries * ((lengths[i].Keys + 15) / 16 * 16));
        }

        ProbabilityCount = probabilityStarts[^1];
        Plan = new AttentionPlan(
            lengths.Length,
            _workspace.Ids(queryStarts.AsSpan(0, lengths.Length)), _workspace.Ids([.. lengths.Select(length => length.Queries)]),
            _workspace.Ids(keyStarts.AsSpan(0, lengths.Length)), _workspace.Ids([.. lengths.Select(length => length.Keys)]),
            _workspace.Longs(probabilityStarts), heads, headWidth, 1 / MathF.Sqrt(headWidth), causal,
            new DropoutMask(_workspace.Keys(QueryRows), 99, dropout));
        Queries = Part(_workspace.Numbers(3L * QueryRows * _columns, 2), QueryRows, 0);
        Storage<float> keysAndValues = _workspace.Numbers(3L * KeyRows * _columns, 2);
        Keys = Part(keysAndValues, KeyRows, 1);
        Values = Part(keysAndValues, KeyRows, 2);
    }

    internal int QueryRows { get; }

    internal int KeyRows { get; }

    internal long ProbabilityCount { get; }

    internal AttentionPlan Plan { get; }

    internal Matrix Queries { get; }

    internal Matrix Keys { get; }

    internal Matrix Values { get; }

    public void Dispose() => _workspace.Dispose();

    /// <summary>[query rows, columns] without and with the weights kept, and the weights.</summary>
    internal (float[] Output, float[] Probabilities) Forward(IKernels kernels, bool keepsWeights = true)
    {
        using Workspace results = new(1);
        Storage<float> output = results.Result((long)QueryRows * _columns);
        Storage<float> probabilities = keepsWeights ? results.Result(ProbabilityCount) : default;
        kernels.Attention(Plan, Queries, Keys, Values, new Matrix(output, QueryRows, _columns), probabilities);
        return (output.Span.ToArray(), probabilities.Span.ToArray());
    }

    /// <summary>The gradients of queries, keys and values, one after the other, for a fixed gradient of the output.</summary>
    internal float[] Backward(IKernels kernels, float[] probabilities, float[] dOutput, bool accumulate)
    {
        using Workspace results = new(2);
        Storage<float> weights = results.Numbers(ProbabilityCount);
        probabilities.CopyTo(weights.Span);
        Storage<float> slopes = results.Numbers((long)QueryRows * _columns);
        dOutput.CopyTo(slopes.Span);
        Matrix dQueries = new(results.Result((long)QueryRows * _columns), QueryRows, _columns);
        Matrix dKeys = new(results.Result((long)KeyRows * _columns), KeyRows, _columns);
        Matrix dValues = new(results.Result((long)KeyRows * _columns), KeyRows, _columns);
        kernels.AttentionBackward(
            Plan, Queries, Keys, Values, weights, new Matrix(slopes, QueryRows, _columns), dQueries, dKeys, dValues, accumulate);
        return results.Results();
    }

    /// <summary>A gradient of the output.</summary>
    internal float[] Slopes(int seed)
    {
        using Workspace numbers = new(seed);
        return numbers.Numbers((long)QueryRows * _columns).Span.ToArray();
    }

    private Matrix Part(Storage<float> all, int rows, int part) =>
        rows == 0 ? new Matrix(all, 0, _columns, 3L * _columns) : new Matrix(all, rows, 3 * _columns).ColumnRange(part * _columns, _columns);

    private static int[] Starts(int[] lengths)
    {
        int[] starts = new int[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            starts[i + 1] = starts[i] + lengths[i];
        }

        return starts;
    }
}
