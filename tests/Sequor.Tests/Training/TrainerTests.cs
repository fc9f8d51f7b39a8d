using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Tensors;
using Sequor.Training;
using Sequor.Training.Logs;

namespace Sequor.Tests.Training;

/// <summary>The trainer's own decisions: clipping, validation, early stopping, the moving average and what is not a number.</summary>
public sealed class TrainerTests : IDisposable
{
    private readonly TransformerModel _model = TinyTask.Model(width: 8);
    private readonly TinyTask _batches = new(source => source, sentences: 8);
    private readonly Heard _heard = new();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(0.01f)]
    [InlineData(1000f)]
    [InlineData(0f)]
    public void A_gradient_longer_than_the_limit_is_shortened_to_it(float limit)
    {
        float[] before = _model.Parameters.Values.ToArray();
        Train(new TrainerOptions { MaxUpdates = 1, ClipNorm = limit, LogEvery = 1 }, new Sgd(_model.Parameters), new ConstantSchedule(0.5f));

        double moved = Math.Sqrt(_model.Parameters.Values.ToArray().Zip(before).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
        double norm = _heard.Updates[0].GradientNorm;
        Assert.True(norm > 0.1, "The log has the norm before clipping.");
        double expected = 0.5 * (limit > 0 ? Math.Min(norm, limit) : norm);
        Assert.InRange(moved / expected, 1 - 1e-4, 1 + 1e-4);
        Assert.Equal(norm, Math.Sqrt(_heard.Updates[0].GradientNormByLayer.Sum(part => part.Norm * part.Norm)), 1e-6);
    }

    [Fact]
    public void The_log_has_the_schedules_learning_rates()
    {
        var schedule = new LinearSchedule(peak: 0.01f, totalUpdates: 6, warmupUpdates: 2);
        Train(new TrainerOptions { MaxUpdates = 6, LogEvery = 1 }, schedule: schedule);
        double[] rates = [0.005, 0.01, 0.0075, 0.005, 0.0025, 0];
        Assert.Equal(rates.Length, _heard.Updates.Count);
        Assert.All(rates.Zip(_heard.Updates), pair => Assert.Equal(pair.First, pair.Second.LearningRate, 1e-8));
    }

    [Fact]
    public void Training_ends_when_validation_has_not_improved_for_its_patience()
    {
        TrainingEnd end = Train(
            new TrainerOptions { MaxUpdates = 100, ValidateEvery = 2, Patience = 3 }, validation: new Measured(3, 2, 2.5, 1, 1, 1.5, 1.2, 0.5));

        // At update 10 the loss is 1 again: no improvement. Two more, and the 0.5 that would have come is not waited for.
        Assert.Equal(TrainingEnd.EarlyStopping, end);
        Assert.Equal([true, true, false, true, false, false, false], _heard.Validations.Select(entry => entry.IsBest));
        Assert.Equal(14, _heard.Validations[^1].Update);
        Assert.Equal((14L, 8L), (_heard.Trainer!.State.Update, _heard.Trainer.State.BestUpdate));
    }

    [Fact]
    public void Where_accuracy_is_watched_more_is_better()
    {
        Train(
            new TrainerOptions { MaxUpdates = 3, ValidateEvery = 1, Watch = WatchedMeasure.Accuracy }, validation: new Measured(3, 2, 4));
        Assert.Equal([true, false, true], _heard.Validations.Select(entry => entry.IsBest));
    }

    [Fact]
    public void A_plateau_of_validations_lowers_the_rate()
    {
        Train(
            new TrainerOptions { MaxUpdates = 6, ValidateEvery = 1, LogEvery = 1 }, schedule: new PlateauSchedule(peak: 0.01f, decay: 0.5f, patience: 2),
            validation: new Measured(3, 3, 3, 2, 2, 2));
        double[] rates = [0.01, 0.01, 0.01, 0.005, 0.005, 0.005];
        Assert.All(rates.Zip(_heard.Updates), pair => Assert.Equal(pair.First, pair.Second.LearningRate, 1e-8));
    }

    [Fact]
    public void The_moving_average_follows_its_formula_and_steps_aside_after_validation()
    {
        var average = new WeightAverage(_model.Parameters, 0.25f);
        double[] expected = [.. average.Values.ToArray()];
        for (int n = 1; n <= 4; n++)
        {
            Shift(n);
            average.Follow();
            double decay = Math.Min(0.25, (1.0 + n) / (10 + n));
            expected = [.. expected.Zip(_model.Parameters.Values.ToArray(), (old, now) => (decay * old) + ((1 - decay) * now))];
        }

        float[] weights = _model.Parameters.Values.ToArray();
        float[] averaged = average.Values.ToArray();
        Assert.InRange(expected.Zip(averaged).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-5);
        using (average.InPlace())
        {
            Assert.Equal(averaged, _model.Parameters.Values.ToArray());
        }

        Assert.Equal(weights, _model.Parameters.Values.ToArray());
        Assert.NotEqual(weights, averaged);
    }

    [Fact]
    public void A_weight_that_stops_being_a_number_is_named_with_its_update()
    {
        Assert.True(_model.Parameters.TryGet("decoder.layers.0.feed_forward.output.weight", out Tensor weight));
        _heard.OnUpdate = update =>
        {
            if (update == 4)
            {
                weight.CopyFrom(5, [float.NaN]);
                _model.Parameters.MarkChanged();
            }
        };
        TrainingDivergedException fault = Assert.Throws<TrainingDivergedException>(
            () => Train(new TrainerOptions { MaxUpdates = 10, LogEvery = 1 }));
        Assert.Contains("update 5", fault.Message, StringComparison.Ordinal);
        Assert.Contains("decoder.layers.0.feed_forward.output.weight", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_not_saved_over_good_ones()
    {
        var saved = new Saves();
        Assert.True(_model.Parameters.TryGet("embedding.weight", out Tensor weight));
        _heard.OnUpdate = update =>
        {
            if (update == 4)
            {
                weight.CopyFrom(0, [float.PositiveInfinity]);
            }
        };
        TrainingDivergedException fault = Assert.Throws<TrainingDivergedException>(
            () => Train(new TrainerOptions { MaxUpdates = 10, LogEvery = 1, CheckpointEvery = 2 }, checkpoints: saved));
        Assert.Contains("update 4", fault.Message, StringComparison.Ordinal);
        Assert.Contains("embedding.weight", fault.Message, StringComparison.Ordinal);
        Assert.Equal([2L], saved.Updates);
    }

    private TrainingEnd Train(
        TrainerOptions options, Optimizer? optimizer = null, Schedule? schedule = null, IValidation? validation = null, ICheckpoints? checkpoints = null)
    {
        using var trainer = new Trainer(
            _model, new CrossEntropy(), optimizer ?? new Adam(_model.Parameters), schedule ?? new ConstantSchedule(0.001f), options);
        _heard.Trainer = trainer;
        return trainer.Run(_batches, _heard, validation, checkpoints);
    }

    private void Shift(int by)
    {
        float[] weights = _model.Parameters.Values.ToArray();
        _model.Parameters.Values.CopyFrom([.. weights.Select((weight, i) => weight + (0.1f * by * (i % 3)))]);
    }

    /// <summary>Validations whose results are settled beforehand: the loss is what is named, and so is the accuracy.</summary>
    private sealed class Measured(params double[] values) : IValidation
    {
        private int _next;

        public ValidationEntry Measure(long update, int epoch)
        {
            double value = values[_next++];
            return new ValidationEntry { Update = update, Epoch = epoch, Loss = value, Nll = value, Perplexity = Math.Exp(value), Accuracy = value };
        }
    }

    private sealed class Saves : ICheckpoints
    {
        internal List<long> Updates { get; } = [];

        public string Save(Trainer trainer, bool isBest)
        {
            Updates.Add(trainer.State.Update);
            return "";
        }
    }
}
