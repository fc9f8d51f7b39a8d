namespace Sequor.Tensors.Tests.Ops;

/// <summary>Recurrent cells written from their papers' formulas, one sentence and one number at a time in double precision.</summary>
internal sealed class RecurrenceReference(RecurrentCell cell, int width, float[] weight, float[] bias, RecurrentOptions options)
{
    private readonly int _blocks = RecurrentPass.BlocksOf(cell);

    /// <summary>The hidden states of a sentence, row after row.</summary>
    /// <param name="inputs">The input products of its rows, each of blocks × width numbers.</param>
    /// <param name="hidden">The hidden state before it; afterwards that after it.</param>
    /// <param name="state">The cell state before it; afterwards that after it.</param>
    internal double[] Run(double[][] inputs, double[] hidden, double[] state)
    {
        var all = new List<double>();
        foreach (double[] x in inputs)
        {
            double[] newHidden = new double[width];
            double[] newState = new double[width];
            for (int i = 0; i < width; i++)
            {
                (newHidden[i], newState[i]) = Element(x, i, hidden, state[i]);
            }

            for (int i = 0; i < width; i++)
            {
                hidden[i] = (options.HiddenZoneout * hidden[i]) + ((1 - options.HiddenZoneout) * newHidden[i]);
                state[i] = (options.CellZoneout * state[i]) + ((1 - options.CellZoneout) * newState[i]);
            }

            all.AddRange(hidden);
        }

        return [.. all];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private (double Hidden, double State) Element(double[] x, int i, double[] hidden, double state)
    {
        double At(int block) => x[(block * width) + i];
        switch (cell)
        {
            case RecurrentCell.Tanh:
                return (Math.Tanh(At(0) + Product(0, i, hidden)), 0);
            case RecurrentCell.Relu:
                return (Math.Max(0, At(0) + Product(0, i, hidden)), 0);
            case RecurrentCell.Gru:
            {
                double z = Sigmoid(At(1) + Product(1, i, hidden));
                double n = Math.Tanh(At(2) + (Sigmoid(At(0) + Product(0, i, hidden)) * Product(2, i, hidden)));
                return (((1 - z) * n) + (z * hidden[i]), 0);
            }

            case RecurrentCell.GruResetBefore:
            {
                double[] reset = [.. hidden.Select((h, j) => h * Sigmoid(x[j] + Product(0, j, hidden)))];
                double z = Sigmoid(At(1) + Product(1, i, hidden));
                return (((1 - z) * Math.Tanh(At(2) + Product(2, i, reset))) + (z * hidden[i]), 0);
            }

            case RecurrentCell.Lstm:
            {
                double c = (Sigmoid(At(1) + Product(1, i, hidden)) * state)
                    + (Sigmoid(At(0) + Product(0, i, hidden)) * Math.Tanh(At(2) + Product(2, i, hidden)));
                return (Sigmoid(At(3) + Product(3, i, hidden)) * Math.Tanh(c), c);
            }

            default:
            {
                double f = Sigmoid(At(0));
                double c = (f * state) + ((1 - f) * At(1));
                return (Math.Max(0, c), c);
            }
        }
    }

    private double Product(int block, int i, double[] hidden)
    {
        Assert.True(block < _blocks);
        int row = (block * width) + i;
        double sum = bias[row];
        for (int j = 0; j < width; j++)
        {
            sum += weight[(row * width) + j] * hidden[j];
        }

        return sum;
    }
}
