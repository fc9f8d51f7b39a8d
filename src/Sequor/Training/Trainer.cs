using Sequor.Batching;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>
/// The loop over everything: batches → loss → gradients → weights, with validations, checkpoints and a log in their rhythm.
/// The same seed, data and settings give the same bits, stopped and resumed or not, on any number of threads.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly CrossEntropy _loss;
    private readonly Schedule _schedule;
    private readonly TimeProvider _time;
    private readonly Step _step;
    private readonly TargetFeeding? _feeding;
    private readonly LogWindow _window = new();
    private readonly GradientNorms _norms;
    private double _secondsBefore;
    private long _startedAt;

    /// <summary>Puts a training together.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="optimizer">How gradients become weights.</param>
    /// <param name="schedule">The learning rate of each update.</param>
    /// <param name="options">How long and in what rhythm; defaults when left out.</param>
    /// <param name="time">The clock; the system's when left out. It may end a run but never changes its steps.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges; the message lists every fault.</exception>
    public Trainer(
        EncoderDecoder model, CrossEntropy loss, Optimizer optimizer, Schedule schedule, TrainerOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(schedule);
        if (options?.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (Model, _loss, Optimizer, _schedule) = (model, loss, optimizer, schedule);
        Options = options ?? new TrainerOptions();
        _time = time ?? TimeProvider.System;
        _step = new Step(model.Parameters.Device);
        _norms = new GradientNorms(model.Parameters);
        _feeding = Options.Feeding is { } feeding ? new TargetFeeding(model, feeding, Options.Seed) : null;
        Average = Options.EmaDecay > 0 ? new WeightAverage(model.Parameters, Options.EmaDecay) : null;
    }

    /// <summary>The model.</summary>
    public EncoderDecoder Model { get; }

    /// <summary>The optimiser, whose buffers belong to a checkpoint.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How long and in what rhythm.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The moving average of the weights; null when none is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>Where the training stands.</summary>
    public TrainerState State { get; private set; } = new();

    /// <summary>The most memory that one batch has used for activations and gradients, in bytes.</summary>
    public long PeakStepBytes => _step.PeakBytes;

    /// <summary>What this training has needed of the machine's memory so far.</summary>
    public TrainingMemory Memory
    {
        get
        {
            long weights = Model.Parameters.Values.Shape.Count * sizeof(float);
            return new TrainingMemory(
                weights, weights, Optimizer.State.Sum(state => state.Shape.Count) * sizeof(float),
                Model.Parameters.LaidOutBytes + (Average is null ? 0 : weights), _step.PeakBytes, TrainingMemory.PeakResidentOfProcess());
        }
    }

    /// <summary>Goes on from a checkpoint; weights, optimiser buffers and average have been read already.</summary>
    /// <param name="state">Where the run stood.</param>
    public void Resume(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        State = state;
        Optimizer.Updates = state.Update;
        _schedule.LoadState(state.Schedule);
        Model.Parameters.MarkChanged();
    }

    /// <summary>Trains until a limit is reached, validation no longer improves, or a stop is asked for.</summary>
    /// <param name="batches">The batches, at the state's position.</param>
    /// <param name="listener">Hears what happens; null for nobody.</param>
    /// <param name="validation">Measures the model on held-out data; null for never.</param>
    /// <param name="checkpoints">Keeps what was reached; null for nowhere.</param>
    /// <param name="stop">Asks for a stop between two batches; the update at hand is finished and saved.</param>
    /// <returns>Why training ended.</returns>
    /// <exception cref="TrainingDivergedException">A gradient or a weight is not a number; the last checkpoint is untouched.</exception>
    public TrainingEnd Run(
        ITrainingBatches batches, ITrainingListener? listener = null, IValidation? validation = null, ICheckpoints? checkpoints = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        listener ??= new CompositeListener();

        // A run that ended by an exception may have left half an update's gradients.
        Model.Parameters.ClearGradients();
        _secondsBefore = State.ElapsedSeconds;
        _startedAt = _time.GetTimestamp();
        _window.Restart(State.ElapsedSeconds);
        TrainingEnd? end = LimitReached(stop);
        while (end is null)
        {
            Update(batches, listener);
            bool isBest = false;
            if (validation is not null && (State.Update % Options.ValidateEvery == 0 || State.Update == Options.MaxUpdates))
            {
                isBest = Validate(validation, listener);
            }

            end = LimitReached(stop);
            if (isBest || end is not null || State.Update % Options.CheckpointEvery == 0)
            {
                Save(checkpoints, listener, isBest);
            }
        }

        return end.Value;
    }

    /// <summary>Gives the memory of steps back until the next batch takes it anew.</summary>
    public void Trim() => _step.Trim();

    /// <summary>Gives the memory of steps back; model and optimiser stay.</summary>
    public void Dispose()
    {
        _feeding?.Dispose();
        _step.Dispose();
    }

    /// <summary>One update: gradients of one or several batches are summed, divided by all their target pieces, clipped and applied.</summary>
    private void Update(ITrainingBatches batches, ITrainingListener listener)
    {
        long update = State.Update + 1;
        bool logs = update % Options.LogEvery == 0 || update == 1;
        LossSums sums = default;
        IReadOnlyList<NormsByDistance> byDistance = [];
        for (int i = 0; i < Options.Accumulate; i++)
        {
            TrainingBatch batch = batches.Next();
            batch = _feeding?.Mix(batch, update) ?? batch;
            PassTrace trace = _loss.TraceFor(batch, gradientNorms: logs && i == 0);
            using (_step.Begin(new StepOptions(RecordGradients: true, Dropout: true, Options.Seed, update)))
            {
                sums += _loss.Run(Model, _step, batch, trace);
            }

            byDistance = trace.WantsGradientNorms ? GradientNorms.ByDistance(trace, batch) : byDistance;
        }

        double norm = Model.Parameters.Gradients.Norm() / sums.Tokens;
        if (!double.IsFinite(norm) || !double.IsFinite(sums.Loss))
        {
            throw Divergence.At(Model.Parameters, update, sums.LossPerToken);
        }

        IReadOnlyList<NamedNorm> byLayer = logs ? _norms.ByPart(sums.Tokens) : [];
        float clip = Options.ClipNorm > 0 && norm > Options.ClipNorm ? (float)(Options.ClipNorm / norm) : 1;
        float learningRate = _schedule.LearningRate(update);
        Optimizer.Update(learningRate, clip / sums.Tokens);
        Average?.Follow();
        State = State with { Update = update, Position = batches.Position, ElapsedSeconds = Elapsed() };
        _window.Add(sums);
        if (logs)
        {
            listener.Updated(_window.Close(State, learningRate, norm, byLayer, byDistance));
        }
    }

    private bool Validate(IValidation validation, ITrainingListener listener)
    {
        ValidationEntry entry;
        _step.Trim();
        using (Average?.InPlace())
        {
            entry = validation.Measure(State.Update, checked((int)State.Position.Epoch) + 1);
        }

        double measure = Measure(entry);
        bool isBest = !double.IsNaN(measure) && (State.Best is null || measure > State.Best);
        _schedule.Validated(isBest);
        State = State with
        {
            Best = isBest ? measure : State.Best,
            BestUpdate = isBest ? State.Update : State.BestUpdate,
            ValidationsWithoutImprovement = isBest ? 0 : State.ValidationsWithoutImprovement + 1,
            ElapsedSeconds = Elapsed(),
        };
        listener.Validated(entry with { IsBest = isBest, ElapsedSeconds = State.ElapsedSeconds });
        _window.Restart(State.ElapsedSeconds);
        return isBest;
    }

    private double Measure(ValidationEntry entry) => Options.Watch switch
    {
        WatchedMeasure.Loss => -entry.Loss,
        WatchedMeasure.Perplexity => -entry.Perplexity,
        WatchedMeasure.Accuracy => entry.Accuracy,
        WatchedMeasure.Bleu => entry.Bleu ?? throw new InvalidOperationException("BLEU is to be watched, but validation decodes nothing."),
        _ => entry.Chrf ?? throw new InvalidOperationException("chrF is to be watched, but validation decodes nothing."),
    };

    private void Save(ICheckpoints? checkpoints, ITrainingListener listener, bool isBest)
    {
        State = State with { Schedule = _schedule.SaveState(), ElapsedSeconds = Elapsed() };
        if (checkpoints is not null)
        {
            // Gradients are looked at before each update; weights that the update itself ruined must not take a good checkpoint's place.
            if (!Model.Parameters.Values.IsFinite())
            {
                throw Divergence.At(Model.Parameters, State.Update);
            }

            listener.Saved(checkpoints.Save(this, isBest));
        }
    }

    private TrainingEnd? LimitReached(CancellationToken stop) =>
        stop.IsCancellationRequested ? TrainingEnd.Cancelled
        : State.Update >= Options.MaxUpdates ? TrainingEnd.UpdateLimit
        : State.Position.Epoch >= Options.MaxEpochs ? TrainingEnd.EpochLimit
        : State.ElapsedSeconds >= Options.MaxTime?.TotalSeconds ? TrainingEnd.TimeLimit
        : State.ValidationsWithoutImprovement >= Options.Patience ? TrainingEnd.EarlyStopping
        : null;

    private double Elapsed() => _secondsBefore + _time.GetElapsedTime(_startedAt).TotalSeconds;
}
