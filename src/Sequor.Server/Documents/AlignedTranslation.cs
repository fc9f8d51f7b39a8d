namespace Sequor.Server.Documents;

/// <summary>A translated sentence, and which of its characters came from which of the source.</summary>
/// <param name="Text">The translation.</param>
/// <param name="Links">The links, in any order; none where nothing is known, and then marks go to their place by proportion.</param>
public sealed record AlignedTranslation(string Text, IReadOnlyList<SpanLink> Links);
