namespace Sequor.Tensors.Tests.Golden;

/// <summary>Every layer op gives what PyTorch gives, and so does the gradient of each of its inputs.</summary>
public sealed class GoldenOpTests
{
    public static TheoryData<Activation> Activations => new(Enum.GetValues<Activation>());

    [Theory, MemberData(nameof(Activations))]
    public void Linear_agrees_with_every_activation(Activation activation) =>
        GoldenOps.Check($"linear.{activation}", (_, x) => x[0].Linear(x[1], x[2], activation));

    [Theory, MemberData(nameof(Activations))]
    public void Activations_agree(Activation activation) =>
        GoldenOps.Check($"activate.{activation}", (_, x) => x[0].Activate(activation));

    [Theory, MemberData(nameof(Activations))]
    public void Gated_units_agree(Activation activation) =>
        GoldenOps.Check($"gate.{activation}", (_, x) => x[0].Gate(activation));

    [Fact]
    public void Linear_without_bias_agrees() => GoldenOps.Check("linear.no_bias", (_, x) => x[0].Linear(x[1]));

    [Theory]
    [InlineData("matmul")]
    [InlineData("matmul.batch")]
    public void MatMul_agrees(string name) => GoldenOps.Check(name, (_, x) => x[0].MatMul(x[1]));

    [Fact]
    public void LayerNorm_agrees_beside_a_large_mean() => GoldenOps.Check("layer_norm", (_, x) => x[0].LayerNorm(x[1], x[2]));

    [Fact]
    public void RmsNorm_agrees() => GoldenOps.Check("rms_norm", (_, x) => x[0].RmsNorm(x[1]));

    [Theory]
    [InlineData("softmax")]
    [InlineData("softmax.large")]
    public void Softmax_agrees(string name) => GoldenOps.Check(name, (_, x) => x[0].Softmax());

    [Fact]
    public void LogSoftmax_agrees() => GoldenOps.Check("log_softmax", (_, x) => x[0].LogSoftmax());

    [Fact]
    public void Gather_agrees_where_ids_repeat() => GoldenOps.Check(
        "gather", (step, x) => x[0].Gather(step, GoldenOps.File.Ints("gather/ids"), MathF.Sqrt(13)));

    [Fact]
    public void AddPositions_agrees_over_ragged_sentences() => GoldenOps.Check(
        "positions", (step, x) => x[0].AddPositions(x[1], step.Layout(GoldenOps.File.Ints("positions/lengths"))));

    [Theory]
    [InlineData("self_attention.all", false)]
    [InlineData("self_attention.causal", true)]
    public void SelfAttention_agrees_over_ragged_sentences(string name, bool causal) => GoldenOps.Check(
        name, (step, x) => x[0].SelfAttention(step.Layout(GoldenOps.File.Ints($"{name}/lengths")), heads: 3, causal));

    [Fact]
    public void CrossAttention_agrees_over_ragged_sentences() => GoldenOps.Check(
        "cross_attention",
        (step, x) => x[0].CrossAttention(
            step.Layout(GoldenOps.File.Ints("cross_attention/lengths")), x[1],
            step.Layout(GoldenOps.File.Ints("cross_attention/source_lengths")), heads: 2));

    [Fact]
    public void Rotate_is_a_product_of_complex_numbers() => GoldenOps.Check(
        "rotate", (step, x) => x[0].Rotate(step.Layout(GoldenOps.File.Ints("rotate/lengths")), heads: 2, columns: 24));

    [Theory]
    [InlineData("cross_entropy.hard", 0f)]
    [InlineData("cross_entropy.smooth", 0.1f)]
    [InlineData("cross_entropy.large", 0.1f)]
    public void CrossEntropy_agrees(string name, float smoothing) =>
        GoldenOps.CheckLoss(name, (x, targets) => x[0].CrossEntropy(targets, smoothing));

    [Theory]
    [InlineData("projected.hard", 0f)]
    [InlineData("projected.smooth", 0.1f)]
    [InlineData("projected.many_rows", 0.1f)]
    public void ProjectedCrossEntropy_agrees_in_one_chunk_and_in_several(string name, float smoothing) =>
        GoldenOps.CheckLoss(name, (x, targets) => x[0].ProjectedCrossEntropy(x[1], x[2], targets, smoothing));

    [Fact]
    public void ProjectedCrossEntropy_agrees_without_bias() =>
        GoldenOps.CheckLoss("projected.no_bias", (x, targets) => x[0].ProjectedCrossEntropy(x[1], default, targets, 0.1f));
}
