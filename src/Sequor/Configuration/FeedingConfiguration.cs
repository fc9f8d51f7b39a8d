namespace Sequor.Configuration;

/// <summary>What a decoder reads in training.</summary>
public enum FeedingChoice
{
    /// <summary>The true last piece (Williams and Zipser 1989).</summary>
    Teacher,

    /// <summary>The true piece or, more and more often, the model's own (scheduled sampling, Bengio et al. 2015).</summary>
    Scheduled,

    /// <summary>Always the model's own piece.</summary>
    Free,
}

/// <summary>How the chance of the true piece falls.</summary>
public enum FeedingScheduleChoice
{
    /// <summary><c>1 - update / decay</c>.</summary>
    Linear,

    /// <summary><c>decay ^ update</c>.</summary>
    Exponential,

    /// <summary><c>decay / (decay + exp(update / decay))</c>.</summary>
    InverseSigmoid,
}

/// <summary>What a decoder reads in training: <c>training.feeding:</c> in the file. It works for every model that decodes step by step.</summary>
public sealed record FeedingConfiguration
{
    internal static Schema<FeedingConfiguration> Schema { get; } = new Schema<FeedingConfiguration>(_ => new())
        .Choice("mode", new(("teacher", FeedingChoice.Teacher), ("scheduled", FeedingChoice.Scheduled), ("free", FeedingChoice.Free)),
            c => c.Mode, (c, v) => c with { Mode = v })
        .Choice("schedule",
            new(("linear", FeedingScheduleChoice.Linear), ("exponential", FeedingScheduleChoice.Exponential), ("inverse_sigmoid", FeedingScheduleChoice.InverseSigmoid)),
            c => c.Schedule, (c, v) => c with { Schedule = v })
        .Number("decay", NumberBounds.Positive, c => c.Decay, (c, v) => c with { Decay = v })
        .Number("floor", new(0, 1), c => c.Floor, (c, v) => c with { Floor = v })
        .Boolean("sample", c => c.Sample, (c, v) => c with { Sample = v })
        .Boolean("two_passes", c => c.TwoPasses, (c, v) => c with { TwoPasses = v })
        .Require(["decay", "schedule", "mode"], c => c.Mode != FeedingChoice.Scheduled || c.Schedule != FeedingScheduleChoice.Exponential || c.Decay < 1 ? null
            : "an exponential schedule multiplies by decay at every update, which must be below 1, such as 0.9999")
        .Require(["decay", "schedule", "mode"], c => c.Mode != FeedingChoice.Scheduled || c.Schedule != FeedingScheduleChoice.InverseSigmoid || c.Decay >= 1 ? null
            : "the decay of an inverse sigmoid counts updates and must be 1 or more");

    /// <summary>What is read. Default: <see cref="FeedingChoice.Teacher"/>.</summary>
    public FeedingChoice Mode { get; init; } = FeedingChoice.Teacher;

    /// <summary>How the chance of the true piece falls. Default: <see cref="FeedingScheduleChoice.InverseSigmoid"/>.</summary>
    public FeedingScheduleChoice Schedule { get; init; } = FeedingScheduleChoice.InverseSigmoid;

    /// <summary>The schedule's number, above 0: updates for linear and inverse sigmoid, a factor for exponential. Default: 1,000.</summary>
    public double Decay { get; init; } = 1000;

    /// <summary>The chance of the true piece below which the schedule never falls, 0 to 1. Default: 0.</summary>
    public double Floor { get; init; }

    /// <summary>Whether the model's own piece is drawn from its distribution; else it is the most probable one. Default: false.</summary>
    public bool Sample { get; init; }

    /// <summary>Whether the model's own pieces come from one pass over the true sentence (Mihaylova and Martins 2019), which is faster; else they are written one
    /// after the other. Default: false.</summary>
    public bool TwoPasses { get; init; }
}
