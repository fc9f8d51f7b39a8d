using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// Which elements a dropout keeps. Nothing is stored: forward and backward compute the same bit from the row's key, the site's key and the column,
/// so that the choice depends on seed, update, sentence, position and layer and on no thread or batch.
/// Element (row, column) is kept when <c>hash(rowKey, siteKey, column) &gt;= round(probability × 2^32)</c>; see <c>Cpu/Plain/CounterHash</c>.
/// </summary>
/// <param name="RowKeys">One key per row, [rows].</param>
/// <param name="SiteKey">The key of this place in the model at this update.</param>
/// <param name="Probability">The chance that an element is dropped, 0 (inclusive) to 1 (exclusive); kept elements are divided by 1 - p.</param>
public readonly record struct DropoutMask(Storage<uint> RowKeys, uint SiteKey, float Probability)
{
    /// <summary>Whether every element is kept.</summary>
    public bool KeepsAll => Probability == 0;
}
