namespace Sequor.Extensions;

/// <summary>How far a call has come.</summary>
/// <param name="Done">Sentences that are translated.</param>
/// <param name="Total">Sentences of all texts of the call together.</param>
public readonly record struct TranslationProgress(int Done, int Total);
