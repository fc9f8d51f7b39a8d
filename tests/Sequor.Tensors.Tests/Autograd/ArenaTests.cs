using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Autograd;

/// <summary>What a step gives back early serves what it takes later, and nothing overlaps.</summary>
public sealed class ArenaTests
{
    [Fact]
    public void What_was_given_back_is_taken_again_in_other_sizes()
    {
        using var arena = new Arena(CpuDevice.Shared);
        Storage<float> first = arena.Take<float>(64);
        Storage<float> second = arena.Take<float>(64);
        _ = arena.Take<float>(16);
        arena.Release(first);
        arena.Release(second);

        Assert.Equal(first.Address, arena.Take<float>(32).Address);
        Assert.Equal(first.Address + 128, arena.Take<float>(96).Address);
        Assert.Equal(first.Address + 576, arena.Take<float>(1).Address);
    }

    [Fact]
    public void A_piece_goes_into_the_smallest_hole_that_holds_it()
    {
        using var arena = new Arena(CpuDevice.Shared);
        Storage<float> large = arena.Take<float>(256);
        _ = arena.Take<float>(16);
        Storage<float> small = arena.Take<float>(64);
        _ = arena.Take<float>(16);
        arena.Release(large);
        arena.Release(small);

        Assert.Equal(small.Address, arena.Take<float>(48).Address);
        Assert.Equal(large.Address, arena.Take<float>(65).Address);
    }

    [Fact]
    public void Pieces_never_overlap_whatever_the_order_in_which_they_come_and_go()
    {
        using var arena = new Arena(CpuDevice.Shared);
        var random = new Random(7);
        for (int step = 0; step < 3; step++)
        {
            var live = new List<(Storage<int> Piece, int Mark)>();
            for (int turn = 0; turn < 3000; turn++)
            {
                if (live.Count > 0 && random.Next(5) < 2)
                {
                    int at = random.Next(live.Count);
                    Assert.False(live[at].Piece.Span.ContainsAnyExcept(live[at].Mark));
                    arena.Release(live[at].Piece);
                    live.RemoveAt(at);
                }
                else
                {
                    Storage<int> piece = arena.Take<int>(random.Next(0, 5000));
                    piece.Span.Fill(turn);
                    live.Add((piece, turn));
                }
            }

            Assert.All(live, entry => Assert.False(entry.Piece.Span.ContainsAnyExcept(entry.Mark)));
            arena.Reset();
        }
    }

    [Fact]
    public void Steps_of_one_size_settle_in_one_block_that_is_little_larger_than_what_they_touch()
    {
        using var arena = new Arena(CpuDevice.Shared);
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < 100; i++)
            {
                arena.Release(arena.Take<float>(50_000));
                _ = arena.Take<float>(20_000);
            }

            arena.Reset();
        }

        Assert.InRange(arena.PeakBytes, 8_000_000, 8_250_000);
        Assert.InRange(arena.ReservedBytes, arena.PeakBytes, arena.PeakBytes * 5 / 4);
        arena.Trim();
        Assert.Equal(0, arena.ReservedBytes);
        Assert.NotEqual(0, arena.Take<float>(1).Address);
    }

    [Fact]
    public void A_piece_of_no_numbers_has_no_address_of_another_and_is_given_back_in_vain()
    {
        using var arena = new Arena(CpuDevice.Shared);
        Storage<float> nothing = arena.Take<float>(0);
        Storage<float> something = arena.Take<float>(8);
        arena.Release(nothing);

        Assert.NotEqual(something.Address, arena.Take<float>(8).Address);
    }

    [Fact]
    public void An_arena_that_nobody_disposed_of_is_collected_with_its_blocks()
    {
        WeakReference forgotten = Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(forgotten.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        var arena = new Arena(CpuDevice.Shared);
        arena.Take<float>(2_000_000).Span.Clear();
        return new WeakReference(arena, trackResurrection: true);
    }
}
