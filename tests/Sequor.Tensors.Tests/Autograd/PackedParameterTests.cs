using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Autograd;

/// <summary>A set whose matrices are packed: what still works, with which bits, and what says why it does not.</summary>
public sealed class PackedParameterTests
{
    private static readonly StepOptions _recording = new(RecordGradients: true);

    public static TheoryData<WeightType> Types => [.. Enum.GetValues<WeightType>()];

    [Fact]
    public void Packed_as_float32_every_op_has_the_bits_it_had()
    {
        using ParameterSet set = Make(out Parameter weight, out Parameter bias);
        float[] before = Compute(weight, bias);
        set.Pack(WeightType.Float32);
        Assert.Equal(before, Compute(weight, bias));
        Assert.Equal(WeightType.Float32, set.PackedAs);
    }

    [Theory, MemberData(nameof(Types))]
    public void Parts_of_a_packed_weight_have_the_bits_of_the_whole(WeightType type)
    {
        using ParameterSet set = Make(out Parameter weight, out Parameter bias);
        set.Pack(type);
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From(Numbers(3 * 10, 5), [3, 10]);
            float[] whole = x.Linear(weight, bias).ToArray();
            foreach ((int first, int rows) in (ReadOnlySpan<(int, int)>)[(0, 70), (64, 6), (0, 64), (5, 40), (69, 1), (17, 1)])
            {
                float[] part = x.LinearRows(weight, bias, first, rows).ToArray();
                Assert.Equal(Enumerable.Range(0, 3).SelectMany(row => whole.Skip((row * 70) + first).Take(rows)), part);
            }

            int[] ids = [3, 69, 3, 0, 41];
            using PackedWeight selected = PackedWeight.Select(weight, ids);
            Assert.Equal(Enumerable.Range(0, 3).SelectMany(row => ids.Select(id => whole[(row * 70) + id])), x.LinearPacked(selected, Selected(bias, ids)).ToArray());
        }
    }

    [Fact]
    public void Parts_of_a_weight_that_trains_follow_its_changes()
    {
        using ParameterSet set = Make(out Parameter weight, out Parameter bias);
        using var step = new Step();
        for (int turn = 0; turn < 2; turn++)
        {
            using (step.Begin())
            {
                Tensor x = step.From(Numbers(10, 5), [1, 10]);
                float[] whole = x.Linear(weight, bias).ToArray();
                Assert.Equal(whole[64..], x.LinearRows(weight, bias, 64, 6).ToArray());
                Assert.Equal(whole[5..45], x.LinearRows(weight, bias, 5, 40).ToArray());
                using PackedWeight selected = PackedWeight.Select(weight, [7, 8]);
                Assert.Equal(whole[7..9], x.LinearPacked(selected, Selected(bias, [7, 8])).ToArray());
            }

            weight.Value.CopyFrom(Numbers(700, 77));
            set.MarkChanged();
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Look_ups_give_the_numbers_that_products_see(WeightType type)
    {
        using ParameterSet set = Make(out Parameter weight, out _);
        set.Pack(type);
        using var step = new Step();
        using (step.Begin())
        {
            float[] rows = weight.Value.Gather(step, [4, 69, 4], 2).ToArray();
            Assert.Equal(rows[..10], rows[20..]);
            float[] known = weight.Packed!.Unpack([4, 69]).ToArray();
            Assert.Equal(known.Select(value => 2 * value), rows[..20]);
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void A_recurrent_layer_runs_packed_and_its_steps_have_the_bits_of_the_sequence(WeightType type)
    {
        foreach (RecurrentCell cell in (RecurrentCell[])[RecurrentCell.Gru, RecurrentCell.GruResetBefore, RecurrentCell.Lstm, RecurrentCell.Tanh])
        {
            // 11 columns: the second product of the unit that resets before starts within a panel.
            const int Width = 11;
            int blocks = RecurrentPass.BlocksOf(cell);
            using var set = new ParameterSet();
            Parameter weight = set.Add(["w"], [blocks * Width, Width], ParameterRole.Matrix);
            Parameter bias = set.Add(["b"], [blocks * Width]);
            set.Allocate();
            weight.Value.CopyFrom(Numbers(blocks * Width * Width, 3));
            bias.Value.CopyFrom(Numbers(blocks * Width, 4));
            set.MarkChanged();
            set.Pack(type);
            using var step = new Step();
            using (step.Begin())
            {
                TimeLayout time = step.Layout([4]).InTime(false);
                Tensor inputs = step.From(Numbers(4 * blocks * Width, 6), [4, blocks * Width]);
                float[] all = inputs.Recurrence(new RecurrentPass(cell, time), weight.Value, bias.Value, default).Hidden.ToArray();
                RecurrentState state = default;
                for (int t = 0; t < 4; t++)
                {
                    state = inputs.RowRange(t, 1).RecurrentStep(new RecurrentPass(cell), t, weight.Value, bias.Value, state);
                    Assert.Equal(all[(t * Width)..((t + 1) * Width)], state.Hidden.ToArray());
                }
            }
        }
    }

    [Fact]
    public void What_a_packed_set_cannot_do_is_a_sentence()
    {
        using ParameterSet set = Make(out Parameter weight, out Parameter bias);
        Tensor early = bias.Value;
        set.Pack(WeightType.Int8);
        Assert.Contains("no floats to read", Assert.Throws<InvalidOperationException>(() => weight.Value.ToArray()).Message, StringComparison.Ordinal);
        Assert.Contains("packed as int8", Assert.Throws<InvalidOperationException>(() => weight.Part(0).ToArray()).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() => set.Values).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() => set.Gradients).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() => set.Pack(WeightType.Int7)).Message, StringComparison.Ordinal);
        Assert.Contains("made before ParameterSet.Pack()", Assert.Throws<InvalidOperationException>(() => early.ToArray()).Message, StringComparison.Ordinal);
        using var step = new Step();
        using (step.Begin(_recording))
        {
            Tensor x = step.From(Numbers(10, 5), [1, 10]);
            Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() => x.Linear(weight, bias)).Message, StringComparison.Ordinal);
            Assert.Contains("cannot be trained", Assert.Throws<InvalidOperationException>(() => weight.Value.Gather(step, [1])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_set_that_is_packed_from_the_start_takes_its_matrices_one_by_one()
    {
        using ParameterSet set = Make(out Parameter first, out Parameter firstBias);
        float[] expected = Packed(set, first, firstBias);
        using var other = new ParameterSet();
        Parameter weight = other.Add(["a", "b"], [70, 10], ParameterRole.Matrix);
        Parameter bias = other.Add(["bias"], [70]);
        other.AllocatePacked(WeightType.Int8);
        Assert.Contains("no numbers yet", Assert.Throws<InvalidOperationException>(() => Compute(weight, bias)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => bias.SetPacked(PackedWeight.Allocate(WeightType.Int8, 70, 10)));
        Assert.Throws<ArgumentException>(() => weight.SetPacked(PackedWeight.Allocate(WeightType.Int8, 70, 11)));

        PackedWeight packed = PackedWeight.Allocate(WeightType.Int8, 70, 10);
        float[] numbers = Numbers(700, 1);
        packed.PackRows(0, numbers.AsSpan(0, 640));
        packed.PackRows(64, numbers.AsSpan(640));
        weight.SetPacked(packed);
        bias.Value.CopyFrom(Numbers(70, 2));
        Assert.Equal(expected, Compute(weight, bias));
    }

    [Fact]
    public void Memory_holds_a_matrix_once_and_all_of_it_is_counted()
    {
        using var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [512, 128], ParameterRole.Matrix);
        Parameter bias = set.Add(["b"], [512]);
        set.Allocate();
        Assert.Equal(4 * ((512 * 128) + 512), set.Bytes);
        set.Pack(WeightType.Float32);
        Assert.Equal(4 * ((512 * 128) + 512), set.Bytes);
        Assert.Equal((-1L, 0L), (weight.Offset, bias.Offset));

        using var small = new ParameterSet();
        small.Add(["w"], [512, 128], ParameterRole.Matrix);
        small.Allocate();
        small.Pack(WeightType.Int8);
        Assert.Equal((512 * 128) + (8 * 512) + 4, small.Bytes);
    }

    [Fact]
    public void Weights_in_a_mapped_file_are_used_where_they_lie_and_keep_it_open()
    {
        string path = Path.GetTempFileName();
        try
        {
            using PackedWeight made = PackedWeight.Allocate(WeightType.Int8, 70, 10);
            made.PackRows(0, Numbers(700, 1));
            byte[] values = new byte[made.Matrix.Values.Length];
            made.CopyValues(0, values);
            float[] scales = new float[80];
            made.CopyScales(0, scales);
            int[] sums = new int[80];
            made.CopySums(0, sums);
            File.WriteAllBytes(path, [.. values, .. scales.SelectMany(BitConverter.GetBytes), .. sums.SelectMany(BitConverter.GetBytes)]);
            MappedFile file = MappedFile.Of(File.OpenRead(path));
            using PackedWeight mapped = PackedWeight.Map(file, WeightType.Int8, [70, 10], 0, values.Length, values.Length + 320);
            file.Dispose();
            Assert.Equal(made.Unpack([0, 69, 33]).ToArray(), mapped.Unpack([0, 69, 33]).ToArray());
            Assert.Contains("mapped file", Assert.Throws<InvalidOperationException>(() => mapped.PackRows(0, Numbers(700, 1))).Message, StringComparison.Ordinal);
            mapped.Dispose();
            Assert.Throws<ObjectDisposedException>(() => file.View<byte>(0, 1));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[] Packed(ParameterSet set, Parameter weight, Parameter bias)
    {
        set.Pack(WeightType.Int8);
        return Compute(weight, bias);
    }

    private static ParameterSet Make(out Parameter weight, out Parameter bias)
    {
        var set = new ParameterSet();
        weight = set.Add(["a", "b"], [70, 10], ParameterRole.Matrix);
        bias = set.Add(["bias"], [70]);
        set.Allocate();
        weight.Value.CopyFrom(Numbers(700, 1));
        bias.Value.CopyFrom(Numbers(70, 2));
        set.MarkChanged();
        return set;
    }

    private static float[] Compute(Parameter weight, Parameter bias)
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor rows = weight.Value.Gather(step, [1, 5, 68], 1.5f);
            return [.. rows.ToArray(), .. rows.Linear(weight, bias, Activation.Relu).ToArray()];
        }
    }

    private static Tensor Selected(Parameter bias, int[] ids)
    {
        float[] all = bias.Value.ToArray();
        return Tensor.From(Array.ConvertAll(ids, id => all[id]), [ids.Length]);
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
