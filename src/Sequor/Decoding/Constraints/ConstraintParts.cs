namespace Sequor.Decoding.Constraints;

/// <summary>What several constraints come to, before machines are made of it.</summary>
/// <param name="texts">What the pieces spell; null when nobody knows.</param>
/// <param name="vocabularySize">The number of pieces.</param>
internal sealed class ConstraintParts(PieceTexts? texts, int vocabularySize)
{
    private readonly List<(int[] Run, int Constraint)> _bannedRuns = [];
    private readonly List<(string Text, int Constraint)> _bannedTexts = [];
    private readonly List<(Grammars.ByteAutomaton Allowed, int Constraint)> _allowed = [];
    private readonly List<Phrase> _phrases = [];

    /// <summary>The phrases that must be written.</summary>
    internal IReadOnlyList<Phrase> Phrases => _phrases;

    /// <summary>What the pieces spell.</summary>
    /// <exception cref="ArgumentException">Nobody knows.</exception>
    internal PieceTexts TextsFor(OutputConstraint constraint) => texts ?? throw new ArgumentException(
        $"A search over pieces was asked for {constraint.Meaning}: that is about text, which only a tokenizer knows. Ask a Generator or a Translator, or name pieces.");

    /// <summary>Refuses pieces that the vocabulary does not hold.</summary>
    internal void CheckIds(IEnumerable<IReadOnlyList<int>> runs)
    {
        foreach (int id in runs.SelectMany(run => run))
        {
            if ((uint)id >= (uint)vocabularySize)
            {
                throw new ArgumentException($"The pieces of a constraint hold the id {id}, but the target vocabulary has the ids 0 to {vocabularySize - 1}.");
            }
        }
    }

    /// <summary>One of several phrases must be written.</summary>
    /// <param name="constraint">The constraint's place.</param>
    /// <param name="alternatives">The phrases: each as the runs of pieces that write it, the last of which can stand at any place.</param>
    internal void Require(int constraint, IReadOnlyList<IReadOnlyList<int[]>> alternatives) => _phrases.Add(new Phrase(
        constraint, [.. alternatives.SelectMany(runs => runs).Select(WithBoundaries)], alternatives.Count == 0 ? 0 : alternatives.Min(runs => runs[^1].Length)));

    /// <summary>A run of pieces must not be written.</summary>
    internal void BanRun(int[] run, int constraint) => _bannedRuns.Add((run, constraint));

    /// <summary>A text must not be written.</summary>
    internal void BanText(string text, int constraint) => _bannedTexts.Add((text, constraint));

    /// <summary>Nothing but certain texts may be written.</summary>
    internal void Allow(int constraint, Grammars.ByteAutomaton allowed) => _allowed.Add((allowed, constraint));

    /// <summary>The machines that ban and allow; those that count phrases are each sentence's own.</summary>
    internal IEnumerable<ConstraintMachine> Machines()
    {
        if (_bannedRuns.Count > 0)
        {
            yield return new PieceBanMachine(_bannedRuns);
        }

        if (_bannedTexts.Count > 0)
        {
            yield return new TextBanMachine(_bannedTexts, texts!);
        }

        foreach ((Grammars.ByteAutomaton allowed, int constraint) in _allowed)
        {
            yield return new AutomatonMachine(allowed, texts!, constraint);
        }
    }

    private int[] WithBoundaries(int[] run)
    {
        var symbols = new List<int> { PhraseMachine.Boundary };
        for (int i = 0; i < run.Length; i++)
        {
            if (i > 0 && texts?.Between(run[i - 1], run[i]) != false)
            {
                symbols.Add(PhraseMachine.Boundary);
            }

            symbols.Add(run[i]);
        }

        return [.. symbols, PhraseMachine.Boundary];
    }
}
