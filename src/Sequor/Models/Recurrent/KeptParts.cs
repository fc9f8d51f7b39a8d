using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Models.Recurrent;

/// <summary>
/// What is carried from one decoding step to the next, kept outside of steps: the state and cell of each layer, what is fed back, and the two halves of the trail.
/// Hypotheses that go on from others are gathered at the beginning of the next step, in the step's memory.
/// </summary>
internal sealed class KeptParts : IDisposable
{
    private const int WithoutLayer = 3;

    private KeptRows[] _parts = [];
    private int[] _parents = [];
    private int[] _spare = [];
    private int _moved = -1;

    /// <summary>What the step reads and replaces.</summary>
    internal DecoderRows Rows { get; private set; } = new([]);

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i].</summary>
    internal void Reorder(ReadOnlySpan<int> parents)
    {
        if (_parents.Length < parents.Length)
        {
            Array.Resize(ref _parents, 2 * parents.Length);
            Array.Resize(ref _spare, 2 * parents.Length);
        }

        for (int i = 0; i < parents.Length; i++)
        {
            _spare[i] = _moved < 0 ? parents[i] : _parents[parents[i]];
        }

        (_parents, _spare, _moved) = (_spare, _parents, parents.Length);
    }

    /// <summary>Brings everything into a step.</summary>
    internal void Load(Step step)
    {
        for (int layer = 0; layer < Rows.States.Length; layer++)
        {
            Rows.States[layer] = new RecurrentState(Load(step, 2 * layer), Load(step, (2 * layer) + 1));
        }

        int first = 2 * Rows.States.Length;
        Rows.Fed = Load(step, first);
        Rows.Trail = new AttentionTrail(Load(step, first + 1), Load(step, first + 2));
        _moved = -1;
    }

    /// <summary>Keeps what a step has made of it.</summary>
    internal void Save()
    {
        for (int part = 0; part < _parts.Length; part++)
        {
            _parts[part].Set(PartOf(Rows, part));
        }
    }

    /// <summary>Adds hypotheses behind those that are there.</summary>
    /// <param name="step">An open step.</param>
    /// <param name="joining">What they begin with.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="columns">The longest source sentence of all hypotheses, which a trail is as wide as.</param>
    internal void Join(Step step, DecoderRows joining, int count, int columns)
    {
        bool isFirst = _parts.Length == 0;
        if (isFirst)
        {
            Rows = new DecoderRows(new RecurrentState[joining.States.Length]);
            _parts = [.. Enumerable.Range(0, (2 * joining.States.Length) + WithoutLayer).Select(_ => new KeptRows())];
        }

        Load(step);
        for (int part = 0; part < _parts.Length; part++)
        {
            Tensor there = PartOf(Rows, part);
            Tensor added = PartOf(joining, part);
            there = there.IsNone || part <= 2 * joining.States.Length ? there : Resized(step, there, columns);

            // Rows that have not looked at anything yet have looked nowhere.
            added = added.IsNone && !there.IsNone ? step.Filled(0, [count, there.Shape.Width]) : added;
            _parts[part].Set(there.IsNone ? added : Tensor.StackRows([there, added]));
        }
    }

    public void Dispose()
    {
        foreach (KeptRows part in _parts)
        {
            part.Dispose();
        }
    }

    private static Tensor PartOf(DecoderRows rows, int part) => (part - (2 * rows.States.Length)) switch
    {
        < 0 => part % 2 == 0 ? rows.States[part / 2].Hidden : rows.States[part / 2].Cell,
        0 => rows.Fed,
        1 => rows.Trail.Last,
        _ => rows.Trail.Seen,
    };

    /// <summary>A trail over the columns of the sentences that are there now; those behind a sentence are 0.</summary>
    private static Tensor Resized(Step step, Tensor trail, int columns)
    {
        int width = trail.Shape.Width;
        if (width == columns)
        {
            return trail;
        }

        return width > columns ? trail.Columns(0, columns) : trail.Concatenate(step.Filled(0, [trail.Shape.Rows, columns - width]));
    }

    private Tensor Load(Step step, int part)
    {
        Tensor kept = _parts[part].Value;
        return kept.IsNone || _moved == 0 ? default : _moved < 0 ? step.Use(kept) : kept.Gather(step, _parents.AsSpan(0, _moved));
    }
}
