using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Golden;

/// <summary>Two bidirectional layers over sentences of different lengths give what PyTorch's packed RNN, GRU and LSTM give, and so do all gradients.</summary>
public sealed class GoldenRecurrenceTests
{
    private const int Layers = 2;
    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("recurrent.safetensors"));

    [Theory]
    [InlineData(RecurrentCell.Tanh)]
    [InlineData(RecurrentCell.Relu)]
    [InlineData(RecurrentCell.Gru)]
    [InlineData(RecurrentCell.Lstm)]
    public void A_bidirectional_stack_agrees(RecurrentCell cell) => GoldenOps.Check(_file.Value, $"{cell}", (step, x) => Stack(step, cell, x));

    private static Tensor Stack(Step step, RecurrentCell cell, Tensor[] x)
    {
        SequenceLayout layout = step.Layout(_file.Value.Ints($"{cell}/lengths"));
        TimeLayout[] times = [layout.InTime(), layout.InTime(reversed: true)];
        bool hasCell = RecurrentPass.HasCellState(cell);
        Tensor rows = x[0];
        var hidden = new List<Tensor>();
        var cells = new List<Tensor>();
        for (int layer = 0; layer < Layers; layer++)
        {
            var directions = new Tensor[2];
            for (int direction = 0; direction < 2; direction++)
            {
                int index = (2 * layer) + direction;
                ReadOnlySpan<Tensor> weights = x.AsSpan((hasCell ? 3 : 2) + (4 * index), 4);
                var initial = new RecurrentState(
                    x[1].RowRange(index * layout.Count, layout.Count), hasCell ? x[2].RowRange(index * layout.Count, layout.Count) : default);
                TimeLayout time = times[direction];
                RecurrentSequence sequence = rows.ToTime(time).Linear(weights[0], weights[2])
                    .Recurrence(new RecurrentPass(cell, time), weights[1], weights[3], initial);
                directions[direction] = sequence.Hidden.FromTime(time);
                RecurrentState final = sequence.Final();
                hidden.Add(final.Hidden);
                cells.Add(final.Cell);
            }

            rows = directions[0].Concatenate(directions[1]);
        }

        Tensor output = rows.Reshape([2 * rows.Shape.Rows, rows.Shape.Width / 2]);
        return Tensor.StackRows([output, .. hidden, .. hasCell ? cells : []]);
    }
}
