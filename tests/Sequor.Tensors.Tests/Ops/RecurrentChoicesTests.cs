using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>What the settings of a recurrent layer do, on cells simple enough to know the answer.</summary>
public sealed class RecurrentChoicesTests
{
    private static readonly StepOptions Training = new(RecordGradients: true, Dropout: true, Seed: 3, Update: 1);

    [Fact]
    public void Variational_dropout_drops_the_same_elements_at_every_step_of_a_sentence()
    {
        // With the identity as weight and 1 as input, h = 1 + 2 h' where h' is kept at a rate of one half, and always 1 where it is dropped.
        float[] rows = Counting([5, 5], [0, 1], new RecurrentOptions { StateDropout = 0.5f });
        int dropped = 0;
        for (int column = 0; column < 64; column++)
        {
            float[] first = [.. Enumerable.Range(0, 5).Select(t => rows[(t * 64) + column])];
            Assert.True(first is [1, 1, 1, 1, 1] or [1, 3, 7, 15, 31], string.Join(' ', first));
            dropped += first[4] == 1 ? 1 : 0;
        }

        Assert.InRange(dropped, 16, 48);
        Assert.NotEqual(rows[..320], rows[320..]);
    }

    [Fact]
    public void Random_choices_follow_the_sentence_and_not_its_place_in_the_batch()
    {
        RecurrentOptions options = new() { StateDropout = 0.3f, HiddenZoneout = 0.3f, HiddenNoise = 0.2f };
        float[] together = Counting([2, 6, 3], [7, 8, 9], options);
        Assert.Equal(together[(2 * 64)..(8 * 64)], Counting([6], [8], options));
        Assert.NotEqual(together[(2 * 64)..(8 * 64)], Counting([6], [18], options));
    }

    [Fact]
    public void Zoneout_keeps_a_third_of_the_elements_as_they_were()
    {
        float[] rows = Counting([2], [4], new RecurrentOptions { HiddenZoneout = 0.33f });
        int kept = rows[..64].Count(value => value == 0);
        Assert.InRange(kept, 12, 31);
        Assert.All(rows[..64], value => Assert.True(value is 0 or 1));
        Assert.All(rows[64..], value => Assert.True(value is 0 or 1 or 2));
    }

    [Fact]
    public void Noise_has_the_deviation_that_was_asked_for_and_none_outside_training()
    {
        RecurrentOptions options = new() { HiddenNoise = 0.25f };
        float[] rows = Counting([.. Enumerable.Repeat(1, 300)], [.. Enumerable.Range(0, 300).Select(i => (long)i)], options);
        double mean = rows.Average();
        double deviation = Math.Sqrt(rows.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(1, mean, 0.01);
        Assert.Equal(0.25, deviation, 0.005);
        Assert.InRange(rows.Count(value => Math.Abs(value - 1) > 0.5) / (double)rows.Length, 0.040, 0.051);
        Assert.All(Counting([3], [0], options, StepOptions.Inference)[..64], value => Assert.Equal(1, value));
    }

    [Fact]
    public void Gradients_do_not_cross_a_boundary_and_the_initial_state_has_its_own()
    {
        // Weight one half: the gradient of the last of 6 states reaches back 2 steps, and the initial state is reached without boundaries only.
        Assert.Equal([0, 0, 0, 0.25f, 0.5f, 1], Reach(new RecurrentOptions { DetachEvery = 3 }, out float initial));
        Assert.Equal(0, initial);
        Assert.Equal([0.03125f, 0.0625f, 0.125f, 0.25f, 0.5f, 1], Reach(new RecurrentOptions(), out initial));
        Assert.Equal(0.015625f, initial);
        Assert.Equal([0.03125f, 0.0625f, 0.125f, 0.25f, 0.5f, 1], Reach(new RecurrentOptions { DetachEvery = 6 }, out initial));
        Assert.Equal(0.015625f, initial);
    }

    [Fact]
    public void Gradient_norms_show_how_the_gradient_fades_over_time()
    {
        using var step = new Step();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        using (var set = new ParameterSet())
        {
            Parameter inputs = set.Add(["inputs"], [6, 4]);
            set.Allocate();
            inputs.Value.CopyFrom([.. Enumerable.Repeat(1f, 24)]);
            TimeLayout time = step.Layout([4, 2]).InTime();
            double[] norms = new double[4];
            RecurrentSequence sequence = step.Use(inputs).Recurrence(
                new RecurrentPass(RecurrentCell.Relu, time) { GradientNorms = norms }, Diagonal(step, 4, 0.5f));
            step.Backward(sequence.Final().Hidden.Sum());

            // A vector of four ones is 2 long; each sentence counts from its own last step, and the second has two steps.
            Assert.Equal([2 + 2, 1 + 1, 0.5, 0.25], norms);
        }
    }

    [Fact]
    public void Gradient_norms_of_a_normed_cell_are_those_of_its_states()
    {
        using var set = new ParameterSet();
        Parameter start = set.Add(["start"], [1, 4]);
        Parameter weight = set.Add(["weight"], [16, 4]);
        set.Allocate();
        set.Values.CopyFrom(GradientCheck.Values(set.Values.Shape.Count, 1));
        using var step = new Step();
        double[] norms = new double[2];
        float[] between;
        float[] cell;
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            var pass = new RecurrentPass(RecurrentCell.Lstm, step.Layout([2]).InTime()) { GradientNorms = norms };
            RecurrentState first = Normed(step, pass, 0, step.Use(start).Linear(weight), default);
            (between, cell) = (first.Hidden.ToArray(), first.Cell.ToArray());
            step.Backward(Normed(step, pass, 1, first.Hidden.Linear(weight), first.Cell).Hidden.Sum());
        }

        // The state between the steps as a weight: its gradient is what came back to it.
        start.Value.CopyFrom(between);
        set.MarkChanged();
        set.ClearGradients();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            var pass = new RecurrentPass(RecurrentCell.Lstm);
            step.Backward(Normed(step, pass, 1, step.Use(start).Linear(weight), step.From(cell, [1, 4])).Hidden.Sum());
        }

