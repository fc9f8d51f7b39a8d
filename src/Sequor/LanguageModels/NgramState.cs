namespace Sequor.LanguageModels;

/// <summary>
/// What an n-gram model remembers of a history: the longest end of it that can still matter. A value of four bytes; copying it is
/// all that reordering hypotheses takes. It belongs to the model that gave it.
/// </summary>
/// <param name="Context">The model's own number of that end; 0 for a history that tells nothing.</param>
public readonly record struct NgramState(int Context);
