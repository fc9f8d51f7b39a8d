using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Xunit;

namespace Sequor.Testing;

/// <summary>Compares the gradients that the tape works out with differences of the function itself.</summary>
public static class GradientCheck
{
    /// <summary>
    /// Checks d f / d input for every element of every input, with central differences. Before the way back every tensor of the step is discarded,
    /// so that an op which reads more than it kept is found out.
    /// </summary>
    /// <param name="shapes">The sizes of the inputs.</param>
    /// <param name="function">Makes a tensor of any shape from the inputs; it is summed with fixed uneven weights.</param>
    /// <param name="options">Dropout and seed of the steps.</param>
    /// <param name="tolerance">Greatest difference, relative to 1 + the gradient's size.</param>
    /// <param name="device">Where to run; the default device when left out.</param>
    public static void Run(
        IReadOnlyList<int[]> shapes, Func<Step, Tensor[], Tensor> function, StepOptions options = default, float tolerance = 2e-2f, Device? device = null)
    {
        using var set = new ParameterSet(device);
        Parameter[] parameters = [.. shapes.Select((shape, i) => set.Add([$"input{i}"], new Shape(shape)))];
        set.Allocate();
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].Value.CopyFrom(Values(parameters[i].Shape.Count, 10 + i));
        }

        using var step = new Step(set.Device);
        options = options with { RecordGradients = true };
        Evaluate(step, options, parameters, function, backward: true);
        int checkedCount = 0;
        foreach (Parameter parameter in parameters)
        {
            float[] gradient = parameter.Gradient.ToArray();
            float[] values = parameter.Value.ToArray();
            for (int k = 0; k < values.Length; k++)
            {
                const float Distance = 1e-2f;
                float original = values[k];
                double Moved(float value)
                {
                    values[k] = value;
                    parameter.Value.CopyFrom(values);
                    set.MarkChanged();
                    return Evaluate(step, options, parameters, function, backward: false);
                }

                double numeric = (Moved(original + Distance) - Moved(original - Distance)) / (2.0 * Distance);
                Moved(original);
                Assert.True(
                    Math.Abs(numeric - gradient[k]) <= tolerance * (1 + Math.Abs(numeric)),
                    $"{parameter.Names[0]}[{k}]: the tape says {gradient[k]}, differences say {numeric}.");
                checkedCount++;
            }
        }

        Assert.True(checkedCount > 0);
    }

    /// <summary>Numbers between -1 and 1 that repeat no pattern.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Which.</param>
    public static float[] Values(long count, int seed)
    {
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((2 * RandomKeys.Uniform(RandomKeys.Mix((ulong)seed, (ulong)i))) - 1);
        }

        return values;
    }

    private static double Evaluate(
        Step step, StepOptions options, Parameter[] parameters, Func<Step, Tensor[], Tensor> function, bool backward)
    {
        using (step.Begin(options))
        {
            Tensor result = function(step, [.. parameters.Select(parameter => step.Use(parameter).Scale(1))]);
            if (result.Shape.Count == 1)
            {
                return Finish(step, result, backward);
            }

            // Uneven weights, so that errors that cancel in a plain sum show.
            float[] weights = Values(result.Shape.Count, 99);
            if (!backward)
            {
                double sum = 0;
                float[] values = result.ToArray();
                for (int i = 0; i < values.Length; i++)
                {
                    sum += (double)weights[i] * values[i];
                }

                return sum;
            }

            return Finish(step, result.Multiply(step.From(weights, result.Shape)).Sum(), backward);
        }
    }

    private static double Finish(Step step, Tensor loss, bool backward)
    {
        if (backward)
        {
            step.DiscardAllBut(loss);
            step.Backward(loss);
        }

        return loss.Item();
    }
}
