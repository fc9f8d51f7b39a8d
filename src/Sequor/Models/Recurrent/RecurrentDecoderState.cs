using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>What a recurrent decoder remembers of its hypotheses between two decoding steps. All of it is kept outside of steps.</summary>
internal sealed class RecurrentDecoderState : DecoderState
{
    private readonly RecurrentModel _model;
    private int[] _lengths = [];
    private SourceMemory _attention;
    private Tensor _fixed;
    private Tensor _fixedProducts;
    private Tensor[] _kept = [];
    private int[]? _parents;

    internal RecurrentDecoderState(RecurrentModel model) => _model = model;

    protected override void Join(EncodedSource memory)
    {
        Step step = memory.Layout.Step;
        DecoderSource source = _model.Decoder.Prepare(memory);
        _attention = new SourceMemory(
            Joined(step, _attention.Keys, source.Attention.Keys), Joined(step, _attention.Values, source.Attention.Values));
        (_fixed, _fixedProducts) = (Joined(step, _fixed, source.Fixed), Joined(step, _fixedProducts, source.FixedProducts));
        DecoderRows joining = _model.Decoder.Start(memory);
        _lengths = [.. _lengths, .. memory.Layout.Lengths];
        if (_kept.Length == 0)
        {
            _kept = [.. Parts(joining).Select(Kept)];
            return;
        }

        // Rows that have not looked at anything yet have looked nowhere: zeros, as wide as the longest sentence.
        Tensor[] there = Parts(RowsOf(step));
        Tensor[] added = Parts(joining);
        int rows = memory.Layout.Count;
        for (int i = 0; i < there.Length; i++)
        {
            bool isTrail = i >= there.Length - 2;
            Tensor before = isTrail ? Widened(step, there[i], _lengths.Max()) : there[i];
            Tensor behind = added[i].IsNone && !before.IsNone ? step.Filled(0, [rows, before.Shape.Width]) : added[i];
            _kept[i] = before.IsNone ? default : Tensor.StackRows([before, behind]).Keep();
        }
    }

    protected override Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention)
    {
        var source = new DecoderSource(
            step.Layout(_lengths), new SourceMemory(In(step, _attention.Keys), In(step, _attention.Values)), _fixed, _fixedProducts);
        DecoderRows rows = RowsOf(step);
        Tensor states = _model.Decoder.Advance(step, lastIds, Lengths, source, Sentences, rows, out Tensor weights);
        Keep(Parts(rows));
        if (!attention.IsEmpty && !weights.IsNone)
        {
            Tell(weights, attention);
        }

        return states;
    }

    protected override void ReorderCaches(ReadOnlySpan<int> parents)
    {
        var now = new int[parents.Length];
        for (int i = 0; i < now.Length; i++)
        {
            now[i] = _parents is null ? parents[i] : _parents[parents[i]];
        }

        _parents = now;
    }

    /// <summary>Everything that is carried, as a list without names: [state, cell] of each layer, what is fed back, and the two halves of the trail.</summary>
    private static Tensor[] Parts(DecoderRows rows) =>
        [.. rows.States.SelectMany(state => (Tensor[])[state.Hidden, state.Cell]), rows.Fed, rows.Trail.Last, rows.Trail.Seen];

    private static Tensor Joined(Step step, Tensor there, Tensor joining) =>
        joining.IsNone || there.IsNone ? Kept(joining) : Tensor.StackRows([step.Use(there), joining]).Keep();

    private static Tensor Widened(Step step, Tensor trail, int columns)
    {
        if (trail.IsNone || trail.Shape.Width == columns)
        {
            return trail;
        }

        float[] narrow = trail.ToArray();
        var wide = new float[trail.Shape.Rows * columns];
        for (int row = 0; row < trail.Shape.Rows; row++)
        {
            narrow.AsSpan(row * trail.Shape.Width, trail.Shape.Width).CopyTo(wide.AsSpan(row * columns));
        }

        return step.From(wide, [trail.Shape.Rows, columns]);
    }

    private static Tensor In(Step step, Tensor kept) => kept.IsNone ? default : step.Use(kept);

    private static Tensor Kept(Tensor tensor) => tensor.IsNone ? default : tensor.Keep();

    private DecoderRows RowsOf(Step step)
    {
        Tensor[] parts = _parents is { } parents ? [.. _kept.Select(part => part.IsNone ? default : part.Gather(step, parents))]
            : [.. _kept.Select(part => In(step, part))];
        int layers = (parts.Length - 3) / 2;
        _parents = null;
        return new DecoderRows([.. Enumerable.Range(0, layers).Select(i => new RecurrentState(parts[2 * i], parts[(2 * i) + 1]))])
        {
            Fed = parts[^3],
            Trail = new AttentionTrail(parts[^2], parts[^1]),
        };
    }

    /// <summary>Copies what must outlive the step, into memory that is there already where the number of rows has not changed.</summary>
    private void Keep(Tensor[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].IsNone || _kept[i].IsNone || parts[i].Shape != _kept[i].Shape)
            {
                _kept[i] = Kept(parts[i]);
            }
            else
            {
                _kept[i].CopyFrom(parts[i]);
            }
        }
    }

    /// <summary>Attention of each hypothesis over its own source, the mean of the heads.</summary>
    private void Tell(Tensor weights, Span<float[]> attention)
    {
        float[] all = HeadMean.Of(weights, attention.Length).ToArray();
        int columns = weights.Shape.Width;
        for (int row = 0; row < attention.Length; row++)
        {
            attention[row] = all[(row * columns)..((row * columns) + _lengths[Sentences[row]])];
        }
    }
}
