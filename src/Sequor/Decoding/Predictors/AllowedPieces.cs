using Sequor.Alignments;
using Sequor.Models;

namespace Sequor.Decoding.Predictors;

/// <summary>The pieces that each sentence may choose among, and the part of the projection that serves all sentences that are being decoded.</summary>
/// <param name="model">The model.</param>
/// <param name="shortlist">What makes the lists.</param>
/// <param name="endId">The end sign.</param>
internal sealed class AllowedPieces(EncoderDecoder model, OutputShortlist shortlist, int endId) : IDisposable
{
    private readonly LexicalShortlist _lists = new(shortlist.Table, [endId, .. shortlist.Always], shortlist.Copies);
    private readonly Dictionary<int, Sentence> _sentences = [];
    private readonly List<int> _gone = [];
    private readonly int[] _columns = new int[model.TargetVocabularySize];
    private readonly int[] _ids = new int[model.TargetVocabularySize];
    private int[] _union = [];

    /// <summary>The part of the projection that serves all sentences.</summary>
    internal OutputSelection Selection { get; private set; } = null!;

    /// <summary>The columns of <see cref="Selection"/>.</summary>
    internal int Width => _union.Length;

    /// <summary>What a sentence may choose among.</summary>
    internal Sentence this[int sentence] => _sentences[sentence];

    /// <summary>Works out the list of a sentence.</summary>
    /// <param name="sentence">Its number.</param>
    /// <param name="source">Its pieces, the end sign last.</param>
    /// <param name="wanted">Pieces that its output may be made to hold; null where they may be any: then it chooses among all.</param>
    internal void Add(int sentence, ReadOnlySpan<int> source, int[]? wanted)
    {
        ReadOnlySpan<int> listed = _lists.For(source[..^1]);
        _sentences[sentence] = new Sentence(wanted switch
        {
            null => [.. Enumerable.Range(0, model.TargetVocabularySize)],
            [] => listed.ToArray(),
            _ => [.. new SortedSet<int>([.. listed, .. wanted])],
        });
    }

    /// <summary>Takes the projection's rows for all sentences that are being decoded, once they have changed.</summary>
    /// <param name="live">The sentences, some perhaps more than once.</param>
    internal void Select(ReadOnlySpan<int> live)
    {
        Forget(live);
        Array.Clear(_columns);
        foreach (Sentence sentence in _sentences.Values)
        {
            foreach (int id in sentence.Ids)
            {
                _columns[id] = 1;
            }
        }

        int width = 0;
        for (int id = 0; id < _columns.Length; id++)
        {
            if (_columns[id] > 0)
            {
                _ids[width] = id;
                _columns[id] = width++;
            }
        }

        foreach (Sentence sentence in _sentences.Values)
        {
            sentence.Place(_columns);
        }

        ReadOnlySpan<int> union = _ids.AsSpan(0, width);
        if (!union.SequenceEqual(_union))
        {
            Selection?.Dispose();
            Selection = model.SelectOutputs(union);
            _union = union.ToArray();
        }
    }

    public void Dispose() => Selection?.Dispose();

    private void Forget(ReadOnlySpan<int> live)
    {
        _gone.Clear();
        foreach (int sentence in _sentences.Keys)
        {
            if (!live.Contains(sentence))
            {
                _gone.Add(sentence);
            }
        }

        _gone.ForEach(sentence => _sentences.Remove(sentence));
    }

    /// <summary>What one sentence may choose among.</summary>
    /// <param name="ids">The pieces, rising.</param>
    internal sealed class Sentence(int[] ids)
    {
        internal int[] Ids { get; } = ids;

        /// <summary>Where each piece stands among the columns of all sentences.</summary>
        internal int[] Columns { get; } = new int[ids.Length];

        /// <summary>Takes the pieces' columns.</summary>
        /// <param name="columns">The column of each piece of the vocabulary.</param>
        internal void Place(int[] columns)
        {
            for (int i = 0; i < Ids.Length; i++)
            {
                Columns[i] = columns[Ids[i]];
            }
        }
    }
}
