using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

public sealed class SourceAttentionTests
{
    // Five query rows: the second sentence is read by two of them, the third by none.
    private static readonly int[] Lengths = [3, 2, 1, 4];
    private static readonly int[] Read = [3, 1, 0, 1, 3];
    private static readonly AlignmentPoint[] Points = [new(3, 1, 0.5f), new(0, 3, 0.75f), new(2, 2, 1), new(0, 0, 0.25f)];

    [Fact]
    public void The_gradient_of_AdditiveScores_agrees_with_differences() => GradientCheck.Run(
        [[5, 6], [10, 6], [6]], (step, x) => x[0].AdditiveScores(x[1], x[2], Readers(step)));

    [Fact]
    public void The_gradient_of_AdditiveScores_with_features_agrees_with_differences() => GradientCheck.Run(
        [[5, 6], [10, 6], [6], [5, 4, 3], [6, 3]], (step, x) => x[0].AdditiveScores(x[1], x[2], Readers(step), x[3], x[4]));

    [Fact]
    public void The_gradient_of_a_normed_vector_agrees_with_differences() => GradientCheck.Run(
        [[6], [1]], (step, x) => x[0].WeightNorm(step, x[1]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_gradient_of_DotScores_agrees_with_differences(int heads) => GradientCheck.Run(
        [[5, 6], [10, 6]], (step, x) => x[0].DotScores(x[1], Readers(step), heads, 0.7f));

    [Fact]
    public void The_gradient_of_SoftmaxOverSource_agrees_with_differences() => GradientCheck.Run(
        [[10, 4]], (step, x) => x[0].SoftmaxOverSource(Readers(step)));

    [Fact]
    public void The_gradient_of_SoftmaxOverSource_in_a_window_agrees_with_differences() => GradientCheck.Run(
        [[5, 4]], (step, x) => x[0].SoftmaxOverSource(Readers(step), step.From([0.5f, 1, 9, -3, 2.2f], [5, 1]), 1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_gradient_of_WeightedSum_agrees_with_differences(int heads) => GradientCheck.Run(
        [[5 * heads, 4], [10, 6]], (step, x) => x[0].WeightedSum(x[1], Readers(step)));

    [Fact]
    public void Gradients_of_keys_and_values_add_up_over_time_steps() => GradientCheck.Run(
        [[5, 6], [10, 6], [6], [5, 6]],
        (step, x) =>
        {
            SourceReaders readers = Readers(step);
            Tensor first = x[0].AdditiveScores(x[1], x[2], readers).SoftmaxOverSource(readers).WeightedSum(x[1], readers);
            Tensor second = first.Add(x[3]).DotScores(x[1], readers).SoftmaxOverSource(readers).WeightedSum(x[1], readers);
            return second.Add(first);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_gradient_of_FocusOn_agrees_with_differences_in_weights_and_centres(int heads) => GradientCheck.Run(
        [[5 * heads, 4], [5 * heads, 1]], (step, x) => x[0].FocusOn(x[1].Scale(2), 3, Readers(step)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_gradient_of_LocationFeatures_agrees_with_differences(int heads) => GradientCheck.Run(
        [[5 * heads, 4], [3, 5]], (step, x) => x[0].LocationFeatures(x[1], Readers(step)));

    [Fact]
    public void The_gradient_of_CoverageLoss_agrees_with_differences() => GradientCheck.Run(
        [[10, 4], [10, 4]], (step, x) => x[0].CoverageLoss(x[1].Scale(-0.9f), Readers(step)));

    [Fact]
    public void The_gradient_of_AlignmentLoss_agrees_with_differences() => GradientCheck.Run(
        [[5, 4]], (step, x) => x[0].SoftmaxOverSource(Readers(step)).AlignmentLoss(Points, Readers(step)));

    [Fact]
    public void AlignmentLoss_is_the_cross_entropy_of_each_row_s_points_in_any_order()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        Tensor weights = step.From([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.5f, 0, 0, 0.2f, 0.3f, 0.5f, 0, 1, 0, 0, 0, 0.25f, 0.25f, 0.25f, 0.25f], [5, 4]);
        float[] losses = weights.AlignmentLoss(Points, Readers(step)).ToArray();

        // -(0.25 ln 0.1 + 0.75 ln 0.4), nothing, -ln 0.5, -0.5 ln 10^-20, nothing.
        Assert.Equal([1.262864f, 0, 0.693147f, 23.025851f, 0], losses, (a, b) => Math.Abs(a - b) < 2e-6f);
    }

    [Fact]
    public void CoverageLoss_is_what_two_rows_share_over_the_sentence()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SourceReaders readers = step.Layout([3, 2]).Readers([1, 0]);
        Tensor weights = step.From([0.25f, 0.75f, 9, 0.5f, 0.125f, 0.375f], [2, 3]);
        Tensor coverage = step.From([1, 0.5f, 9, 0, 2, 0.25f], [2, 3]);
        Assert.Equal([0.75f, 0.375f], weights.CoverageLoss(coverage, readers).ToArray());
    }

    [Fact]
    public void Location_features_see_nothing_beyond_the_sentence()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SourceReaders readers = step.Layout([3, 2]).Readers([1, 0]);
        Tensor weights = step.From([1, 2, 99, 3, 4, 5], [2, 3]);
        Tensor filters = step.From([1, 10, 100], [1, 3]);
        Assert.Equal([210, 21, 0, 430, 543, 54], weights.LocationFeatures(filters, readers).ToArray());
    }

    [Fact]
    public void Rows_of_sentences_have_gradients_that_agree_with_differences()
    {
        GradientCheck.Run([[10, 3]], (step, x) => x[0].SentenceMeans(step.Layout(Lengths)));
        GradientCheck.Run([[10, 3]], (step, x) => x[0].FirstOfEach(step.Layout(Lengths)).Add(x[0].LastOfEach(step.Layout(Lengths))));
        GradientCheck.Run([[4, 3]], (step, x) => x[0].ForEveryRow(step.Layout(Lengths)));
    }

    [Fact]
    public void Rows_of_sentences_are_means_ends_and_repetitions()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SequenceLayout layout = step.Layout([3, 1]);
        Tensor x = step.From([1, 2, 3, 4, 8, 9, 5, 7], [4, 2]);
        Assert.Equal([4, 5, 5, 7], x.SentenceMeans(layout).ToArray());
        Assert.Equal([1, 2, 5, 7], x.FirstOfEach(layout).ToArray());
        Assert.Equal([8, 9, 5, 7], x.LastOfEach(layout).ToArray());
        Assert.Equal([6, 6, 6, 7], step.From([6, 7], [2, 1]).ForEveryRow(layout).ToArray());
        Assert.Equal([1, 3, 3, 1], layout.Readers([1, 0, 0, 1]).LengthsOfSources().ToArray());
    }

    [Fact]
    public void Weights_add_up_to_1_over_the_row_s_own_sentence_and_are_0_behind_it()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        float[] weights = step.From(GradientCheck.Values(20, 1), [5, 4]).SoftmaxOverSource(Readers(step)).ToArray();
        for (int row = 0; row < 5; row++)
        {
            Assert.Equal(1, weights.AsSpan(4 * row, Lengths[Read[row]]).ToArray().Sum(), 1e-6);
            Assert.All(weights.AsSpan(4 * row, 4).ToArray()[Lengths[Read[row]]..], weight => Assert.Equal(0, weight));
        }
    }

    [Fact]
    public void A_window_beyond_the_sentence_falls_back_on_the_nearest_position()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SourceReaders readers = step.Layout([3]).Readers([0, 0, 0, 0]);
        Tensor scores = step.From([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [4, 3]);
        float[] weights = scores.SoftmaxOverSource(readers, step.From([-7, 70, 1, 1.5f], [4, 1]), 0.5f).ToArray();
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0.5f, 0.5f], weights);
    }

    [Fact]
    public void A_row_has_the_same_bits_alone_and_among_others()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SequenceLayout source = step.Layout(Lengths);
        float[] queries = GradientCheck.Values(5 * 38, 1);
        Tensor keys = step.From(GradientCheck.Values(10 * 38, 2), [10, 38]);
        Tensor vector = step.From(GradientCheck.Values(38, 3), [38]);
        float[] Attend(float[] rows, int[] read)
        {
            SourceReaders readers = source.Readers(read);
            Tensor query = step.From(rows, [read.Length, 38]);
            Tensor added = query.AdditiveScores(keys, vector, readers).SoftmaxOverSource(readers).WeightedSum(keys, readers);
            return added.Add(query.DotScores(keys, readers, 2).SoftmaxOverSource(readers).WeightedSum(keys, readers)).ToArray();
        }

        float[] together = Attend(queries, Read);
        for (int row = 0; row < 5; row++)
        {
            Assert.Equal(together[(row * 38)..((row + 1) * 38)], Attend(queries[(row * 38)..((row + 1) * 38)], [Read[row]]));
        }
    }

