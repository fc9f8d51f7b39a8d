using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Golden;

/// <summary>Runs ops on the inputs of <c>tests/golden/ops.safetensors</c> and compares results and gradients with PyTorch's.</summary>
internal static class GoldenOps
{
    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("ops.safetensors"));

    internal static GoldenFile File => _file.Value;

    /// <summary>Checks a result and the gradients of all inputs, where every element of the result has a weight of its own in the sum that is differentiated.</summary>
    internal static void Check(string name, Func<Step, Tensor[], Tensor> op)
    {
        (ParameterSet set, Parameter[] inputs) = Inputs(name);
        using (set)
        using (var step = new Step(set.Device))
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor y = op(step, [.. inputs.Select(input => step.Use(input))]);
            Assert.Equal(new Shape(File.Shape($"{name}/y")), y.Shape);
            GoldenFile.Close(File.Floats($"{name}/y"), y.ToArray(), $"{name}/y");
            step.Backward(y.Multiply(step.From(File.Floats($"{name}/w"), y.Shape)).Sum());
            CheckGradients(name, inputs);
        }
    }

    /// <summary>Checks a loss, its parts by row and the gradients of all inputs.</summary>
    internal static void CheckLoss(string name, Func<Tensor[], int[], CrossEntropyResult> loss)
    {
        (ParameterSet set, Parameter[] inputs) = Inputs(name);
        using (set)
        using (var step = new Step(set.Device))
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            CrossEntropyResult result = loss([.. inputs.Select(input => step.Use(input))], File.Ints($"{name}/targets"));
            GoldenFile.Close(File.Floats($"{name}/loss"), result.Loss.ToArray(), $"{name}/loss");
            GoldenFile.Close(File.Floats($"{name}/nll"), result.LogLikelihoods.ToArray(), $"{name}/nll");
            Assert.Equal(File.Floats($"{name}/correct"), result.Correct.ToArray());
            step.Backward(result.Loss);
            CheckGradients(name, inputs);
        }
    }

    private static (ParameterSet Set, Parameter[] Inputs) Inputs(string name)
    {
        var set = new ParameterSet();
        var inputs = new List<Parameter>();
        for (int i = 0; File.Has($"{name}/x{i}"); i++)
        {
            inputs.Add(set.Add([$"x{i}"], new Shape(File.Shape($"{name}/x{i}"))));
        }

        set.Allocate();
        foreach (Parameter input in inputs)
        {
            input.Value.CopyFrom(File.Floats($"{name}/{input.Names[0]}"));
        }

        set.MarkChanged();
        return (set, [.. inputs]);
    }

    private static void CheckGradients(string name, Parameter[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            GoldenFile.Close(File.Floats($"{name}/g{i}"), inputs[i].Gradient.ToArray(), $"{name}/g{i}");
        }
    }
}
