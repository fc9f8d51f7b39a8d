namespace Sequor.Training;

/// <summary>A gradient or a weight stopped being a number; the message names the tensor and the update.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Makes the exception with a whole sentence.</summary>
    /// <param name="message">What stopped being a number, where, and what to try.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}
