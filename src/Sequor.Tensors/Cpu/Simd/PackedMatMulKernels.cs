using System.Runtime.Intrinsics;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The micro-kernels of products of whole numbers: 1 to 8 rows by a panel or a part of one. All of them give the same sums.</summary>
internal static unsafe partial class PackedMatMulKernels
{
    /// <summary>Writes the addresses of the kernels of a set of instructions.</summary>
    /// <param name="dots">The instructions.</param>
    /// <param name="kernels">[<see cref="MaximumRows"/>], by rows.</param>
    internal static void Fill(PackedDots dots, delegate*<in PackedTile, void>* kernels)
    {
        switch (dots)
        {
            case PackedDots.Vnni256:
                Fill<PackedLanesDot, DotSums, DotWeights, Vector256<byte>>(kernels);
                break;
            case PackedDots.Wide512:
                Fill<PackedLanesWide512, TwoVectors<Vector512<int>>, TwoVectors<Vector512<short>>, Vector512<short>>(kernels);
                break;
            case PackedDots.Wide256:
                Fill<PackedLanesWide256, TwoVectors<Vector256<int>>, TwoVectors<Vector256<short>>, Vector256<short>>(kernels);
                break;
            case PackedDots.Seven512:
                Fill<PackedLanesSeven512, Vector512<int>, TwoVectors<Vector512<sbyte>>, TwoVectors<Vector512<byte>>>(kernels);
                break;
            case PackedDots.Seven256:
                Fill<PackedLanesSeven256, Vector256<int>, TwoVectors<Vector256<sbyte>>, TwoVectors<Vector256<byte>>>(kernels);
                break;
            case PackedDots.Seven128:
                Fill<PackedLanesSeven128, Vector128<int>, TwoVectors<Vector128<sbyte>>, TwoVectors<Vector128<byte>>>(kernels);
                break;
            default:
                Fill<PackedLanesWide128, TwoVectors<Vector128<int>>, TwoVectors<Vector128<short>>, Vector128<short>>(kernels);
                break;
        }
    }
}
