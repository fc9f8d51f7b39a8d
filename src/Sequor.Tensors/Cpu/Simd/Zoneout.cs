using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Zoneout with a mask that is computed in registers, with the bits of <see cref="Plain.Zoneout"/>.</summary>
internal static unsafe class Zoneout
{
    internal static void Forward(
        WorkerPool pool, Storage<float> previous, Storage<float> x, Storage<float> y, int width, in DropoutMask mask) =>
        RowParts.Run(pool, new ForwardPart(previous, x, y, width, mask), x.Length / width, width, 1);

    internal static void Backward(WorkerPool pool, Storage<float> dy, Storage<float> dPrevious, int width, in DropoutMask mask) =>
        RowParts.Run(pool, new BackwardPart(dy, dPrevious, width, mask), dy.Length / width, width, 1);

    /// <summary>1 where an element takes its new value, 0 where it stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Changes<TFloats>(in DropoutMask mask, long row, int column)
        where TFloats : struct, IFloats<TFloats>
    {
        CounterHash hash = CounterHash.OfRow(((uint*)mask.RowKeys.Address)[row], mask.SiteKey);
        TFloats places = TFloats.Places(hash.Start + ((uint)column * hash.Step), hash.Step);
        return TFloats.Kept(places, CounterHash.Threshold(mask.Probability), 1);
    }

    private readonly struct ForwardPart(
        Storage<float> previous, Storage<float> x, Storage<float> y, int width, DropoutMask mask) : IRowPart
    {
        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * width) + column;
            TFloats before = RowParts.Read<TFloats>((float*)previous.Address + at, count);
            TFloats after = RowParts.Read<TFloats>((float*)x.Address + at, count);
            TFloats mixed = mask.RowKeys.IsEmpty
                ? after + (TFloats.Of(mask.Probability) * (before - after))
                : TFloats.WhereLessOrEqual(Changes<TFloats>(mask, row, column), default, before, after);
            RowParts.Write(mixed, (float*)y.Address + at, count);
        }
    }

    private readonly struct BackwardPart(Storage<float> dy, Storage<float> dPrevious, int width, DropoutMask mask) : IRowPart
    {
        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * width) + column;
            TFloats one = TFloats.Of(1);
            TFloats stays = mask.RowKeys.IsEmpty ? TFloats.Of(mask.Probability) : one - Changes<TFloats>(mask, row, column);
            TFloats flowing = RowParts.Read<TFloats>((float*)dy.Address + at, count);
            RowParts.Add(stays * flowing, dPrevious, at, count);
            RowParts.Write(flowing * (one - stays), (float*)dy.Address + at, count);
        }
    }
}
