using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Models.Recurrent;

/// <summary>What a recurrent decoder reads of the source sentences of its hypotheses, kept outside of steps. Sentences that nobody reads any more go when others join.</summary>
internal sealed class KeptSources : IDisposable
{
    private readonly KeptRows _keys = new();
    private readonly KeptRows _values = new();
    private readonly KeptRows _fixed = new();
    private readonly KeptRows _fixedProducts = new();
    private int[] _lengths = [];
    private int[] _sentences = [];
    private int[] _spare = [];
    private int _count;

    /// <summary>The sentence of each hypothesis among those that are kept, [R].</summary>
    internal ReadOnlySpan<int> Sentences => _sentences.AsSpan(0, _count);

    /// <summary>The longest sentence that is kept, in positions.</summary>
    internal int Longest => _lengths.Max();

    /// <summary>Sentences that are kept.</summary>
    internal int Count => _lengths.Length;

    /// <summary>The positions of a hypothesis's sentence.</summary>
    internal int LengthOf(int row) => _lengths[_sentences[row]];

    /// <summary>Adds sentences with one hypothesis each, behind those that are there.</summary>
    /// <param name="step">An open step.</param>
    /// <param name="joining">What is read of them.</param>
    internal void Join(Step step, DecoderSource joining)
    {
        int[] staying = [.. Sentences.ToArray().Distinct().Order()];
        int[] rows = [.. staying.SelectMany(sentence => Enumerable.Range(_lengths[..sentence].Sum(), _lengths[sentence]))];
        _keys.Set(Joined(step, _keys, rows, joining.Attention.Keys));
        _values.Set(Joined(step, _values, rows, joining.Attention.Values));
        _fixed.Set(Joined(step, _fixed, staying, joining.Fixed));
        _fixedProducts.Set(Joined(step, _fixedProducts, staying, joining.FixedProducts));
        _lengths = [.. staying.Select(sentence => _lengths[sentence]), .. joining.Layout.Lengths];
        Reserve(_count + joining.Layout.Count);
        foreach (ref int sentence in _sentences.AsSpan(0, _count))
        {
            sentence = Array.BinarySearch(staying, sentence);
        }

        for (int sentence = staying.Length; sentence < _lengths.Length; sentence++)
        {
            _sentences[_count++] = sentence;
        }
    }

    /// <summary>Makes hypothesis i read what hypothesis parents[i] read.</summary>
    internal void Reorder(ReadOnlySpan<int> parents)
    {
        Reserve(parents.Length);
        for (int row = 0; row < parents.Length; row++)
        {
            _spare[row] = _sentences[parents[row]];
        }

        (_sentences, _spare, _count) = (_spare, _sentences, parents.Length);
    }

    /// <summary>All sentences in a step.</summary>
    internal DecoderSource Load(Step step) =>
        new(step.Layout(_lengths), new SourceMemory(In(step, _keys), In(step, _values)), In(step, _fixed), In(step, _fixedProducts));

    public void Dispose()
    {
        _keys.Dispose();
        _values.Dispose();
        _fixed.Dispose();
        _fixedProducts.Dispose();
    }

    private void Reserve(int rows)
    {
        if (_sentences.Length < rows)
        {
            Array.Resize(ref _sentences, 2 * rows);
            _spare = new int[_sentences.Length];
        }
    }

    private static Tensor In(Step step, KeptRows rows) => rows.IsNone ? default : step.Use(rows.Value);

    private static Tensor Joined(Step step, KeptRows there, int[] staying, Tensor joining) =>
        joining.IsNone || there.IsNone || staying.Length == 0 ? joining : Tensor.StackRows([there.Value.Gather(step, staying), joining]);
}
