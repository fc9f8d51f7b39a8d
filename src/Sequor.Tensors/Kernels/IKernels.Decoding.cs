using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <content>One step of decoding: a row per hypothesis, which reads what caches hold.</content>
public partial interface IKernels
{
    /// <summary>
    /// Every hypothesis's key and value go into the slot of its last position; then its query reads all its positions. The bits are those of
    /// <see cref="Attention"/> for a query that sees as many keys.
    /// </summary>
    /// <param name="plan">Where the positions lie.</param>
    /// <param name="pairs">[R, 3D]: queries, keys and values side by side.</param>
    /// <param name="output">[R, D].</param>
    void SlotAttention(in SlotPlan plan, in Matrix pairs, in Matrix output);

    /// <summary>Every row's query reads its source sentence. The bits are those of <see cref="Attention"/> for a query that sees as many keys.</summary>
    /// <param name="plan">Where the sentences lie.</param>
    /// <param name="queries">[R, D].</param>
    /// <param name="output">[R, D].</param>
    /// <param name="weights">[R, L]: how much each position is read, the mean of the heads, 0 behind the sentence; empty when unwanted.</param>
    void TileAttention(in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights);

    /// <summary>Lays keys and values of source sentences out as <see cref="TileAttention"/> reads them; a tile's places behind the sentence become 0.</summary>
    /// <param name="plan">One row per sentence.</param>
    /// <param name="pairs">[M, 2D]: keys and values side by side, sentence after sentence.</param>
    /// <param name="starts">The first row of each sentence, [R].</param>
    void WriteTiles(in TilePlan plan, in Matrix pairs, Storage<int> starts);

    /// <summary>
    /// The k greatest of each row's log-probabilities, best first, ties by the lower column; and the logarithm that each row's numbers are less by. Log-probabilities
    /// have the bits of <see cref="LogSoftmax"/>. A row with a NaN, or whose greatest number is infinite, gets NaN for all of them.
    /// </summary>
    /// <param name="logits">[R, V].</param>
    /// <param name="k">1 to V.</param>
    /// <param name="ids">[R, k].</param>
    /// <param name="logProbabilities">[R, k].</param>
    /// <param name="logSums">log Σ exp of each row, [R].</param>
    void BestOf(in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums);
}
