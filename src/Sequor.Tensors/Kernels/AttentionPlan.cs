using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// Who attends to whom: sentences laid end to end, each query sentence with its own run of key rows. Nothing is padded, so nothing is masked but the future.
/// Query row t of a sentence with Tq query rows and Tk key rows sees the keys 0..Tk-1, or, when causal, 0..(Tk - Tq + t).
/// </summary>
/// <param name="Sentences">The number of query sentences.</param>
/// <param name="QueryStarts">The first query row of each sentence, [sentences].</param>
/// <param name="QueryLengths">The number of query rows of each sentence, [sentences].</param>
/// <param name="KeyStarts">The first key row of each sentence, [sentences]; sentences may share keys.</param>
/// <param name="KeyLengths">The number of key rows of each sentence, [sentences].</param>
/// <param name="ProbabilityStarts">Where a sentence's attention weights start in the probability storage, [sentences + 1]: a sentence has
/// heads × query length rows of key length rounded up to <see cref="RowMultiple"/> floats, head by head, query by query.</param>
/// <param name="Heads">The number of heads; head h reads columns h × head width onwards of queries, keys and values.</param>
/// <param name="HeadWidth">Columns per head.</param>
/// <param name="Scale">The factor on the scores before the softmax, usually 1/√(head width).</param>
/// <param name="Causal">Whether later keys are hidden from earlier queries.</param>
/// <param name="Dropout">Applied to the weights after the softmax; the row keys are those of the query rows [query rows], the column of
/// the weight of head h for key s is <c>h × 65536 + s</c>.</param>
public readonly record struct AttentionPlan(
    int Sentences,
    Storage<int> QueryStarts,
    Storage<int> QueryLengths,
    Storage<int> KeyStarts,
    Storage<int> KeyLengths,
    Storage<long> ProbabilityStarts,
    int Heads,
    int HeadWidth,
    float Scale,
    bool Causal,
    DropoutMask Dropout)
{
    /// <summary>Rows of attention weights are padded to a multiple of this many floats.</summary>
    public const int RowMultiple = 16;
}
