using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Golden;

/// <summary>Runs ops on the inputs of <c>tests/golden/ops.safetensors</c> and compares results and gradients with PyTorch's.</summary>
internal static class GoldenOps
{
    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("ops.safetensors"));

    internal static GoldenFile File => _file.Value;

    /// <summary>Checks a result and the gradients of all inputs, where every element of the result has a weight of its own in the sum that is differentiated.</summary>
    internal static void Check(string name, Func<Step, Tensor[], Tensor> op) => Check(File, name, op);

    /// <summary>As <see cref="Check(string, Func{Step, Tensor[], Tensor})"/> with the numbers of another file of the same form.</summary>
    internal static void Check(GoldenFile file, string name, Func<Step, Tensor[], Tensor> op)
    {
        (ParameterSet set, Parameter[] inputs) = Inputs(file, name);
        using (set)
        using (var step = new Step(set.Device))
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor y = op(step, [.. inputs.Select(input => step.Use(input))]);
            Assert.Equal(new Shape(file.Shape($"{name}/y")), y.Shape);
            GoldenFile.Close(file.Floats($"{name}/y"), y.ToArray(), $"{name}/y");
            step.Backward(y.Multiply(step.From(file.Floats($"{name}/w"), y.Shape)).Sum());
            CheckGradients(file, name, inputs);
        }
    }

    /// <summary>Checks a loss, its parts by row and the gradients of all inputs.</summary>
    internal static void CheckLoss(string name, Func<Tensor[], int[], CrossEntropyResult> loss)
    {
        (ParameterSet set, Parameter[] inputs) = Inputs(File, name);
        using (set)
        using (var step = new Step(set.Device))
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            CrossEntropyResult result = loss([.. inputs.Select(input => step.Use(input))], File.Ints($"{name}/targets"));
            GoldenFile.Close(File.Floats($"{name}/loss"), result.Loss.ToArray(), $"{name}/loss");
            GoldenFile.Close(File.Floats($"{name}/nll"), result.LogLikelihoods.ToArray(), $"{name}/nll");
            Assert.Equal(File.Floats($"{name}/correct"), result.Correct.ToArray());
            step.Backward(result.Loss);
            CheckGradients(File, name, inputs);
        }
    }

    private static (ParameterSet Set, Parameter[] Inputs) Inputs(GoldenFile file, string name)
    {
        var set = new ParameterSet();
        var inputs = new List<Parameter>();
        for (int i = 0; file.Has($"{name}/x{i}"); i++)
        {
            inputs.Add(set.Add([$"x{i}"], new Shape(file.Shape($"{name}/x{i}"))));
        }

        set.Allocate();
        foreach (Parameter input in inputs)
        {
            input.Value.CopyFrom(file.Floats($"{name}/{input.Names[0]}"));
        }

        set.MarkChanged();
        return (set, [.. inputs]);
    }

    private static void CheckGradients(GoldenFile file, string name, Parameter[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            GoldenFile.Close(file.Floats($"{name}/g{i}"), inputs[i].Gradient.ToArray(), $"{name}/g{i}");
        }
    }
}
