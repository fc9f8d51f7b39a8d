using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>Every op's gradient agrees with differences of the op itself.</summary>
public sealed class GradientTests
{
    private static readonly int[] Lengths = [3, 1, 4];

    public static TheoryData<Activation> Activations => new(Enum.GetValues<Activation>());

    [Theory, MemberData(nameof(Activations))]
    public void Linear_with_bias_and_activation(Activation activation) =>
        GradientCheck.Run([[5, 3], [4, 3], [4]], (_, x) => x[0].Linear(x[1], x[2], activation));

    [Theory, MemberData(nameof(Activations))]
    public void Linear_added_to_another_product(Activation activation) => GradientCheck.Run(
        [[5, 3], [4, 3], [4], [5, 4]], (_, x) => x[0].Linear(x[1], x[2], activation, addTo: x[3]).Add(x[3]));

    [Fact]
    public void Linear_without_bias() => GradientCheck.Run([[5, 3], [4, 3]], (_, x) => x[0].Linear(x[1]));

    [Fact]
    public void MatMul_of_matrices() => GradientCheck.Run([[3, 5], [5, 2]], (_, x) => x[0].MatMul(x[1]));

    [Fact]
    public void MatMul_of_batches() => GradientCheck.Run([[2, 3, 4], [2, 4, 2]], (_, x) => x[0].MatMul(x[1]));

    [Fact]
    public void Add_uses_both_sides() => GradientCheck.Run([[2, 3], [2, 3]], (_, x) => x[0].Add(x[1]).Add(x[0]));

    [Fact]
    public void Multiply_uses_both_sides() => GradientCheck.Run([[2, 3], [2, 3]], (_, x) => x[0].Multiply(x[1]).Multiply(x[0]));

    [Fact]
    public void Scale_by_a_number() => GradientCheck.Run([[7]], (_, x) => x[0].Scale(-2.5f));

    [Theory, MemberData(nameof(Activations))]
    public void Activate_alone(Activation activation) => GradientCheck.Run([[3, 5]], (_, x) => x[0].Activate(activation));

    [Theory, MemberData(nameof(Activations))]
    public void Gate_by_activation(Activation activation) => GradientCheck.Run([[3, 8]], (_, x) => x[0].Gate(activation));

    [Fact]
    public void Softmax_of_rows() => GradientCheck.Run([[3, 5]], (_, x) => x[0].Softmax());

    [Fact]
    public void LogSoftmax_of_rows() => GradientCheck.Run([[3, 5]], (_, x) => x[0].LogSoftmax());

    [Fact]
    public void LayerNorm_with_gain_and_bias() => GradientCheck.Run([[4, 6], [6], [6]], (_, x) => x[0].LayerNorm(x[1], x[2]));

    [Fact]
    public void RmsNorm_with_gain() => GradientCheck.Run([[4, 6], [6]], (_, x) => x[0].RmsNorm(x[1]));

    [Fact]
    public void Gather_adds_up_repeated_ids() =>
        GradientCheck.Run([[4, 3]], (step, x) => x[0].Gather(step, [2, 0, 2, 2, 3], 1.5f));

    [Fact]
    public void AddPositions_with_a_trained_table() =>
        GradientCheck.Run([[8, 3], [5, 3]], (step, x) => x[0].AddPositions(x[1], step.Layout(Lengths)));

    [Fact]
    public void Dropout_with_a_residual() => GradientCheck.Run(
        [[8, 6], [8, 6]], (step, x) => x[0].Dropout(0.4f, step.Layout(Lengths), x[1]), new StepOptions(Dropout: true, Seed: 7));

    [Fact]
    public void Columns_and_concatenate() =>
        GradientCheck.Run([[3, 5], [3, 2]], (_, x) => x[0].Columns(1, 3).Concatenate(x[1]).Concatenate(x[0]));

    [Fact]
    public void Transpose_a_matrix() => GradientCheck.Run([[3, 5]], (_, x) => x[0].Transpose());

    [Fact]
    public void Reshape_passes_gradients() => GradientCheck.Run([[3, 4]], (_, x) => x[0].Reshape([2, 6]).Softmax());

    [Fact]
    public void Sums_and_means()
    {
        GradientCheck.Run([[3, 5]], (_, x) => x[0].Multiply(x[0]).Sum());
        GradientCheck.Run([[3, 5]], (_, x) => x[0].Multiply(x[0]).Mean());
        GradientCheck.Run([[3, 5]], (_, x) => x[0].RowSums());
        GradientCheck.Run([[3, 5]], (_, x) => x[0].ColumnSums());
    }

    [Fact]
    public void Rotate_some_columns() =>
        GradientCheck.Run([[8, 12]], (step, x) => x[0].Rotate(step.Layout(Lengths), 2, 8, 10));

    [Theory]
    [InlineData(true, 0f)]
    [InlineData(false, 0f)]
    [InlineData(true, 0.3f)]
    public void SelfAttention_over_sentences(bool causal, float dropout) => GradientCheck.Run(
        [[8, 12]], (step, x) => x[0].SelfAttention(step.Layout(Lengths), 2, causal, dropout), new StepOptions(Dropout: true, Seed: 3));

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void CrossAttention_between_sentences(float dropout) => GradientCheck.Run(
        [[8, 4], [6, 8]],
        (step, x) => x[0].CrossAttention(step.Layout(Lengths), x[1], step.Layout([2, 3, 1]), 2, dropout),
        new StepOptions(Dropout: true, Seed: 3));

    [Fact]
    public void CrossAttention_adds_to_what_flows_in_elsewhere() => GradientCheck.Run(
        [[8, 4], [6, 8]],
        (step, x) =>
        {
            SequenceLayout target = step.Layout(Lengths);
            SequenceLayout source = step.Layout([2, 3, 1]);
            Tensor once = x[0].CrossAttention(target, x[1], source, 2);
            return once.CrossAttention(target, x[1], source, 2).Add(once);
        });

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void CrossEntropy_of_logits(float smoothing) =>
        GradientCheck.Run([[5, 7]], (_, x) => x[0].CrossEntropy([0, 6, 3, 3, 1], smoothing).Loss);

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void ProjectedCrossEntropy_with_bias(float smoothing) => GradientCheck.Run(
        [[5, 3], [7, 3], [7]],
        (_, x) => x[0].Scale(1).ProjectedCrossEntropy(x[1], x[2], [0, 6, 3, 3, 1], smoothing).Loss);
}
