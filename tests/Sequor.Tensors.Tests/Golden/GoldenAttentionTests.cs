using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Golden;

/// <summary>The attention functions of recurrent decoders give what padded and masked ones written with PyTorch give, and so do all gradients.</summary>
public sealed class GoldenAttentionTests
{
    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("attention.safetensors"));

    [Fact]
    public void Additive_attention_agrees() => Check("additive", (_, readers, x) =>
        x[0].Linear(x[1]).AdditiveScores(x[2].Linear(x[3]), x[4], readers).SoftmaxOverSource(readers).WeightedSum(x[2], readers));

    [Fact]
    public void Normed_additive_attention_agrees() => Check("normed", (step, readers, x) =>
        x[0].Linear(x[1], x[2]).AdditiveScores(x[3].Linear(x[4]), x[5].WeightNorm(step, x[6]), readers)
            .SoftmaxOverSource(readers).WeightedSum(x[3], readers));

    [Fact]
    public void General_attention_agrees() => Check("general", (_, readers, x) =>
        x[0].MatMul(x[1]).DotScores(x[2], readers).SoftmaxOverSource(readers).WeightedSum(x[2], readers));

    [Fact]
    public void Concat_is_additive_attention_with_the_halves_of_its_weight() => Check("concat", (_, readers, x) =>
        x[0].Linear(x[1].Columns(0, 12)).AdditiveScores(x[2].Linear(x[1].Columns(12, 12)), x[3], readers)
            .SoftmaxOverSource(readers).WeightedSum(x[2], readers));

    [Fact]
    public void Multi_head_attention_agrees_where_values_have_a_width_of_their_own() => Check("multi_head", (_, readers, x) =>
        x[0].DotScores(x[1], readers, heads: 3, scale: 0.5f).SoftmaxOverSource(readers).WeightedSum(x[2], readers));

    [Fact]
    public void Location_aware_attention_agrees_over_two_steps() => Check("location", (_, readers, x) =>
    {
        Tensor Weigh(Tensor earlier) => x[0].AdditiveScores(x[1], x[2], readers, earlier.LocationFeatures(x[5], readers), x[6]).SoftmaxOverSource(readers);
        return Weigh(Weigh(x[4].SoftmaxOverSource(readers))).WeightedSum(x[3], readers);
    });

    [Fact]
    public void Coverage_and_its_loss_agree_over_three_steps() => Check("coverage", (step, readers, x) =>
    {
        Tensor coverage = step.From(new float[readers.Count * readers.Columns], [readers.Count, readers.Columns]);
        Tensor all = default;
        for (int i = 0; i < 3; i++)
        {
            Tensor weights = x[0].AdditiveScores(x[1], x[2], readers, coverage, x[4]).SoftmaxOverSource(readers);
            Tensor results = weights.WeightedSum(x[3], readers).Concatenate(weights.CoverageLoss(coverage, readers));
            all = all.IsNone ? results : all.Concatenate(results);
            coverage = coverage.Add(weights);
        }

        return all;
    });

    [Fact]
    public void Local_attention_around_predicted_centres_agrees() => Check("local_predictive", (_, readers, x) =>
    {
        Tensor centres = x[0].Linear(x[1], default, Activation.Tanh).Linear(x[2].Reshape([1, 10]), default, Activation.Sigmoid).Multiply(readers.LengthsOfSources());
        return x[0].DotScores(x[3], readers).SoftmaxOverSource(readers, centres, 3).FocusOn(centres, 3, readers).WeightedSum(x[3], readers);
    });

    [Fact]
    public void Local_attention_around_given_centres_agrees() => Check("local_monotonic", (step, readers, x) =>
    {
        Tensor centres = step.From([.. _file.Value.Ints("centres").Select(centre => (float)centre)], [readers.Count, 1]);
        return x[0].DotScores(x[1], readers).SoftmaxOverSource(readers, centres, 1).WeightedSum(x[1], readers);
    });

    [Fact]
    public void The_loss_of_guided_attention_agrees() => Check("guided", (_, readers, x) => x[0].SoftmaxOverSource(readers).AlignmentLoss(
        [new(2, 4, 1), new(0, 8, 0.5f), new(5, 0, 0.75f), new(0, 2, 0.5f), new(3, 2, 0.25f)], readers));

    private static void Check(string name, Func<Step, SourceReaders, Tensor[], Tensor> attention) => GoldenOps.Check(
        _file.Value, name, (step, x) => attention(step, step.Layout(_file.Value.Ints("lengths")).Readers(_file.Value.Ints("read")), x));
}
