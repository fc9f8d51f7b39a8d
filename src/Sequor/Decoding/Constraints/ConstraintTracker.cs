using Sequor.Decoding.Engine;

namespace Sequor.Decoding.Constraints;

/// <summary>Knows where the hypotheses of one sentence stand with its constraints.</summary>
internal sealed class ConstraintTracker
{
    private SentenceConstraints? _constraints;
    private int[] _states = new int[64];

    /// <summary>Whether the sentence has constraints.</summary>
    internal bool IsActive => _constraints is not null;

    /// <summary>Begins with a sentence.</summary>
    /// <param name="constraints">What its output must keep to; null for nothing.</param>
    internal void Begin(SentenceConstraints? constraints)
    {
        _constraints = constraints;
        if (_states.Length < Machines)
        {
            _states = new int[2 * Machines];
        }

        for (int i = 0; i < Machines; i++)
        {
            _states[i] = constraints!.Machines[i].Start;
        }
    }

    /// <summary>Tells of a history that grew.</summary>
    /// <param name="histories">All histories.</param>
    /// <param name="history">The new one; its last piece is no end sign.</param>
    internal void Extend(Histories histories, int history)
    {
        if (_constraints is null)
        {
            return;
        }

        int parent = histories.Parent(history);
        int last = parent < 0 ? ConstraintMachine.NoPiece : histories.LastId(parent);
        if (_states.Length < (history + 2) * Machines)
        {
            Array.Resize(ref _states, 2 * (history + 2) * Machines);
        }

        for (int i = 0; i < Machines; i++)
        {
            int state = State(parent, i);
            State(history, i) = state == ConstraintMachine.Broken ? state : _constraints.Machines[i].Next(state, last, histories.LastId(history));
        }
    }

    /// <summary>Bans what may not come next.</summary>
    /// <param name="history">What is written.</param>
    /// <param name="room">How many more pieces may be.</param>
    /// <param name="end">The end sign.</param>
    /// <param name="logProbabilities">[V]</param>
    internal void Ban(int history, int room, int end, Span<float> logProbabilities)
    {
        for (int i = 0; i < Machines; i++)
        {
            int state = State(history, i);
            if (state != ConstraintMachine.Broken)
            {
                _constraints!.Machines[i].Ban(state, room, logProbabilities);
            }
        }

        if (!MayEnd(history))
        {
            logProbabilities[end] = float.NegativeInfinity;
        }
    }

    /// <summary>Whether an output may end here: nothing is missing that could still be written.</summary>
    internal bool MayEnd(int history)
    {
        for (int i = 0; i < Machines; i++)
        {
            int state = State(history, i);
            if (state != ConstraintMachine.Broken && !_constraints!.Machines[i].MayEnd(state))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What keeps an output that ends here from being right: phrases that are missing, and other constraints that are broken.</summary>
    internal int Missing(int history)
    {
        int missing = 0;
        for (int i = 0; i < Machines; i++)
        {
            int state = State(history, i);
            missing += state == ConstraintMachine.Broken ? 1
                : _constraints!.Machines[i] is PhraseMachine phrases ? phrases.Missing(state)
                : _constraints.Machines[i].MayEnd(state) ? 0 : 1;
        }

        return missing;
    }

    /// <summary>About how many more pieces it takes to write the phrases that are missing.</summary>
    internal int Left(int history) => _constraints?.Phrases is { } phrases ? phrases.Left(State(history, PhrasesPlace)) : 0;

    /// <summary>The same, were a piece to follow.</summary>
    internal int LeftBehind(Histories histories, int history, int id) => _constraints?.Phrases is { } phrases
        ? phrases.Left(phrases.Next(State(history, PhrasesPlace), history < 0 ? ConstraintMachine.NoPiece : histories.LastId(history), id))
        : 0;

    /// <summary>The pieces that bring a missing phrase nearer.</summary>
    internal ReadOnlySpan<int> Forward(int history) => _constraints?.Phrases is { } phrases ? phrases.Forward(State(history, PhrasesPlace)) : [];

    /// <summary>An output with what became of its constraints.</summary>
    internal Hypothesis Reported(Hypothesis output) =>
        _constraints is null ? output : output with { Constraints = _constraints.Report(output.Ids, output.StoppedBy) };

    private int Machines => _constraints?.Machines.Count ?? 0;

    // The compiler puts it last.
    private int PhrasesPlace => Machines - 1;

    private ref int State(int history, int machine) => ref _states[((history + 1) * Machines) + machine];
}
