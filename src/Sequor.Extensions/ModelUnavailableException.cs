namespace Sequor.Extensions;

/// <summary>A model is known and could not be loaded.</summary>
/// <param name="id">The model's name.</param>
/// <param name="reason">Why, as a sentence.</param>
/// <param name="innerException">What went wrong.</param>
public sealed class ModelUnavailableException(string id, string reason, Exception innerException)
    : Exception($"The model '{id}' could not be loaded: {reason}", innerException)
{
    /// <summary>The model's name.</summary>
    public string Id { get; } = id;
}
