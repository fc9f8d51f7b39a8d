using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests;

/// <summary>Numbers in and out, and a sentence for everything that does not fit.</summary>
public sealed class TensorTests
{
    /// <summary>Each op given sizes that do not fit, and what its sentence must hold.</summary>
    public static TheoryData<string, string> WrongSizes => new()
    {
        { "Add", "Add of [2, 3] and [3, 2]: both must have the same shape." },
        { "Multiply", "Multiply of [2, 3] and [3, 2]: both must have the same shape." },
        { "MatMul", "MatMul of [2, 3] by [2, 3]: the last size on the left (3) must equal the second to last on the right. Did one of them need to be transposed?" },
        { "Linear width", "Linear: the input has shape [2, 3], whose last size must be 2." },
        { "Linear bias", "Linear's bias of [3] and [4]: both must have the same shape." },
        { "Linear rank", "Linear: the weight has shape [3], but 2 sizes are needed." },
        { "Gate", "Gate: the input has shape [2, 3], whose last size must be 4." },
        { "LayerNorm", "LayerNorm's gain of [2] and [3]: both must have the same shape." },
        { "RmsNorm", "RmsNorm's gain of [2] and [3]: both must have the same shape." },
        { "Softmax", "Softmax: the input has shape [2, 0], whose last size must be 1." },
        { "Columns", "Columns: the range from 2 with length 2 does not lie within 0 to 3." },
        { "Concatenate", "Concatenate: the right side has shape [3, 2], that is 3 rows, where 2 are needed." },
        { "Transpose", "Transpose: the input has shape [3], but 2 sizes are needed." },
        { "Reshape", "Reshape of [2, 3] (6 elements) to [4] (4 elements): the number of elements must stay the same." },
        { "SelfAttention heads", "Attention over width 1 with 2 heads: the width must be a multiple of the number of heads." },
        { "SelfAttention rows", "SelfAttention: the input has shape [2, 3], that is 2 rows, where 3 are needed." },
        { "CrossAttention", "CrossAttention: the keys and values has shape [2, 3], whose last size must be 6." },
        { "Dropout", "Dropout: the input has shape [2, 3], that is 2 rows, where 3 are needed." },
        { "Rotate", "Attention over width 3 with 2 heads: the width must be a multiple of the number of heads." },
        { "AddPositions", "AddPositions: the positions from 0 with length 2 does not lie within 0 to 1." },
        { "CrossEntropy", "CrossEntropy of 2 rows with 1 targets: there must be one target for each row." },
        { "Projected rank", "ProjectedCrossEntropy: the weight has shape [3], but 2 sizes are needed." },
        { "Projected bias", "ProjectedCrossEntropy's bias of [3] and [4]: both must have the same shape." },
    };

