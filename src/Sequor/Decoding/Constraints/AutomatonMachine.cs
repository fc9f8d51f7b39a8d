using System.Buffers;
using Sequor.Decoding.Constraints.Grammars;

namespace Sequor.Decoding.Constraints;

/// <summary>
/// Lets an output be only what an automaton reads, in any segmentation: its states are the automaton's between two pieces. States from which no output can be finished with
/// the pieces that there are do not exist, and where the room is short only ways to the end that fit are left.
/// </summary>
internal sealed class AutomatonMachine : ConstraintMachine
{
    private readonly ByteAutomaton _automaton;
    private readonly PieceTexts _texts;
    private readonly int _constraint;
    private readonly PieceTrie _inside;
    private readonly PieceTrie _withoutSpace;
    private readonly Dictionary<(int State, TextPlace Place), int> _numbers = [];
    private readonly List<(int State, TextPlace Place)> _states = [];
    private readonly int[] _distances;
    private readonly (int Id, int Target)[]?[] _allowed;
    private readonly Lock _turn = new();

    /// <summary>Makes the machine.</summary>
    /// <param name="automaton">What the output may be.</param>
    /// <param name="texts">What the pieces spell.</param>
    /// <param name="constraint">Which of the sentence's constraints it is.</param>
    /// <exception cref="ArgumentException">The vocabulary can write none of the texts.</exception>
    internal AutomatonMachine(ByteAutomaton automaton, PieceTexts texts, int constraint)
    {
        (_automaton, _texts, _constraint) = (automaton, texts, constraint);
        _inside = new PieceTrie(texts, TextPlace.Inside);
        _withoutSpace = texts.Start == TextPlace.Inside ? _inside : new PieceTrie(texts, TextPlace.Joined);
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

        int next = _numbers[(at, _texts.Next(id, place))];
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

    /// <summary>Finds all states, and for each those behind one more piece.</summary>
    private List<HashSet<int>> Explore()
    {
        var behind = new List<HashSet<int>>();
        NumberOf((0, _texts.Start));
        for (int i = 0; i < _states.Count; i++)
        {
            var targets = new HashSet<int>();
            TextPlace place = _states[i].Place;
            TrieAt(place).Walk(_automaton, _states[i].State, (id, state) => targets.Add(NumberOf((state, _texts.Next(id, place)))));
            behind.Add(targets);
        }

        return behind;
    }

    /// <summary>For each state the fewest pieces that finish an output; the greatest number there is where none do.</summary>
    private int[] Distances(List<HashSet<int>> behind)
    {
        var before = new List<int>[behind.Count];
        for (int i = 0; i < behind.Count; i++)
        {
            foreach (int target in behind[i])
            {
                (before[target] ??= []).Add(i);
            }
        }

        var distances = new int[behind.Count];
        distances.AsSpan().Fill(int.MaxValue);
        var waiting = new Queue<int>();
        for (int i = 0; i < behind.Count; i++)
        {
            if (MayEnd(i))
            {
                distances[i] = 0;
                waiting.Enqueue(i);
            }
        }

        while (waiting.TryDequeue(out int state))
        {
            foreach (int one in before[state] ?? [])
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
        var allowed = new List<(int, int)>();
        TextPlace place = _states[state].Place;
        TrieAt(place).Walk(_automaton, _states[state].State, (id, next) =>
        {
            int target = _numbers[(next, _texts.Next(id, place))];
            if (_distances[target] < int.MaxValue)
            {
                allowed.Add((id, target));
            }
        });
        return [.. allowed];
    }

    private PieceTrie TrieAt(TextPlace place) => place == TextPlace.Inside ? _inside : _withoutSpace;

    private int NumberOf((int State, TextPlace Place) state)
    {
        if (!_numbers.TryGetValue(state, out int number))
        {
            number = _states.Count;
            _numbers.Add(state, number);
            _states.Add(state);
        }

        return number;
    }
}
