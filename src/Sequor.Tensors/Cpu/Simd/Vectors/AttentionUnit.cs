using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>One head of one sentence: the unit of attention. Units write to different places, so any thread may take any of them.</summary>
internal readonly unsafe ref struct AttentionUnit
{
    /// <summary>Query rows that are weighed together, so that the rows of weights stay in the first caches.</summary>
    internal const int BlockRows = 64;

    // Some microseconds of work.
    private const double OperationsPerItem = 400_000;

    private readonly ref readonly AttentionPlan _plan;

    internal AttentionUnit(in AttentionPlan plan, long unit)
    {
        _plan = ref plan;
        Sentence = (int)(unit / plan.Heads);
        Head = (int)(unit % plan.Heads);
        QueryStart = ((int*)plan.QueryStarts.Address)[Sentence];
        QueryLength = ((int*)plan.QueryLengths.Address)[Sentence];
        KeyStart = ((int*)plan.KeyStarts.Address)[Sentence];
        KeyLength = ((int*)plan.KeyLengths.Address)[Sentence];
    }

    internal int Sentence { get; }

    internal int Head { get; }

    internal int QueryStart { get; }

    internal int QueryLength { get; }

    internal int KeyStart { get; }

    internal int KeyLength { get; }

    /// <summary>Floats from one row of weights to the next.</summary>
    internal int RowLength => Plain.Attention.RowLength(KeyLength);

    /// <summary>Where this unit's weights start in the storage of all.</summary>
    internal long ProbabilityStart => ((long*)_plan.ProbabilityStarts.Address)[Sentence] + ((long)Head * QueryLength * RowLength);

    /// <summary>How many items all units make, by shape alone.</summary>
    internal static int Items(in AttentionPlan plan)
    {
        double operations = 0;
        for (int sentence = 0; sentence < plan.Sentences; sentence++)
        {
            operations += 4.0 * plan.Heads * plan.HeadWidth
                * ((int*)plan.QueryLengths.Address)[sentence] * ((int*)plan.KeyLengths.Address)[sentence];
        }

        return (int)Math.Clamp(operations / OperationsPerItem, 1, (double)plan.Sentences * plan.Heads);
    }

    /// <summary>The first unit of an item.</summary>
    internal static long FirstUnit(in AttentionPlan plan, int item, int items) => (long)plan.Sentences * plan.Heads * item / items;

    /// <summary>How many keys query row t sees, from the first.</summary>
    internal int Visible(int t) => _plan.Causal ? Math.Clamp(KeyLength - QueryLength + t + 1, 0, KeyLength) : KeyLength;

    /// <summary>This head's part of some query rows, the first counted from the sentence's first.</summary>
    internal Matrix Queries(in Matrix all, int row, int rows) => Part(all, QueryStart + row, rows);

    /// <summary>This head's part of the sentence's first keys or values.</summary>
    internal Matrix Keys(in Matrix all, int rows) => Part(all, KeyStart, rows);

    /// <summary>Asks for this head's part of the first query rows: the parts lie a whole row apart, which the processor does not foresee.</summary>
    internal void AskForQueries(in Matrix all) => AskFor(Queries(all, 0, Math.Min(QueryLength, BlockRows)));

    /// <summary>Asks for this head's part of the sentence's first keys or values.</summary>
    internal void AskForKeys(in Matrix all) => AskFor(Keys(all, Math.Min(KeyLength, BlockRows)));

    private static void AskFor(in Matrix part) =>
        ReadAhead.AskForRows((byte*)part.Storage.Address, part.Rows, part.RowStride * sizeof(float));

    private Matrix Part(in Matrix all, int row, int rows)
    {
        long start = (row * all.RowStride) + (Head * _plan.HeadWidth * all.ColumnStride);
        return new Matrix(all.Storage.Slice(start, all.Storage.Length - start), rows, _plan.HeadWidth, all.RowStride, all.ColumnStride);
    }
}
