using System.Buffers;
using Sequor.Decoding.Constraints.Grammars;

namespace Sequor.Decoding.Constraints;

/// <summary>
/// Lets an output be only what an automaton reads, in any segmentation: its states are the automaton's between two pieces. States from which no output can be finished with
/// the pieces that there are do not exist, and where the room is short only ways to the end that fit are left.
/// </summary>
internal sealed class AutomatonMachine : ConstraintMachine
{
    private const int Places = 3;

    private readonly ByteAutomaton _automaton;
    private readonly PieceTexts _texts;
    private readonly int _constraint;
    private readonly int[] _numbers;
    private readonly List<(int State, TextPlace Place)> _states = [];
    private readonly int[] _distances;
    private readonly (int Id, int Target)[]?[] _allowed;
    private readonly List<(int Id, int State)> _found = [];
    private readonly Lock _turn = new();

    /// <summary>Makes the machine.</summary>
    /// <param name="automaton">What the output may be.</param>
    /// <param name="texts">What the pieces spell.</param>
    /// <param name="constraint">Which of the sentence's constraints it is.</param>
    /// <exception cref="ArgumentException">The vocabulary can write none of the texts.</exception>
    internal AutomatonMachine(ByteAutomaton automaton, PieceTexts texts, int constraint)
    {
        (_automaton, _texts, _constraint) = (automaton, texts, constraint);
        _numbers = new int[automaton.Edges.Length * Places];
        _numbers.AsSpan().Fill(-1);
        _distances = Distances(Explore());
        _allowed = new (int, int)[_states.Count][];
        if (_distances[Start] == int.MaxValue)
        {
            throw new ArgumentException("The pieces of the target vocabulary can write no output that the grammar or the list of outputs allows.");
        }
    }

    internal override int Start => 0;

    internal override int Next(int state, int previous, int id)
    {
        (int at, TextPlace place) = _states[state];
        if (_texts.IsUnknown(id) || _texts.Bytes(id, TextPlace.Inside).IsEmpty)
        {
            return Broken;
        }

        foreach (byte value in _texts.Bytes(id, place))
        {
            at = _automaton.Next(at, value);
            if (at < 0)
            {
                return Broken;
            }
        }

        int next = Number(at, _texts.Next(id, place));
        return _distances[next] == int.MaxValue ? Broken : next;
    }

    internal override bool MayEnd(int state) => _automaton.Accepts[_states[state].State];

    internal override void Ban(int state, int room, Span<float> logProbabilities)
    {
        (int Id, int Target)[] allowed;
        lock (_turn)
        {
            allowed = _allowed[state] ??= AllowedAt(state);
        }

        int most = _distances[state] <= room ? room - 1 : int.MaxValue;
        float end = _texts.EndId >= 0 ? logProbabilities[_texts.EndId] : float.NegativeInfinity;
        float[] kept = ArrayPool<float>.Shared.Rent(allowed.Length);
        for (int i = 0; i < allowed.Length; i++)
        {
            kept[i] = _distances[allowed[i].Target] <= most ? logProbabilities[allowed[i].Id] : float.NegativeInfinity;
        }

        logProbabilities.Fill(float.NegativeInfinity);
        for (int i = 0; i < allowed.Length; i++)
        {
            logProbabilities[allowed[i].Id] = kept[i];
        }

        ArrayPool<float>.Shared.Return(kept);
        if (_texts.EndId >= 0)
        {
            logProbabilities[_texts.EndId] = end;
        }
    }

    internal override void Report(ReadOnlySpan<int> ids, int state, Span<bool> met)
    {
        if (state == Broken || !MayEnd(state))
        {
            met[_constraint] = false;
        }
    }

    /// <summary>Finds all states, and for each the different ones behind one more piece, as pairs.</summary>
    private List<(int From, int To)> Explore()
    {
        var steps = new List<(int From, int To)>();
        var seenFrom = new List<int>();
        NumberOf(0, _texts.Start);
        for (int from = 0; from < _states.Count; from++)
        {
            TextPlace place = _states[from].Place;
            _texts.TrieAt(place).Walk(_automaton, _states[from].State, _found);
            foreach ((int id, int state) in _found)
            {
                int to = NumberOf(state, _texts.Next(id, place));
                while (seenFrom.Count <= to)
                {
                    seenFrom.Add(-1);
                }

                if (seenFrom[to] != from)
                {
                    seenFrom[to] = from;
                    steps.Add((from, to));
                }
            }
        }

        return steps;
    }

    /// <summary>For each state the fewest pieces that finish an output; the greatest number there is where none do.</summary>
    private int[] Distances(List<(int From, int To)> steps)
    {
        // Steps sorted by where they lead to: those into state i are firsts[i] to firsts[i + 1].
        var firsts = new int[_states.Count + 1];
        foreach ((_, int to) in steps)
        {
            firsts[to + 1]++;
        }

        for (int i = 0; i < _states.Count; i++)
        {
            firsts[i + 1] += firsts[i];
        }

        var before = new int[steps.Count];
        int[] next = [.. firsts];
        foreach ((int from, int to) in steps)
        {
            before[next[to]++] = from;
        }

        var distances = new int[_states.Count];
        distances.AsSpan().Fill(int.MaxValue);
        var waiting = new Queue<int>();
        for (int i = 0; i < _states.Count; i++)
        {
            if (MayEnd(i))
            {
                distances[i] = 0;
                waiting.Enqueue(i);
            }
        }

        while (waiting.TryDequeue(out int state))
        {
            foreach (int one in before.AsSpan(firsts[state]..firsts[state + 1]))
            {
                if (distances[one] == int.MaxValue)
                {
                    distances[one] = distances[state] + 1;
                    waiting.Enqueue(one);
                }
            }
        }

        return distances;
    }

    private (int Id, int Target)[] AllowedAt(int state)
    {
        TextPlace place = _states[state].Place;
        _texts.TrieAt(place).Walk(_automaton, _states[state].State, _found);
        return [.. _found.Select(one => (one.Id, Number(one.State, _texts.Next(one.Id, place)))).Where(one => _distances[one.Item2] < int.MaxValue)];
    }

    private int Number(int state, TextPlace place) => _numbers[(state * Places) + (int)place];

    private int NumberOf(int state, TextPlace place)
    {
        ref int number = ref _numbers[(state * Places) + (int)place];
        if (number < 0)
        {
            number = _states.Count;
            _states.Add((state, place));
        }

        return number;
    }
}
