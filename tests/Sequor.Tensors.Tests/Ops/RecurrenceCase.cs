using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Ops;

/// <summary>A recurrent layer with numbers of its own for a batch of sentences.</summary>
internal sealed class RecurrenceCase
{
    private readonly RecurrentCell _cell;
    private readonly int _width;
    private readonly int[] _lengths;
    private readonly float[] _inputs;
    private readonly float[] _hidden;
    private readonly float[] _states;
    private readonly Parameter? _weight;
    private readonly Parameter? _bias;

    internal RecurrenceCase(RecurrentCell cell, int width, int[] lengths)
    {
        int gates = RecurrentPass.BlocksOf(cell) * width;
        (_cell, _width, _lengths) = (cell, width, lengths);
        _inputs = GradientCheck.Values((long)lengths.Sum() * gates, 1);
        _hidden = GradientCheck.Values((long)lengths.Length * width, 2);
        _states = GradientCheck.Values((long)lengths.Length * width, 3);
        if (cell != RecurrentCell.Ssru)
        {
            var set = new ParameterSet();
            (_weight, _bias) = (set.Add(["weight"], [gates, width]), set.Add(["bias"], [gates]));
            set.Allocate();
            _weight.Value.CopyFrom(GradientCheck.Values(_weight.Shape.Count, 4));
            _bias.Value.CopyFrom(GradientCheck.Values(_bias.Shape.Count, 5));
            set.MarkChanged();
        }
    }

    internal Tensor Weight => _weight is null ? default : _weight.Value;

    internal Tensor Bias => _bias is null ? default : _bias.Value;

    /// <summary>The input products in the order of the sentences.</summary>
    internal Tensor Inputs(Step step) => step.From(_inputs, [_lengths.Sum(), RecurrentPass.BlocksOf(_cell) * _width]);

    internal RecurrentState Initial(Step step, int sentence, int sentences)
    {
        Range range = (sentence * _width)..((sentence + sentences) * _width);
        return new RecurrentState(
            step.From(_hidden.AsSpan(range), [sentences, _width]),
            RecurrentPass.HasCellState(_cell) ? step.From(_states.AsSpan(range), [sentences, _width]) : default);
    }

    internal RecurrentSequence Run(Step step, RecurrentOptions options, bool reversed)
    {
        TimeLayout time = step.Layout(_lengths).InTime(reversed);
        return Inputs(step).ToTime(time).Recurrence(new RecurrentPass(_cell, time, options), Weight, Bias, Initial(step, 0, _lengths.Length));
    }

    /// <summary>The hidden states as the formulas have them, in the order of the sentences.</summary>
    internal float[] Expected(RecurrentOptions options, bool reversed)
    {
        int gates = RecurrentPass.BlocksOf(_cell) * _width;
        float[] weight = _weight is null ? [] : _weight.Value.ToArray();
        RecurrenceReference reference = new(_cell, _width, weight, _bias is null ? [] : _bias.Value.ToArray(), options);
        var all = new List<float>();
        for (int sentence = 0, row = 0; sentence < _lengths.Length; row += _lengths[sentence], sentence++)
        {
            double[][] rows = [.. Enumerable.Range(row, _lengths[sentence])
                .Select(r => _inputs.Skip(r * gates).Take(gates).Select(value => (double)value).ToArray())];
            double[] states = reference.Run(
                reversed ? [.. rows.Reverse()] : rows, StateOf(_hidden, sentence), StateOf(_states, sentence));
            double[][] hidden = [.. states.Chunk(_width)];
            all.AddRange((reversed ? hidden.Reverse() : hidden).SelectMany(h => h.Select(value => (float)value)));
        }

        return [.. all];
    }

    private double[] StateOf(float[] states, int sentence) =>
        [.. states.Skip(sentence * _width).Take(_width).Select(value => (double)value)];
}
