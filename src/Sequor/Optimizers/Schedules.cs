using System.Globalization;

namespace Sequor.Optimizers;

/// <summary>The same rate for ever after the warm-up.</summary>
/// <param name="peak">The rate.</param>
/// <param name="warmupUpdates">Updates of the warm-up.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
public sealed class ConstantSchedule(float peak, long warmupUpdates = 0, float warmupFrom = 0) : Schedule(peak, warmupUpdates, warmupFrom)
{
    /// <inheritdoc/>
    protected override double Factor(long update) => 1;
}

/// <summary>Falls with the root of the update: peak · √(warm-up / update) (Vaswani et al. 2017, eq. 3, stated by its peak).</summary>
/// <param name="peak">The rate that the warm-up ends at.</param>
/// <param name="warmupUpdates">Updates of the warm-up, from which the fall is counted; at least 1 is counted.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
public sealed class InverseSquareRootSchedule(float peak, long warmupUpdates, float warmupFrom = 0) : Schedule(peak, warmupUpdates, warmupFrom)
{
    /// <summary>The paper's own form: factor · width^-0.5 · min(update^-0.5, update · warmup^-1.5).</summary>
    /// <param name="factor">The factor, above 0.</param>
    /// <param name="width">The model's width, D.</param>
    /// <param name="warmupUpdates">Updates of the warm-up, 1 or more.</param>
    public static InverseSquareRootSchedule Noam(float factor, int width, long warmupUpdates)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(warmupUpdates);
        return new InverseSquareRootSchedule((float)(factor / Math.Sqrt((double)width * warmupUpdates)), warmupUpdates);
    }

    /// <inheritdoc/>
    protected override double Factor(long update) => Math.Sqrt(Math.Max(1, WarmupUpdates) / (double)update);
}

/// <summary>The relative step sizes of Adafactor: min(greatest, 1 / √update) (Shazeer and Stern 2018, algorithm 4).</summary>
/// <param name="greatest">The rate that is never exceeded, above 0. Default 0.01, the paper's.</param>
public sealed class RelativeStepSchedule(float greatest = 0.01f) : Schedule(greatest, 0, 0)
{
    /// <inheritdoc/>
    protected override double Factor(long update) => Math.Min(1, 1 / (Peak * Math.Sqrt(update)));
}

/// <summary>Falls in a straight line to a share of the peak, then stays.</summary>
/// <param name="peak">The rate that the warm-up ends at.</param>
/// <param name="totalUpdates">The update at which the fall ends.</param>
/// <param name="warmupUpdates">Updates of the warm-up.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
/// <param name="finalShare">The share of the peak at the end, 0 to 1.</param>
public sealed class LinearSchedule(float peak, long totalUpdates, long warmupUpdates = 0, float warmupFrom = 0, float finalShare = 0)
    : Schedule(peak, warmupUpdates, warmupFrom)
{
    /// <inheritdoc/>
    protected override double Factor(long update) => 1 - ((1 - finalShare) * Progress.Of(update, WarmupUpdates, totalUpdates));
}

/// <summary>Falls along half a cosine to a share of the peak, then stays (Loshchilov and Hutter 2017).</summary>
/// <param name="peak">The rate that the warm-up ends at.</param>
/// <param name="totalUpdates">The update at which the fall ends.</param>
/// <param name="warmupUpdates">Updates of the warm-up.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
/// <param name="finalShare">The share of the peak at the end, 0 to 1.</param>
public sealed class CosineSchedule(float peak, long totalUpdates, long warmupUpdates = 0, float warmupFrom = 0, float finalShare = 0)
    : Schedule(peak, warmupUpdates, warmupFrom)
{
    /// <inheritdoc/>
    protected override double Factor(long update) =>
        finalShare + ((1 - finalShare) * 0.5 * (1 + Math.Cos(Math.PI * Progress.Of(update, WarmupUpdates, totalUpdates))));
}

/// <summary>Is multiplied by a factor every so many updates, in a smooth curve.</summary>
/// <param name="peak">The rate that the warm-up ends at.</param>
/// <param name="decay">The factor, 0 to 1.</param>
/// <param name="decayUpdates">Updates for one factor.</param>
/// <param name="warmupUpdates">Updates of the warm-up.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
public sealed class ExponentialSchedule(float peak, float decay, long decayUpdates, long warmupUpdates = 0, float warmupFrom = 0)
    : Schedule(peak, warmupUpdates, warmupFrom)
{
    /// <inheritdoc/>
    protected override double Factor(long update) => Math.Pow(decay, (update - WarmupUpdates) / (double)decayUpdates);
}

/// <summary>Is multiplied by a factor whenever validation has not improved for some time.</summary>
/// <param name="peak">The rate that the warm-up ends at.</param>
/// <param name="decay">The factor, 0 to 1.</param>
/// <param name="patience">Validations without improvement that are waited for, 1 or more.</param>
/// <param name="warmupUpdates">Updates of the warm-up.</param>
/// <param name="warmupFrom">The rate that the warm-up starts from.</param>
public sealed class PlateauSchedule(float peak, float decay, int patience, long warmupUpdates = 0, float warmupFrom = 0)
    : Schedule(peak, warmupUpdates, warmupFrom)
{
    private readonly int _patience = patience >= 1
        ? patience
        : throw new ArgumentOutOfRangeException(nameof(patience), patience, "At least one validation without improvement must be waited for.");

    private int _reductions;
    private int _waited;

    /// <inheritdoc/>
    public override void Validated(bool improved)
    {
        _waited = improved ? 0 : _waited + 1;
        if (_waited == _patience)
        {
            _reductions++;
            _waited = 0;
        }
    }

    /// <inheritdoc/>
    public override string SaveState() => string.Create(CultureInfo.InvariantCulture, $"{_reductions} {_waited}");

    /// <inheritdoc/>
    public override void LoadState(string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_reductions, _waited) = (0, 0);
        if (state.Length == 0)
        {
            return;
        }

        string[] parts = state.Split(' ');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _reductions)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _waited))
        {
            throw new ModelFormatException($"The state of the plateau schedule is '{state}', but two whole numbers are expected.");
        }
    }

    /// <inheritdoc/>
    protected override double Factor(long update) => Math.Pow(decay, _reductions);
}

/// <summary>How far a fall has come.</summary>
internal static class Progress
{
    internal static double Of(long update, long warmupUpdates, long totalUpdates) =>
        Math.Clamp((update - warmupUpdates) / (double)Math.Max(1, totalUpdates - warmupUpdates), 0, 1);
}
