namespace Sequor.LanguageModels;

/// <summary>What a training of an n-gram model saw.</summary>
/// <param name="Sentences">Lines with at least one word.</param>
/// <param name="Words">Words in them, ends of sentences not counted.</param>
/// <param name="UnknownWords">Those of them that count as unknown.</param>
/// <param name="Discounts">The discounts of every order, from 1.</param>
public sealed record NgramTrainingReport(long Sentences, long Words, long UnknownWords, IReadOnlyList<KneserNeyDiscounts> Discounts);
