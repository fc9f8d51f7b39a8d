using Sequor.Losses;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>Sums up the updates between two entries of the log.</summary>
internal sealed class LogWindow
{
    private LossSums _sums;
    private double _since;

    internal void Restart(double elapsedSeconds)
    {
        _sums = default;
        _since = elapsedSeconds;
    }

    internal void Add(LossSums sums) => _sums += sums;

    internal TrainingLogEntry Close(
        TrainerState state, float learningRate, double gradientNorm, IReadOnlyList<NamedNorm> byLayer, IReadOnlyList<NormsByDistance> byDistance)
    {
        var entry = new TrainingLogEntry
        {
            Update = state.Update,
            Epoch = checked((int)state.Position.Epoch) + 1,
            Loss = _sums.LossPerToken,
            Nll = _sums.NegativeLogLikelihoodPerToken,
            Perplexity = _sums.Perplexity,
            LearningRate = learningRate,
            GradientNorm = gradientNorm,
            TargetTokensPerSecond = _sums.Tokens / Math.Max(state.ElapsedSeconds - _since, 1e-9),
            ElapsedSeconds = state.ElapsedSeconds,
            GradientNormByLayer = byLayer,
            GradientNormByDistance = byDistance,
        };
        Restart(state.ElapsedSeconds);
        return entry;
    }
}
