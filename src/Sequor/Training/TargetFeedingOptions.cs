namespace Sequor.Training;

/// <summary>How the chance falls that a decoder in training reads the true last piece.</summary>
public enum FeedingSchedule
{
    /// <summary>It is always <see cref="TargetFeedingOptions.Floor"/>: with 0 the model trains on its own outputs alone (free running).</summary>
    Constant,

    /// <summary>1 - update / decay.</summary>
    Linear,

    /// <summary>decay ^ update, with a decay below 1.</summary>
    Exponential,

    /// <summary>decay / (decay + exp(update / decay)), with a decay of 1 or more.</summary>
    InverseSigmoid,
}

/// <summary>Scheduled sampling (Bengio et al. 2015): in training the decoder reads, now and then, what the model itself would have written.</summary>
public sealed record TargetFeedingOptions
{
    /// <summary>How the chance of the true piece falls. Default inverse sigmoid.</summary>
    public FeedingSchedule Schedule { get; init; } = FeedingSchedule.InverseSigmoid;

    /// <summary>The schedule's number k, above 0: updates for linear, a factor below 1 for exponential, 1 or more for inverse sigmoid. Default 1,000.</summary>
    public double Decay { get; init; } = 1000;

    /// <summary>The chance below which the schedule never falls, 0 to 1. Default 0.</summary>
    public double Floor { get; init; }

    /// <summary>Whether the model's own piece is drawn from its distribution instead of being the most probable one. Default false.</summary>
    public bool Samples { get; init; }

    /// <summary>Whether the model's own pieces all come from one pass over the true sentence (Mihaylova and Martins 2019) instead of being written one after the
    /// other. Default false.</summary>
    public bool TwoPasses { get; init; }

    /// <summary>The chance that a true piece is read at an update.</summary>
    /// <param name="update">1 or more.</param>
    public double TrueChance(long update) => Math.Max(Floor, Schedule switch
    {
        FeedingSchedule.Linear => 1 - (update / Decay),
        FeedingSchedule.Exponential => Math.Pow(Decay, update),
        FeedingSchedule.InverseSigmoid => Decay / (Decay + Math.Exp(update / Decay)),
        _ => 0,
    });

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!(Decay > 0) || (Schedule == FeedingSchedule.Exponential && Decay >= 1) || (Schedule == FeedingSchedule.InverseSigmoid && Decay < 1))
        {
            faults.Add($"The chance of the true piece is to decay with {Decay}; it must be above 0, for an exponential schedule below 1, and for an inverse sigmoid 1 or more.");
        }

        if (Floor is not (>= 0 and <= 1))
        {
            faults.Add($"The chance of the true piece is not to fall below {Floor}; it must be 0 to 1.");
        }

        return faults;
    }
}