    [Fact]
    public void Numbers_come_out_as_they_went_in()
    {
        Tensor tensor = Tensor.From([1, 2, 3, 4, 5, 6], [2, 3]);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.ToArray());
        tensor.CopyFrom(2, [30, 40]);
        var part = new float[3];
        tensor.CopyTo(1, part);
        Assert.Equal([2, 30, 40], part);
        Assert.Equal([0, 0], Tensor.Zeros([2]).ToArray());
        Assert.Equal(7, Tensor.From([7], [1]).Item());
    }

    [Fact]
    public void A_tensor_takes_the_numbers_of_another_of_its_shape_only()
    {
        Tensor target = Tensor.Zeros([2, 2]);
        target.CopyFrom(Tensor.From([1, 2, 3, 4], [2, 2]));
        Assert.Equal([1, 2, 3, 4], target.ToArray());
        Assert.Equal("CopyFrom of [2, 2] and [4]: both must have the same shape.", Assert.Throws<ShapeException>(() => target.CopyFrom(Tensor.Zeros([4]))).Message);
    }

    [Fact]
    public void Runs_beyond_the_end_and_counts_that_differ_are_refused()
    {
        Tensor tensor = Tensor.Zeros([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyFrom(5, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.CopyTo(-1, new float[1]));
        Assert.Throws<ArgumentException>(() => tensor.CopyTo(new float[5]));
        Assert.Throws<ShapeException>(() => tensor.CopyFrom(new float[5]));
        Assert.Throws<ShapeException>(() => tensor.Item());
        Assert.Throws<ShapeException>(() => Tensor.From([1, 2], [3]));
    }

    [Fact]
    public void The_absent_tensor_says_that_it_is_missing()
    {
        Assert.True(default(Tensor).IsNone);
        Assert.Equal("no tensor", default(Tensor).ToString());
        Assert.Contains("A tensor is missing here", Assert.Throws<InvalidOperationException>(() => default(Tensor).ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_sizes_and_finiteness_are_told()
    {
        Tensor tensor = Tensor.From([3, -4, 0], [3]);
        Assert.Equal((-1.0, 5.0, true), (tensor.Total(), tensor.Norm(), tensor.IsFinite()));
        tensor.CopyFrom([1, float.NaN, 2]);
        Assert.False(tensor.IsFinite());
    }

    [Theory, MemberData(nameof(WrongSizes))]
    public void Sizes_that_do_not_fit_are_named(string operation, string sentence)
    {
        using var step = new Step();
        using (step.Begin())
        {
            var fault = Assert.Throws<ShapeException>(() => Misuse(operation, step, step.From(new float[6], [2, 3])));
            Assert.Equal(sentence, fault.Message);
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1)]
    [InlineData(float.NaN)]
    public void A_chance_outside_its_range_is_refused_by_dropout_and_by_attention(float chance)
    {
        using var step = new Step();
        using (step.Begin(new StepOptions(Dropout: true)))
        {
            SequenceLayout layout = step.Layout([2]);
            Tensor x = step.From(new float[6], [2, 3]);
            Assert.Throws<ArgumentOutOfRangeException>(() => x.Dropout(chance, layout));
            Assert.Throws<ArgumentOutOfRangeException>(() => x.SelfAttention(layout, 1, false, chance));
        }
    }

    [Fact]
    public void Ids_targets_and_smoothing_outside_their_range_are_refused()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From(new float[6], [2, 3]);
            Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(step, [2]));
            Assert.Throws<ArgumentOutOfRangeException>(() => x.Gather(step, [-1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy([0, 3]));
            Assert.Throws<ArgumentOutOfRangeException>(() => x.CrossEntropy([0, 1], float.NaN));
            Assert.Throws<ArgumentOutOfRangeException>(() => x.ProjectedCrossEntropy(Tensor.Zeros([4, 3]), default, [0, 1], 1.5f));
        }
    }

    private static Tensor Misuse(string operation, Step step, Tensor x) => operation switch
    {
        "Add" => x.Add(Tensor.Zeros([3, 2])),
        "Multiply" => x.Multiply(Tensor.Zeros([3, 2])),
        "MatMul" => x.MatMul(Tensor.Zeros([2, 3])),
        "Linear width" => x.Linear(Tensor.Zeros([4, 2])),
        "Linear bias" => x.Linear(Tensor.Zeros([4, 3]), Tensor.Zeros([3])),
        "Linear rank" => x.Linear(Tensor.Zeros([3])),
        "Gate" => x.Gate(Activation.Relu),
        "LayerNorm" => x.LayerNorm(Tensor.Zeros([2]), Tensor.Zeros([3])),
        "RmsNorm" => x.RmsNorm(Tensor.Zeros([2])),
        "Softmax" => step.From([], [2, 0]).Softmax(),
        "Columns" => x.Columns(2, 2),
        "Concatenate" => x.Concatenate(Tensor.Zeros([3, 2])),
        "Transpose" => step.From(new float[3], [3]).Transpose(),
        "Reshape" => x.Reshape([4]),
        "SelfAttention heads" => x.SelfAttention(step.Layout([2]), 2, false),
        "SelfAttention rows" => x.SelfAttention(step.Layout([3]), 1, false),
        "CrossAttention" => x.CrossAttention(step.Layout([2]), x, step.Layout([2]), 1),
        "Dropout" => x.Dropout(0, step.Layout([1, 2])),
        "Rotate" => x.Rotate(step.Layout([2]), 1, 3),
        "AddPositions" => x.AddPositions(Tensor.Zeros([1, 3]), step.Layout([2])),
        "CrossEntropy" => x.CrossEntropy([0]).Loss,
        "Projected rank" => x.ProjectedCrossEntropy(Tensor.Zeros([3]), default, [0, 1]).Loss,
        "Projected bias" => x.ProjectedCrossEntropy(Tensor.Zeros([4, 3]), Tensor.Zeros([3]), [0, 1]).Loss,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    [Fact]
    public void Linear_added_to_another_has_the_bits_of_one_product_over_both()
    {
        Tensor left = Tensor.From(GradientCheck.Values(7 * 5, 1), [7, 5]);
        Tensor right = Tensor.From(GradientCheck.Values(7 * 3, 2), [7, 3]);
        Tensor leftWeight = Tensor.From(GradientCheck.Values(9 * 5, 3), [9, 5]);
        Tensor rightWeight = Tensor.From(GradientCheck.Values(9 * 3, 4), [9, 3]);
        Assert.Equal(
            left.Concatenate(right).Linear(leftWeight.Concatenate(rightWeight)).ToArray(),
            right.Linear(rightWeight, addTo: left.Linear(leftWeight)).ToArray());
        Assert.Throws<ShapeException>(() => right.Linear(rightWeight, addTo: left));
    }
}
