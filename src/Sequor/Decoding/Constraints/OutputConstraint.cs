namespace Sequor.Decoding.Constraints;

/// <summary>
/// Something that an output must keep to. Constraints are given for all sentences (<see cref="SearchOptions.Constraints"/>) or for one
/// (<see cref="DecodingRequest.Constraints"/>); outputs tell what became of each (<see cref="Hypothesis.Constraints"/>).
/// </summary>
public abstract record OutputConstraint
{
    /// <summary>Whether only a beam can keep to it: it takes several hypotheses to find a place for it.</summary>
    internal virtual bool NeedsBeam => false;

    /// <summary>What the constraint asks for, in words.</summary>
    public abstract string Meaning { get; }

    /// <summary>Adds what it takes to keep to the constraint.</summary>
    /// <param name="parts">What is added to.</param>
    /// <param name="index">The constraint's place among the sentence's.</param>
    internal abstract void AddTo(ConstraintParts parts, int index);

    /// <summary>Refuses a constraint that says nothing.</summary>
    private protected static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> parts, Func<T, bool> isEmpty, string role)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count == 0 || parts.Any(isEmpty)
            ? throw new ArgumentException($"A constraint needs {role}, and none of them may be empty.", nameof(parts))
            : parts;
    }
}

/// <summary>
/// One of several texts must be written, for instance the forms of a word. It is written in the tokenizer's own segmentation, as whole words. Different phrases may share
/// words; a phrase that is given twice must be written twice. Needs a beam.
/// </summary>
/// <param name="Alternatives">The texts, one or more; any of them will do.</param>
public sealed record RequiredPhrase(params IReadOnlyList<string> Alternatives) : OutputConstraint
{
    /// <summary>The texts; any of them will do.</summary>
    public IReadOnlyList<string> Alternatives { get; } = NotEmpty(Alternatives, string.IsNullOrWhiteSpace, "one text or more");

    /// <summary>The term of the source that the phrase translates; null when nobody says.</summary>
    public string? SourceTerm { get; init; }

    internal override bool NeedsBeam => true;

    /// <inheritdoc/>
    public override string Meaning => $"that '{string.Join('|', Alternatives)}' be written";

    internal override void AddTo(ConstraintParts parts, int index) =>
        parts.Require(index, [.. Alternatives.Select(text => parts.TextsFor(this).RunsOf(text)).Where(runs => runs.Count > 0)]);
}

/// <summary>One of several runs of pieces must be written. Needs a beam.</summary>
/// <param name="Alternatives">The runs, one or more; any of them will do.</param>
public sealed record RequiredPieces(params IReadOnlyList<IReadOnlyList<int>> Alternatives) : OutputConstraint
{
    /// <summary>The runs; any of them will do.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Alternatives { get; } = NotEmpty(Alternatives, run => run.Count == 0, "one run of pieces or more");

    internal override bool NeedsBeam => true;

    /// <inheritdoc/>
    public override string Meaning => $"that the pieces {string.Join('|', Alternatives.Select(run => string.Join(' ', run)))} be written";

    internal override void AddTo(ConstraintParts parts, int index)
    {
        parts.CheckIds(Alternatives);
        parts.Require(index, [.. Alternatives.Select(run => (IReadOnlyList<int[]>)[[.. run]])]);
    }
}

/// <summary>
/// Texts that must not be written, however they are cut into pieces. A text that begins or ends with a letter or a digit is only meant where words begin and end: without
/// "cat" there may be a "category". The piece that would complete a text is banned.
/// </summary>
/// <param name="Phrases">The texts, one or more.</param>
public sealed record BannedPhrases(params IReadOnlyList<string> Phrases) : OutputConstraint
{
    private const int MostNamed = 5;

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Phrases { get; } = NotEmpty(Phrases, string.IsNullOrWhiteSpace, "one text or more");

    /// <inheritdoc/>
    public override string Meaning => Phrases.Count <= MostNamed
        ? $"that '{string.Join("', '", Phrases)}' not be written"
        : $"that '{string.Join("', '", Phrases.Take(MostNamed))}' and {Phrases.Count - MostNamed} more not be written";

    internal override void AddTo(ConstraintParts parts, int index)
    {
        foreach (string phrase in Phrases)
        {
            parts.BanText(parts.TextsFor(this).Canonical(phrase).Trim(), index);
        }
    }
}

/// <summary>Runs of pieces that must not be written.</summary>
/// <param name="Runs">The runs, one or more.</param>
public sealed record BannedPieces(params IReadOnlyList<IReadOnlyList<int>> Runs) : OutputConstraint
{
    /// <summary>The runs.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Runs { get; } = NotEmpty(Runs, run => run.Count == 0, "one run of pieces or more");

    /// <inheritdoc/>
    public override string Meaning => $"that the pieces {string.Join(", ", Runs.Select(run => string.Join(' ', run)))} not be written";

    internal override void AddTo(ConstraintParts parts, int index)
    {
        parts.CheckIds(Runs);
        foreach (IReadOnlyList<int> run in Runs)
        {
            parts.BanRun([.. run], index);
        }
    }
}

/// <summary>The output must be one of these texts, in any segmentation.</summary>
/// <param name="Texts">The texts, one or more.</param>
public sealed record AllowedOutputs(params IReadOnlyList<string> Texts) : OutputConstraint
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = NotEmpty(Texts, string.IsNullOrWhiteSpace, "one text or more");

    /// <inheritdoc/>
    public override string Meaning => $"one of {Texts.Count} texts";

    internal override void AddTo(ConstraintParts parts, int index)
    {
        PieceTexts texts = parts.TextsFor(this);
        parts.Allow(index, Grammars.ByteAutomaton.OfTexts(Texts.Select(texts.Canonical)));
    }
}

/// <summary>The output must be a text of a grammar, in any segmentation.</summary>
/// <param name="Grammar">The grammar.</param>
public sealed record AllowedGrammar(Grammars.Grammar Grammar) : OutputConstraint
{
    /// <inheritdoc/>
    public override string Meaning => $"a text of the grammar {Grammar.Name}";

    internal override void AddTo(ConstraintParts parts, int index) => parts.Allow(index, Grammar.Automaton);
}

/// <summary>What became of a constraint in an output.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="IsMet">Whether the output keeps to it.</param>
/// <param name="Reason">Why not, as a sentence; empty when it does.</param>
public sealed record ConstraintOutcome(OutputConstraint Constraint, bool IsMet, string Reason);
