using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

public partial interface IKernels
{
    /// <summary>Outputs of a panel: ranges of a packed weight start at multiples of it. <see cref="PackedMatrix.IntegerPanel"/> for integers, the device's choice otherwise.</summary>
    /// <param name="type">How the numbers are held.</param>
    int PackedPanel(WeightType type);

    /// <summary>The bytes of the panels of a weight, <see cref="PackedMatrix.Values"/>.</summary>
    /// <param name="type">How the numbers are held.</param>
    /// <param name="rows">N, the outputs.</param>
    /// <param name="columns">K, the terms of each output.</param>
    long PackedBytes(WeightType type, int rows, int columns);

    /// <summary>
    /// Lays a weight out, rounding it to the target's type. Float16 and bfloat16: to the nearest, ties to even;
    /// float16 has no infinity and no NaN but goes to 131,008, which is also what greater numbers and what is not finite become. Integers, output by output:
    /// with m the greatest magnitude of the row, scale = m / most and q = round(w · (most / m)), ties to even, where most is 127 or 63. A row without a magnitude
    /// above 2⁻¹⁰⁰ has scale 0 and integers 0; a row with a number that is not finite has scale NaN and integers 0.
    /// </summary>
    /// <param name="weight">[N, K], column stride 1.</param>
    /// <param name="target">N × K; its values, scales and sums are all written, padding included.</param>
    void PackWeight(in Matrix weight, in PackedMatrix target);

    /// <summary>y[r] = scale · the row ids[r] of the table, as float32: an integer q of output n counts as q · scales[n].</summary>
    /// <param name="table">V × K.</param>
    /// <param name="ids">[rows], each 0 to V - 1.</param>
    /// <param name="scale">The factor, applied last.</param>
    /// <param name="y">[rows, K].</param>
    void GatherPacked(in PackedMatrix table, Storage<int> ids, float scale, Storage<float> y);

    /// <summary>Copies some outputs of a weight into a weight of their own, in their order, without rounding anything: a shortlist of a vocabulary, or a range that starts within a panel.</summary>
    /// <param name="from">N × K.</param>
    /// <param name="rows">[n], each 0 to N - 1; may repeat.</param>
    /// <param name="target">n × K of the same type; padding is written too.</param>
    void SelectPacked(in PackedMatrix from, Storage<int> rows, in PackedMatrix target);

    /// <summary>
    /// c (+)= a · bᵀ, then the epilogue. Floating point: one chain of fused multiply-adds per element in rising k from 0 or from what is there, as
    /// <see cref="MatMul"/>. Integers: each row of a is quantised as <see cref="PackWeight"/> does it, with its own scale s (0 for a row of zeros, NaN for a row
    /// that is not finite), the sum of products of whole numbers is exact, and the element is float(sum) · (s · scales[n]), to which c is added if asked
    /// for, each operation rounded by itself. So the bits are the same on every path, for any number of rows; only the epilogue's activation follows
    /// the path.
    /// </summary>
    /// <param name="a">[M, K], column stride 1.</param>
    /// <param name="b">N × K.</param>
    /// <param name="c">[M, N], column stride 1.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    /// <param name="epilogue">Done to each finished element; without a pre-activation, because packed weights do not train.</param>
    void MatMulPacked(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue);
}
