namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>A part of a grammar: a set of texts.</summary>
internal abstract record GrammarExpression;

/// <summary>One character of several ranges.</summary>
/// <param name="Ranges">First and last characters.</param>
internal sealed record CharacterSet(IReadOnlyList<(int Low, int High)> Ranges) : GrammarExpression;

/// <summary>One part after the other; none is the empty text.</summary>
internal sealed record InSequence(IReadOnlyList<GrammarExpression> Parts) : GrammarExpression;

/// <summary>One of several parts.</summary>
internal sealed record OneOf(IReadOnlyList<GrammarExpression> Parts) : GrammarExpression;

/// <summary>A part several times.</summary>
/// <param name="Part">The part.</param>
/// <param name="Fewest">How often at least.</param>
/// <param name="Most">How often at most; null for any number.</param>
internal sealed record Repeated(GrammarExpression Part, int Fewest, int? Most) : GrammarExpression;

/// <summary>What a rule stands for.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Place">Where it is named.</param>
internal sealed record RuleReference(string Rule, GrammarPlace Place) : GrammarExpression;

/// <summary>A place in a grammar's text, from 1.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The character of the line.</param>
internal readonly record struct GrammarPlace(int Line, int Column);
