using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>Measures a model on held-out data.</summary>
public interface IValidation
{
    /// <summary>Measures the model as its weights stand.</summary>
    /// <param name="update">Updates made.</param>
    /// <param name="epoch">The pass over the training data, from 1.</param>
    ValidationEntry Measure(long update, int epoch);
}
