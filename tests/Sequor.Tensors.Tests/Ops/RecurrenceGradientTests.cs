using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>The gradients of recurrent ops agree with differences of the ops themselves, in every cell and with every setting.</summary>
public sealed class RecurrenceGradientTests
{
    private const int Width = 3;
    private static readonly int[] Lengths = [2, 4, 1];
    private static readonly StepOptions Training = new(Dropout: true, Seed: 5);

    public static TheoryData<RecurrentCell> Cells => new(Enum.GetValues<RecurrentCell>());

    [Theory, MemberData(nameof(Cells))]
    public void A_whole_sequence_with_bias_and_initial_state(RecurrentCell cell) => Check(cell, new RecurrentOptions());

    [Theory, MemberData(nameof(Cells))]
    public void A_whole_sequence_from_zeros_without_bias(RecurrentCell cell) =>
        GradientCheck.Run(Shapes(cell), (step, x) => Joined(x[0].Recurrence(
            new RecurrentPass(cell, step.Layout(Lengths).InTime()), WeightOf(cell, x[1]))));

    [Theory, MemberData(nameof(Cells))]
    public void Zoneout_of_both_states_in_training_and_in_expectation(RecurrentCell cell)
    {
        RecurrentOptions options = new() { HiddenZoneout = 0.3f, CellZoneout = 0.4f };
        Check(cell, options, Training);
        Check(cell, options);
    }

    [Theory, MemberData(nameof(Cells))]
    public void Variational_dropout_and_noise(RecurrentCell cell)
    {
        Check(cell, new RecurrentOptions { StateDropout = 0.4f }, Training);
        Check(cell, new RecurrentOptions { HiddenNoise = 0.1f, HiddenZoneout = 0.2f, StateDropout = 0.2f }, Training);
    }

    [Theory, MemberData(nameof(Cells))]
    public void Single_steps_on_views_that_are_stacked_again(RecurrentCell cell) => GradientCheck.Run(
        Shapes(cell),
        (step, x) =>
        {
            TimeLayout time = step.Layout(Lengths).InTime();
            var pass = new RecurrentPass(cell, time, new RecurrentOptions { StateDropout = 0.2f, HiddenZoneout = 0.2f });
            var state = new RecurrentState(x[3], HasCell(cell) ? x[4] : default);
            var hidden = new List<Tensor>();
            for (int t = 0; t < time.Steps; t++)
            {
                state = x[0].RowRange(time.First(t), time.Active(t))
                    .RecurrentStep(pass, t, WeightOf(cell, x[1]), WeightOf(cell, x[2]), state);
                hidden.Add(state.Hidden);
            }

            Tensor all = Tensor.StackRows([.. hidden]);
            return state.Cell.IsNone ? all : Tensor.StackRows([all, state.Cell]);
        },
        Training);

    [Theory]
    [InlineData(RecurrentCell.Tanh)]
    [InlineData(RecurrentCell.Gru)]
    [InlineData(RecurrentCell.Lstm)]
    public void Steps_from_given_products(RecurrentCell cell) => GradientCheck.Run(
        Shapes(cell),
        (step, x) =>
        {
            var pass = new RecurrentPass(cell);
            var first = new RecurrentState(x[3], HasCell(cell) ? x[4] : default);
            RecurrentState one = x[0].RowRange(0, 3).CellStep(pass, 0, x[3].Linear(x[1], x[2]), first);
            RecurrentState two = x[0].RowRange(3, 2).CellStep(pass, 1, one.Hidden.RowRange(0, 2).Linear(x[1], x[2]), one);
            return Tensor.StackRows([one.Hidden, two.Hidden]);
        });

    [Fact]
    public void States_seen_by_a_product_are_those_of_the_whole_sequence() => GradientCheck.Run(
        Shapes(RecurrentCell.Lstm),
        (step, x) =>
        {
            TimeLayout time = step.Layout(Lengths).InTime();
            RecurrentOptions options = new() { StateDropout = 0.5f, DetachEvery = 9 };
            var pass = new RecurrentPass(RecurrentCell.Lstm, time, options);
            RecurrentState state = new(x[3], x[4]);
            var hidden = new List<Tensor>();
            for (int t = 0; t < time.Steps; t++)
            {
                Tensor seen = state.Hidden.RowRange(0, time.Active(t)).SeenBy(pass, t);
                state = x[0].RowRange(time.First(t), time.Active(t)).CellStep(pass, t, seen.Linear(x[1], x[2]), state);
                hidden.Add(state.Hidden);
            }

            Tensor all = Tensor.StackRows([.. hidden]);
            var initial = new RecurrentState(x[3].SentencesFromTime(time), x[4].SentencesFromTime(time));
            Assert.Equal(all.ToArray(), x[0].Recurrence(pass, x[1], x[2], initial).Hidden.ToArray());
            return all;
        },
        Training);

