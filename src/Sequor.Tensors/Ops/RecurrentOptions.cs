namespace Sequor.Tensors;

/// <summary>What happens to the states of a recurrent layer beside its formulas. All of it is off by default.</summary>
public sealed record RecurrentOptions
{
    /// <summary>The chance that an element of the hidden state stays as it was, 0 to below 1; 0 is off (Krueger et al. 2017). Without dropout in the step,
    /// every element is mixed with its old value in this proportion. Default 0.</summary>
    public float HiddenZoneout { get; init; }

    /// <summary>As <see cref="HiddenZoneout"/>, for the cell state of the cells that have one. The new hidden state is worked out from the cell state before
    /// zoneout. Default 0.</summary>
    public float CellZoneout { get; init; }

    /// <summary>The chance that an element of the hidden state is dropped where it enters the recurrent product, 0 to below 1: the same elements at every step of
    /// a sentence (variational dropout, Gal and Ghahramani 2016). 0 is off. Default 0.</summary>
    public float StateDropout { get; init; }

    /// <summary>The standard deviation of normal noise added to every new hidden state in steps with dropout, before zoneout; 0 or more, 0 is off. Default 0.</summary>
    public float HiddenNoise { get; init; }

    /// <summary>Truncated back-propagation through time: no gradient flows from a step whose number is a multiple of this into the step before it;
    /// 0 is off. The initial state always receives its gradient. Default 0.</summary>
    public int DetachEvery { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        CheckChance(faults, nameof(HiddenZoneout), HiddenZoneout);
        CheckChance(faults, nameof(CellZoneout), CellZoneout);
        CheckChance(faults, nameof(StateDropout), StateDropout);
        if (!(HiddenNoise >= 0 && float.IsFinite(HiddenNoise)))
        {
            faults.Add(FormattableString.Invariant($"{nameof(HiddenNoise)} is a standard deviation and must be 0 or more, but is {HiddenNoise}."));
        }

        if (DetachEvery < 0)
        {
            faults.Add(FormattableString.Invariant($"{nameof(DetachEvery)} counts steps and must be 0 (off) or more, but is {DetachEvery}."));
        }

        return faults;
    }

    private static void CheckChance(List<string> faults, string name, float chance)
    {
        if (!(chance is >= 0 and < 1))
        {
            faults.Add(FormattableString.Invariant($"{name} is a chance and must be 0 or more and below 1, but is {chance}."));
        }
    }
}
