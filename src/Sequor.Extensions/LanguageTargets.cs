namespace Sequor.Extensions;

/// <summary>A language that models read, and those that they write it in.</summary>
/// <param name="Code">The language, such as <c>en</c>.</param>
/// <param name="Targets">The languages of outputs, in the order of the models; each once.</param>
public sealed record LanguageTargets(string Code, IReadOnlyList<string> Targets);