    [Fact]
    public void Wrong_sizes_are_refused_in_words()
    {
        using var step = new Step();
        using Step.Scope scope = step.Begin();
        SourceReaders readers = Readers(step);
        Tensor query = step.From(new float[30], [5, 6]);
        Tensor keys = step.From(new float[60], [10, 6]);
        Tensor vector = step.From(new float[6], [6]);
        Assert.Contains("there are 4 of them", Assert.Throws<ArgumentOutOfRangeException>(() => readers.Source.Readers([0, 4])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => query.AdditiveScores(query, vector, readers));
        Assert.Throws<ShapeException>(() => query.AdditiveScores(keys, query, readers));
        Assert.Throws<ArgumentException>(() => query.AdditiveScores(keys, vector, readers, query));
        Assert.Throws<ShapeException>(() => query.AdditiveScores(keys, vector, readers, query, vector.Reshape([6, 1])));
        Assert.Throws<ShapeException>(() => query.DotScores(keys, readers, 4));
        Assert.Throws<ShapeException>(() => query.SoftmaxOverSource(readers));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.From(new float[20], [5, 4]).SoftmaxOverSource(readers, step.From(new float[5], [5, 1]), 0));
        Assert.Throws<ShapeException>(() => step.From(new float[16], [4, 4]).WeightedSum(keys, readers));
        Tensor weights = step.From(new float[20], [5, 4]);
        Assert.Throws<ShapeException>(() => weights.LocationFeatures(step.From(new float[8], [2, 4]), readers));
        Assert.Throws<ShapeException>(() => weights.FocusOn(query, 2, readers));
        Assert.Throws<ShapeException>(() => weights.CoverageLoss(query, readers));
        Assert.Contains("has 2 positions", Assert.Throws<ArgumentOutOfRangeException>(
            () => weights.AlignmentLoss([new AlignmentPoint(1, 2, 1)], readers)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.AlignmentLoss([new AlignmentPoint(5, 0, 1)], readers));
        Assert.Throws<ShapeException>(() => query.SentenceMeans(readers.Source));
        Assert.Throws<ShapeException>(() => query.ForEveryRow(readers.Source));
    }

    private static SourceReaders Readers(Step step) => step.Layout(Lengths).Readers(Read);
}