        double expected = Math.Sqrt(start.Gradient.ToArray().Sum(value => (double)value * value));
        Assert.True(expected > 0.01);
        Assert.Equal(2, norms[0]);
        Assert.Equal(expected, norms[1], 1e-6);
    }

    [Fact]
    public void Products_made_outside_drop_and_cut_as_the_whole_sequence_does()
    {
        RecurrentOptions options = new() { StateDropout = 0.5f, DetachEvery = 3 };
        float[] whole = LastStateGradient((pass, inputs, weight) => inputs.Recurrence(pass, weight).Hidden);
        float[] stepped = LastStateGradient((pass, inputs, weight) =>
        {
            var state = default(RecurrentState);
            for (int t = 0; t < 5; t++)
            {
                Tensor products = t == 0 ? default : state.Hidden.SeenBy(pass, t).Linear(weight);
                state = inputs.RowRange(t, 1).CellStep(pass, t, products, state);
            }

            return state.Hidden;
        });
        Assert.Equal(whole, stepped);
        Assert.All(whole[..12], value => Assert.Equal(0, value));
        Assert.Contains(whole[12..], value => value != 0);

        float[] LastStateGradient(Func<RecurrentPass, Tensor, Tensor, Tensor> run)
        {
            using var set = new ParameterSet();
            Parameter inputs = set.Add(["inputs"], [5, 4]);
            set.Allocate();
            inputs.Value.CopyFrom(GradientCheck.Values(20, 4));
            using var step = new Step();
            using (step.Begin(Training))
            {
                var pass = new RecurrentPass(RecurrentCell.Tanh, step.Layout([5]).InTime(), options);
                Tensor hidden = run(pass, step.Use(inputs), step.From(GradientCheck.Values(16, 5), [4, 4]));
                step.Backward(hidden.RowRange(hidden.Shape.Rows - 1, 1).Sum());
            }

            return inputs.Gradient.ToArray();
        }
    }

    [Fact]
    public void Detached_states_are_constants()
    {
        using var set = new ParameterSet();
        Parameter x = set.Add(["x"], [2, 2]);
        set.Allocate();
        x.Value.CopyFrom([1, 2, 3, 4]);
        using var step = new Step();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor y = step.Use(x).Scale(3);
            step.Backward(y.Multiply(new RecurrentState(y).Detach().Hidden).Sum());
            Assert.Equal([9, 18, 27, 36], x.Gradient.ToArray());
        }
    }

    private static RecurrentState Normed(Step step, RecurrentPass pass, int number, Tensor products, Tensor cell) =>
        step.From(GradientCheck.Values(16, 2 + number), [1, 16]).NormedCellStep(
            pass, number, products, new RecurrentState(default, cell), step.Filled(1, [4]), step.Filled(0, [4]));

    /// <summary>Rectified units that add 1 to their old value, 64 of them: the hidden states in the order of the sentences.</summary>
    private static float[] Counting(int[] lengths, long[] numbers, RecurrentOptions options, StepOptions? mode = null)
    {
        using var step = new Step();
        using (step.Begin(mode ?? Training))
        {
            TimeLayout time = step.Layout(lengths, numbers).InTime();
            Tensor ones = step.From([.. Enumerable.Repeat(1f, time.Rows * 64)], [time.Rows, 64]);
            return ones.Recurrence(new RecurrentPass(RecurrentCell.Relu, time, options), Diagonal(step, 64, 1)).Hidden.FromTime(time).ToArray();
        }
    }

    private static float[] Reach(RecurrentOptions options, out float initial)
    {
        using var set = new ParameterSet();
        Parameter inputs = set.Add(["inputs"], [6, 1]);
        Parameter start = set.Add(["start"], [1, 1]);
        set.Allocate();
        inputs.Value.CopyFrom([1, 1, 1, 1, 1, 1]);
        start.Value.CopyFrom([1]);
        using var step = new Step();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            RecurrentSequence sequence = step.Use(inputs).Recurrence(
                new RecurrentPass(RecurrentCell.Relu, step.Layout([6]).InTime(), options), Diagonal(step, 1, 0.5f),
                initial: new RecurrentState(step.Use(start)));
            step.Backward(sequence.Hidden.RowRange(5, 1).Sum());
        }

        initial = start.Gradient.ToArray()[0];
        return inputs.Gradient.ToArray();
    }

    private static Tensor Diagonal(Step step, int width, float value)
    {
        float[] matrix = new float[width * width];
        for (int i = 0; i < width; i++)
        {
            matrix[(i * width) + i] = value;
        }

        return step.From(matrix, [width, width]);
    }
}
