using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Tests.Cpu;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>What recurrent layers compute, and what their results may not depend on.</summary>
public sealed class RecurrenceTests
{
    private const int Width = 19;
    private static readonly int[] Lengths = [3, 1, 7, 4, 3, 9, 2];

    public static TheoryData<RecurrentCell> Cells => new(Enum.GetValues<RecurrentCell>());

    [Theory, MemberData(nameof(Cells))]
    public void Every_cell_is_what_its_paper_says_read_forwards_and_backwards_with_zoneout_in_expectation(RecurrentCell cell)
    {
        RecurrentOptions options = new() { HiddenZoneout = 0.1f, CellZoneout = 0.3f };
        RecurrenceCase one = new(cell, Width, Lengths);
        foreach (bool reversed in new[] { false, true })
        {
            using var step = new Step();
            using (step.Begin())
            {
                RecurrentSequence sequence = one.Run(step, options, reversed);
                GoldenFile.Close(one.Expected(options, reversed), sequence.Hidden.FromTime(sequence.Time).ToArray(), $"{cell}", 4e-6);
            }
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_single_step_has_the_bits_of_the_whole_sequence(RecurrentCell cell)
    {
        RecurrenceCase one = new(cell, Width, Lengths);
        RecurrentOptions options = new() { HiddenZoneout = 0.1f, CellZoneout = 0.3f };
        using var step = new Step();
        using (step.Begin())
        {
            RecurrentSequence whole = one.Run(step, options, reversed: false);
            Tensor inputs = one.Inputs(step).ToTime(whole.Time);
            for (int sentence = 0; sentence < Lengths.Length; sentence++)
            {
                // One row at a time, as a decoder walks a sentence alone.
                int place = whole.Time.Order.IndexOf(sentence);
                RecurrentState state = one.Initial(step, sentence, 1);
                for (int t = 0; t < Lengths[sentence]; t++)
                {
                    int row = whole.Time.First(t) + place;
                    state = inputs.RowRange(row, 1).RecurrentStep(new RecurrentPass(cell, null, options), t, one.Weight, one.Bias, state);
                    Assert.Equal(Bits.Of(whole.Hidden.RowRange(row, 1).ToArray()), Bits.Of(state.Hidden.ToArray()));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_sentence_has_the_same_bits_alone_and_in_a_batch_of_forty(RecurrentCell cell)
    {
        int[] lengths = [.. Enumerable.Range(0, 40).Select(i => 1 + (i * 7 % 11))];
        RecurrenceCase one = new(cell, 67, lengths);
        using var step = new Step();
        using (step.Begin())
        {
            RecurrentSequence whole = one.Run(step, new RecurrentOptions(), reversed: true);
            Tensor rows = whole.Hidden.FromTime(whole.Time);
            TimeLayout alone = step.Layout([lengths[3]]).InTime(reversed: true);
            int first = lengths[0] + lengths[1] + lengths[2];
            RecurrentSequence single = one.Inputs(step).RowRange(first, lengths[3]).ToTime(alone).Recurrence(
                new RecurrentPass(cell, alone), one.Weight, one.Bias, one.Initial(step, 3, 1));
            Assert.Equal(Bits.Of(rows.RowRange(first, lengths[3]).ToArray()), Bits.Of(single.Hidden.FromTime(alone).ToArray()));
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Two_threads_give_the_bits_of_one_forwards_and_backwards(RecurrentCell cell) =>
        Assert.Equal(StatesAndGradients(cell, KernelCase.Simd), StatesAndGradients(cell, KernelCase.TwoThreads));

    [Theory, MemberData(nameof(Cells))]
    public void Final_states_come_from_each_sentences_own_last_step(RecurrentCell cell)
    {
        RecurrenceCase one = new(cell, 3, Lengths);
        using var step = new Step();
        using (step.Begin())
        {
            RecurrentSequence whole = one.Run(step, new RecurrentOptions(), reversed: false);
            Tensor rows = whole.Hidden.FromTime(whole.Time);
            RecurrentState final = whole.Final();
            int end = 0;
            for (int sentence = 0; sentence < Lengths.Length; sentence++)
            {
                end += Lengths[sentence];
                Assert.Equal(rows.RowRange(end - 1, 1).ToArray(), final.Hidden.RowRange(sentence, 1).ToArray());
            }
        }
    }

    [Fact]
    public void A_normed_cell_is_what_its_paper_says()
    {
        // One row of two units: i = σ(0.5), f = σ(-1), g = tanh(2), o = σ(1) for the first, the same with other signs for the second.
        double[] c = [(Sigmoid(-1) * 0.3) + (Sigmoid(0.5) * Math.Tanh(2)), (Sigmoid(1) * -0.6) + (Sigmoid(-0.5) * Math.Tanh(-2))];
        double mean = (c[0] + c[1]) / 2;
        double deviation = Math.Sqrt((((c[0] - mean) * (c[0] - mean)) + ((c[1] - mean) * (c[1] - mean)) + 2e-5) / 2);
        double first = Sigmoid(1) * Math.Tanh((1.5 * (c[0] - mean) / deviation) + 0.1);
        double second = Sigmoid(-1) * Math.Tanh((0.5 * (c[1] - mean) / deviation) - 0.2);
        using var step = new Step();
        using (step.Begin())
        {
            RecurrentState state = step.From([0.2f, -0.2f, -0.5f, 0.5f, 1, -1, 0.5f, -0.5f], [1, 8]).NormedCellStep(
                new RecurrentPass(RecurrentCell.Lstm), 0, step.From([0.3f, -0.3f, -0.5f, 0.5f, 1, -1, 0.5f, -0.5f], [1, 8]),
                new RecurrentState(default, step.From([0.3f, -0.6f], [1, 2])), step.From([1.5f, 0.5f], [2]), step.From([0.1f, -0.2f], [2]));
            GoldenFile.Close([(float)c[0], (float)c[1]], state.Cell.ToArray(), "cell state");
            GoldenFile.Close([(float)first, (float)second], state.Hidden.ToArray(), "hidden state");
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_sentences()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([2, 1]).InTime();
            Tensor inputs = step.From(new float[36], [3, 12]);
            Tensor weight = step.From(new float[36], [12, 3]);
            Assert.Contains("none was given", Assert.Throws<ArgumentException>(
                () => inputs.Recurrence(new RecurrentPass(RecurrentCell.Lstm, time), default)).Message, StringComparison.Ordinal);
            Assert.Contains("has no recurrent product", Assert.Throws<ArgumentException>(
                () => inputs.Recurrence(new RecurrentPass(RecurrentCell.Ssru, time), weight)).Message, StringComparison.Ordinal);
            Assert.Contains("made with a time layout", Assert.Throws<ArgumentException>(
                () => inputs.Recurrence(new RecurrentPass(RecurrentCell.Lstm), weight)).Message, StringComparison.Ordinal);
            Assert.Contains("recurrent weight", Assert.Throws<ShapeException>(
                () => inputs.Recurrence(new RecurrentPass(RecurrentCell.Gru, time), weight)).Message, StringComparison.Ordinal);
            Assert.Contains("2 sentences have a row", Assert.Throws<ShapeException>(
                () => inputs.RecurrentStep(new RecurrentPass(RecurrentCell.Lstm, time), 0, weight, default, default)).Message, StringComparison.Ordinal);
            Assert.Contains("has no cell state", Assert.Throws<ArgumentException>(
                () => inputs.Recurrence(new RecurrentPass(RecurrentCell.Gru, time), weight, default, new RecurrentState(default, inputs))).Message, StringComparison.Ordinal);
            Assert.Contains("HiddenZoneout is a chance", Assert.Throws<ArgumentException>(
                () => new RecurrentPass(RecurrentCell.Gru, time, new RecurrentOptions { HiddenZoneout = 1 })).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Random_choices_without_sentences_are_refused_in_training()
    {
        using var step = new Step();
        using (step.Begin(new StepOptions(Dropout: true)))
        {
            var pass = new RecurrentPass(RecurrentCell.Lstm, null, new RecurrentOptions { StateDropout = 0.1f });
            Assert.Throws<InvalidOperationException>(() => step.From(new float[12], [1, 12]).RecurrentStep(
                pass, 0, step.From(new float[36], [12, 3]), default, default));
        }
    }

    /// <summary>A layer large enough for every kernel to be cut in several items, in training with all that can happen to a state.</summary>
    private static int[] StatesAndGradients(RecurrentCell cell, IKernels kernels)
    {
        const int Hidden = 160;
        int[] lengths = [.. Enumerable.Range(0, 120).Select(i => 1 + (i * 7 % 5))];
        int gates = RecurrentPass.BlocksOf(cell) * Hidden;
        var device = new KernelsDevice(kernels);
        using var set = new ParameterSet(device);
        Parameter inputs = set.Add(["inputs"], [lengths.Sum(), gates]);
        Parameter weight = set.Add(["weight"], [gates, Hidden]);
        Parameter bias = set.Add(["bias"], [gates]);
        set.Allocate();
        set.Values.CopyFrom(GradientCheck.Values(set.Values.Shape.Count, 6));
        RecurrentOptions options = new() { HiddenZoneout = 0.1f, CellZoneout = 0.1f, StateDropout = 0.2f, HiddenNoise = 0.1f };
        using var step = new Step(device);
        using (step.Begin(new StepOptions(RecordGradients: true, Dropout: true, Seed: 2, Update: 3)))
        {
            TimeLayout time = step.Layout(lengths).InTime();
            bool multiplies = cell != RecurrentCell.Ssru;
            Tensor states = step.Use(inputs).Recurrence(
                new RecurrentPass(cell, time, options), multiplies ? weight.Value : default, multiplies ? bias.Value : default).Hidden;
            step.Backward(states.Multiply(step.From(GradientCheck.Values(states.Shape.Count, 8), states.Shape)).Sum());
            return [.. Bits.Of(states.ToArray()), .. Bits.Of(set.Gradients.ToArray())];
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