    [Fact]
    public void A_normed_cell_with_zoneout_and_noise()
    {
        RecurrentOptions[] settings = [new(), new() { HiddenZoneout = 0.3f, CellZoneout = 0.4f, HiddenNoise = 0.1f }];
        foreach (RecurrentOptions options in settings)
        {
            GradientCheck.Run(
                [.. Shapes(RecurrentCell.Lstm), [Width], [Width]],
                (step, x) =>
                {
                    TimeLayout time = step.Layout(Lengths).InTime();
                    var pass = new RecurrentPass(RecurrentCell.Lstm, time, options);
                    RecurrentState one = x[0].RowRange(0, 3).NormedCellStep(
                        pass, 0, x[3].Linear(x[1], x[2]), new RecurrentState(x[3], x[4]), x[5], x[6]);
                    RecurrentState two = x[0].RowRange(3, 2).NormedCellStep(
                        pass, 1, one.Hidden.RowRange(0, 2).Linear(x[1], x[2]), one, x[5], x[6]);
                    return Tensor.StackRows([one.Hidden, two.Hidden, two.Cell]);
                },
                Training,
                tolerance: 4e-2f);
        }
    }

    [Fact]
    public void Rows_in_time_and_back_and_last_rows()
    {
        GradientCheck.Run([[7, 2]], (step, x) => x[0].ToTime(step.Layout(Lengths).InTime(reversed: true)));
        GradientCheck.Run([[7, 2]], (step, x) => x[0].FromTime(step.Layout(Lengths).InTime()));
        GradientCheck.Run([[7, 2]], (step, x) => x[0].LastRows(step.Layout(Lengths).InTime()));
        GradientCheck.Run([[3, 2]], (step, x) => x[0].SentencesToTime(step.Layout(Lengths).InTime()));
        GradientCheck.Run([[3, 2]], (step, x) => x[0].SentencesFromTime(step.Layout(Lengths).InTime()));
    }

    [Fact]
    public void Views_of_rows_add_to_the_gradient_of_the_whole() => GradientCheck.Run(
        [[5, 2]],
        (_, x) =>
        {
            Tensor whole = x[0].Multiply(x[0]);
            Tensor middle = whole.RowRange(1, 3);
            return Tensor.StackRows([middle.RowRange(2, 1), whole, middle]).Add(Tensor.StackRows([whole, middle, whole.RowRange(0, 1)]));
        });

    private static void Check(RecurrentCell cell, RecurrentOptions settings, StepOptions options = default) => GradientCheck.Run(
        Shapes(cell),
        (step, x) =>
        {
            var pass = new RecurrentPass(cell, step.Layout(Lengths).InTime(reversed: true), settings);
            var initial = new RecurrentState(x[3], HasCell(cell) ? x[4] : default);
            return Joined(x[0].Recurrence(pass, WeightOf(cell, x[1]), WeightOf(cell, x[2]), initial));
        },
        options);

    /// <summary>Everything that a caller can read: hidden states, cell states and final states.</summary>
    private static Tensor Joined(RecurrentSequence sequence)
    {
        RecurrentState final = sequence.Final();
        return sequence.Cell.IsNone
            ? Tensor.StackRows([sequence.Hidden, final.Hidden])
            : Tensor.StackRows([sequence.Hidden, sequence.Cell, final.Hidden, final.Cell]);
    }

    private static int[][] Shapes(RecurrentCell cell)
    {
        int gates = RecurrentPass.BlocksOf(cell) * Width;
        return [[7, gates], [gates, Width], [gates], [3, Width], [3, Width]];
    }

    private static Tensor WeightOf(RecurrentCell cell, Tensor weight) => cell == RecurrentCell.Ssru ? default : weight;

    private static bool HasCell(RecurrentCell cell) => RecurrentPass.HasCellState(cell);
}
