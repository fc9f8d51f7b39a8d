namespace Sequor.Decoding.Constraints;

/// <summary>Makes machines of constraints: once of those that all sentences share, and for each sentence of its own.</summary>
internal sealed class ConstraintCompiler
{
    private readonly PieceTexts? _texts;
    private readonly int _vocabularySize;
    private readonly IReadOnlyList<OutputConstraint> _shared;
    private readonly ConstraintMachine[] _machines;
    private readonly IReadOnlyList<Phrase> _phrases;

    /// <summary>Makes what all sentences share.</summary>
    /// <param name="shared">The constraints of all sentences.</param>
    /// <param name="texts">What the pieces spell; null when nobody knows.</param>
    /// <param name="vocabularySize">The number of pieces.</param>
    /// <exception cref="ArgumentException">A constraint cannot be held with what is known.</exception>
    internal ConstraintCompiler(IReadOnlyList<OutputConstraint> shared, PieceTexts? texts, int vocabularySize)
    {
        (_texts, _vocabularySize, _shared) = (texts, vocabularySize, shared);
        ConstraintParts parts = PartsOf(shared, 0);
        _machines = [.. parts.Machines()];
        _phrases = parts.Phrases;
    }

    /// <summary>The constraints of all sentences.</summary>
    internal IReadOnlyList<OutputConstraint> Shared => _shared;

    /// <summary>All that one sentence's output must keep to; null for nothing.</summary>
    /// <param name="own">Its own constraints.</param>
    /// <param name="options">How outputs are looked for.</param>
    /// <exception cref="ArgumentException">The search cannot hold a constraint.</exception>
    internal SentenceConstraints? For(IReadOnlyList<OutputConstraint> own, SearchOptions options)
    {
        if (_shared.Count + own.Count == 0)
        {
            return null;
        }

        OutputConstraint[] all = [.. _shared, .. own];
        if (options is not BeamSearchOptions && all.FirstOrDefault(constraint => constraint.NeedsBeam) is { } needy)
        {
            throw new ArgumentException(
                $"Asked for was {needy.Meaning}: that takes a beam, which tries several places for it, but this search writes one piece after the other. " +
                "Search with a beam, or leave the constraint out; bans, grammars and prefixes go with every search.");
        }

        ConstraintParts parts = PartsOf(own, _shared.Count);
        IReadOnlyList<Phrase> phrases = [.. _phrases, .. parts.Phrases];
        PhraseMachine? counting = phrases.Count == 0 ? null : new PhraseMachine(phrases, _texts);
        return new SentenceConstraints(all, [.. _machines, .. parts.Machines(), .. counting is null ? (ConstraintMachine[])[] : [counting]], counting);
    }

    private ConstraintParts PartsOf(IReadOnlyList<OutputConstraint> constraints, int first)
    {
        var parts = new ConstraintParts(_texts, _vocabularySize);
        for (int i = 0; i < constraints.Count; i++)
        {
            constraints[i].AddTo(parts, first + i);
        }

        return parts;
    }
}
