using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <content>Recurrent cells.</content>
internal sealed partial record KernelCase
{
    /// <summary>A row's results depend on that row only.</summary>
    internal static KernelCase[] Recurrent { get; } =
    [
        .. Enum.GetValues<RecurrentCell>().Select(c => new KernelCase(
            $"CellForward {c}", 4e-6, (k, w, r, n) => k.CellForward(Step(c, w, r, n, before: true)))),
        .. Enum.GetValues<RecurrentCell>().Select(c => new KernelCase($"CellBackward {c}", 1e-5, (k, w, r, n) => k.CellBackward(
            Step(c, w, r, n, before: false),
            new CellGradients(
                w.Numbers(r * n), HasCell(c) ? w.Numbers(r * n) : default, w.Result(RecurrentPass.BlocksOf(c) * r * n),
                w.Accumulate ? w.Result(RecurrentPass.BlocksOf(c) * r * n) : default,
                w.Accumulate ? default : w.Result(r * n), w.Accumulate ? default : w.Result(r * n))))),
        new("ResetForward", 4e-6, (k, w, r, n) => k.ResetForward(Step(RecurrentCell.GruResetBefore, w, r, n, before: true), w.Result(r * n))),
        new("ResetBackward", 4e-6, (k, w, r, n) => k.ResetBackward(
            Step(RecurrentCell.GruResetBefore, w, r, n, before: false), w.Numbers(r * n), w.Result(3 * r * n),
            w.Accumulate ? default : w.Result(r * n))),
        new("Zoneout", 0, (k, w, r, n) => k.Zoneout(w.Numbers(r * n), w.Numbers(r * n), w.Result(r * n), n, Stays(w, r))),
        new("ZoneoutBackward", 0, (k, w, r, n) => k.ZoneoutBackward(w.Result(r * n), w.Result(r * n), n, Stays(w, r))),
        new("ZoneoutBackward into nothing", 0, (k, w, r, n) => k.ZoneoutBackward(w.Result(r * n), default, n, Stays(w, r))),
        new("AddNoise", 0, (k, w, r, n) => k.AddNoise(w.Result(r * n), 0.3f, n, w.Keys(r), 77)),
    ];

    private static CellStep Step(RecurrentCell cell, Workspace w, int rows, int width, bool before)
    {
        int blocks = RecurrentPass.BlocksOf(cell);
        Storage<float> gates = before ? w.Result(rows * blocks * width, 4) : w.Numbers(rows * blocks * width, 0.49f, 0.5f);
        return new CellStep(
            cell, width, w.Numbers(rows * blocks * width, 4), HasProducts: !w.Accumulate, gates, w.Numbers(rows * width),
            HasCell(cell) ? w.Numbers(rows * width) : default, before ? w.Result(rows * width) : default,
            HasCell(cell) && before ? w.Result(rows * width) : default);
    }

    private static DropoutMask Stays(Workspace w, int rows) => new(w.Accumulate ? default : w.Keys(rows), 77, 0.3f);

    private static bool HasCell(RecurrentCell cell) => RecurrentPass.HasCellState(cell);
}
