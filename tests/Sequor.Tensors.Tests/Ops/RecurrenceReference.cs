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

    private (double Hidden, double State) Element(double[] x, int i, double[] hidden, double state) => cell switch
    {
        RecurrentCell.Tanh => (Math.Tanh(x[i] + Product(0, i, hidden)), 0),
        RecurrentCell.Relu => (Math.Max(0, x[i] + Product(0, i, hidden)), 0),
        RecurrentCell.Gru => (Mix(x, i, hidden, Sigmoid(x[i] + Product(0, i, hidden)) * Product(2, i, hidden)), 0),
        RecurrentCell.GruResetBefore => (Mix(x, i, hidden, Product(2, i, Reset(x, hidden))), 0),
        RecurrentCell.Lstm => Lstm(x, i, hidden, state),
        _ => Ssru(x, i, state),
    };

    private double Mix(double[] x, int i, double[] hidden, double product)
    {
        double z = Sigmoid(x[width + i] + Product(1, i, hidden));
        return ((1 - z) * Math.Tanh(x[(2 * width) + i] + product)) + (z * hidden[i]);
    }

    private double[] Reset(double[] x, double[] hidden) => [.. hidden.Select((h, j) => h * Sigmoid(x[j] + Product(0, j, hidden)))];

    private (double Hidden, double State) Lstm(double[] x, int i, double[] hidden, double state)
    {
        double At(int block) => x[(block * width) + i] + Product(block, i, hidden);
        double c = (Sigmoid(At(1)) * state) + (Sigmoid(At(0)) * Math.Tanh(At(2)));
        return (Sigmoid(At(3)) * Math.Tanh(c), c);
    }

    private (double Hidden, double State) Ssru(double[] x, int i, double state)
    {
        double f = Sigmoid(x[i]);
        double c = (f * state) + ((1 - f) * x[width + i]);
        return (Math.Max(0, c), c);
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
