using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// Which source sentence each query row reads, for the attention of recurrent decoders. A matrix of scores or weights has a row for each query row
/// and head, row r × heads + h, and <paramref name="Stride"/> columns, of which the first of the row's own sentence count; behind them kernels write 0 and read nothing.
/// </summary>
/// <param name="Rows">Query rows, R.</param>
/// <param name="Heads">Heads, H: each reads columns of its own of queries, keys and values.</param>
/// <param name="Stride">Columns of a row of scores, L; no sentence is longer.</param>
/// <param name="Positions">The lengths of the sentences of all query rows added up: the size of the work.</param>
/// <param name="Starts">The first source row of each query row's sentence, [R].</param>
/// <param name="Lengths">The length of each query row's sentence, [R].</param>
/// <param name="Groups">How many different sentences are read, G.</param>
/// <param name="GroupStarts">Where each sentence's readers begin in <paramref name="Order"/>, [G + 1].</param>
/// <param name="Order">The query rows by rising sentence, those of one sentence in rising order, [R].</param>
public readonly record struct SourcePlan(
    int Rows,
    int Heads,
    int Stride,
    long Positions,
    Storage<int> Starts,
    Storage<int> Lengths,
    int Groups,
    Storage<int> GroupStarts,
    Storage<int> Order);
