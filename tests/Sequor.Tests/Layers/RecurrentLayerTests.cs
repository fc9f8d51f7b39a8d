using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tests.Layers;

/// <summary>A normalised recurrent layer computes what its paper says, and obeys the same settings as others.</summary>
public sealed class RecurrentLayerTests
{
    private static readonly StepOptions _training = new(RecordGradients: true, Dropout: true, Seed: 3, Update: 1);

    public static TheoryData<RecurrentCell> Normed => [RecurrentCell.Tanh, RecurrentCell.Gru, RecurrentCell.Lstm];

    [Fact]
    public void A_normed_lstm_normalises_both_products_and_the_cell_on_its_way_to_the_state()
    {
        const int Width = 3;
        using var set = new ParameterSet();
        RecurrentLayer layer = Make(set, new() { Cell = RecurrentCell.Lstm, Width = Width, LayerNorm = true }, 2);
        int[] lengths = [2, 4];
        float[] inputs = GradientCheck.Values(2 * lengths.Sum(), 1);
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout(lengths).InTime();
            Tensor products = layer.Products(step.From(inputs, [lengths.Sum(), 2]).ToTime(time));
            float[] states = layer.Forward(layer.Pass(time), products, default).Hidden.FromTime(time).ToArray();
            float[] expected = [.. Expected(set, inputs[..4], Width), .. Expected(set, inputs[4..], Width)];
            GoldenFile.Close(expected, states, "hidden states", 4e-6);
        }
    }

    [Theory, MemberData(nameof(Normed))]
    public void A_normed_layer_hides_the_same_columns_from_its_product_at_all_steps_of_a_sentence(RecurrentCell cell)
    {
        const int Width = 32;
        using var set = new ParameterSet();
        RecurrentLayer layer = Make(set, new() { Cell = cell, Width = Width, LayerNorm = true, RecurrentDropout = 0.5f }, 4);
        using var step = new Step();
        using (step.Begin(_training))
        {
            TimeLayout time = step.Layout([6], [9]).InTime();
            Tensor products = layer.Products(step.From(GradientCheck.Values(24, 1), [6, 4]));
            step.Backward(layer.Forward(layer.Pass(time), products, default).Hidden.Sum());
        }

        // A column of the state that no step's product saw gives its weights no gradient.
        float[] gradient = set.All.Single(parameter => parameter.Names[0] == "recurrent.weight").Gradient.ToArray();
        int hidden = Enumerable.Range(0, Width).Count(column => gradient.Where((_, i) => i % Width == column).All(value => value == 0));
        Assert.InRange(hidden, 8, 24);
    }

    [Theory, MemberData(nameof(Normed))]
    public void Gradients_of_a_normed_layer_do_not_cross_a_boundary(RecurrentCell cell)
    {
        Assert.Equal([false, false, true, true], Reached(cell, detachEvery: 2));
        Assert.Equal([true, true, true, true], Reached(cell, detachEvery: 0));
    }

    /// <summary>Which of four steps' inputs the gradient of the last state reaches.</summary>
    private static bool[] Reached(RecurrentCell cell, int detachEvery)
    {
        using var set = new ParameterSet();
        Parameter? inputs = null;
        RecurrentLayer layer = Make(
            set, new() { Cell = cell, Width = 3, LayerNorm = true, DetachEvery = detachEvery }, 2, weights => inputs = weights.Get("inputs", [4, 2], Initializer.Zeros));
        using var step = new Step();
        using (step.Begin(_training))
        {
            TimeLayout time = step.Layout([4]).InTime();
            Tensor hidden = layer.Forward(layer.Pass(time), layer.Products(step.Use(inputs!)), default).Hidden;
            step.Backward(hidden.RowRange(3, 1).Multiply(step.From([1, 2, 4], [1, 3])).Sum());
        }

        return [.. inputs!.Gradient.ToArray().Chunk(2).Select(row => row.Any(value => value != 0))];
    }

    /// <summary>A layer whose every weight is a number of its own, gains and biases of norms included.</summary>
    private static RecurrentLayer Make(ParameterSet set, RecurrentStackOptions options, int inputWidth, Action<INamedWeights>? more = null)
    {
        var weights = new FreshWeights(set);
        RecurrentLayer layer = new(options, inputWidth, weights);
        more?.Invoke(weights);
        weights.Draw(1);
        set.Values.CopyFrom(GradientCheck.Values(set.Values.Shape.Count, 7));
        set.MarkChanged();
        return layer;
    }

    /// <summary>One sentence's states by equations 20 to 22 of Ba et al. 2016; the blocks are input, forget, content and output gate.</summary>
    private static float[] Expected(ParameterSet set, float[] inputs, int width)
    {
        var states = new List<float>();
        double[] hidden = new double[width];
        double[] cell = new double[width];
        foreach (float[] x in inputs.Chunk(2))
        {
            double[] fromInput = Norm(set, "input_norm", Product(set, "input.weight", [.. x.Select(value => (double)value)]));
            double[] fromState = Norm(set, "recurrent_norm", Product(set, "recurrent.weight", hidden));
            double[] a = [.. fromInput.Zip(fromState, (left, right) => left + right)];
            for (int i = 0; i < width; i++)
            {
                cell[i] = (Sigmoid(a[width + i]) * cell[i]) + (Sigmoid(a[i]) * Math.Tanh(a[(2 * width) + i]));
            }

            double[] normed = Norm(set, "cell_norm", cell);
            hidden = [.. Enumerable.Range(0, width).Select(i => Sigmoid(a[(3 * width) + i]) * Math.Tanh(normed[i]))];
            states.AddRange(hidden.Select(value => (float)value));
        }

        return [.. states];
    }

    private static double[] Product(ParameterSet set, string name, double[] x) =>
        [.. Named(set, name).Chunk(x.Length).Select(row => row.Zip(x, (weight, value) => weight * value).Sum())];

    private static double[] Norm(ParameterSet set, string name, double[] x)
    {
        double mean = x.Average();
        double deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
        (float[] gain, float[] bias) = (Named(set, $"{name}.weight"), Named(set, $"{name}.bias"));
        return [.. x.Select((value, i) => (gain[i] * (value - mean) / deviation) + bias[i])];
    }

    private static float[] Named(ParameterSet set, string name) =>
        set.TryGet(name, out Tensor weights) ? weights.ToArray() : throw new KeyNotFoundException($"The layer has no {name}.");

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
