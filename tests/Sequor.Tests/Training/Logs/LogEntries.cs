using Sequor.Training.Logs;

namespace Sequor.Tests.Training.Logs;

/// <summary>Entries with plain numbers for the tests of the logs.</summary>
internal static class LogEntries
{
    public static TrainingLogEntry Update(long update, double elapsedSeconds = 1.5) => new()
    {
        Update = update,
        Epoch = 1,
        Loss = 5.123456789012345,
        Nll = 4.75,
        Perplexity = 115.58428452718766,
        LearningRate = 0.0006987712429686843,
        GradientNorm = 1.25,
        TargetTokensPerSecond = 11512.25,
        ElapsedSeconds = elapsedSeconds,
    };

    public static ValidationEntry Validation(long update) => new()
    {
        Update = update,
        Epoch = 2,
        Loss = 3.5,
        Nll = 3.25,
        Perplexity = 25.790339917193062,
        Accuracy = 0.4375,
        Bleu = 21.875,
        IsBest = true,
        ElapsedSeconds = 60,
    };
}
