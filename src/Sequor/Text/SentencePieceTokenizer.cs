using System.Collections.Concurrent;
using System.Text;
using Sequor.Text.Segmentation;

namespace Sequor.Text;

/// <summary>One way to cut a text.</summary>
/// <param name="Pieces">Its pieces.</param>
/// <param name="Score">The natural logarithm of its probability under a unigram model.</param>
public sealed record RankedPieces(IReadOnlyList<string> Pieces, float Score);

/// <summary>A tokenizer over a SentencePiece model; its pieces are those of <c>spm_encode</c>, its text that of <c>spm_decode</c>.</summary>
public sealed class SentencePieceTokenizer : Tokenizer
{
    /// <summary>The buffers of a longer text, in bytes, are let go: lines of that length are rare.</summary>
    private const int KeptTextLength = 64 * 1024;

    private readonly PieceTable _table;
    private readonly TextNormalizer _normalizer;
    private readonly Segmenter _segmenter;
    private readonly PieceDecoder _decoder;
    private readonly int[] _byteIds;
    private readonly ConcurrentBag<Workspace> _workspaces = [];

    /// <summary>A tokenizer over a model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <exception cref="ModelFormatException">The model's character map is damaged.</exception>
    public SentencePieceTokenizer(SentencePieceModel model)
    {
        Model = model;
        Vocabulary = ModelVocabulary.Of(model);
        _table = new PieceTable(model);
        _normalizer = new TextNormalizer(model);
        _segmenter = Segmenter.For(model, _table, _normalizer.Protected);
        _decoder = new PieceDecoder(model, Vocabulary);
        _byteIds = model.ByteFallback ? [.. ByteTokenizer.ByteNames.Select(Vocabulary.IdOf)] : [];
    }

    /// <summary>What the model's file holds.</summary>
    public SentencePieceModel Model { get; }

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; }

    /// <summary>Reads a <c>.model</c> file.</summary>
    /// <param name="path">The file to read.</param>
    /// <exception cref="ModelFormatException">It is no SentencePiece model, or a damaged one.</exception>
    public static new SentencePieceTokenizer Load(string path) => new(SentencePieceModel.Load(path));

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <param name="stream">The bytes of a <c>.model</c> file.</param>
    /// <param name="name">How the model is called in a fault.</param>
    /// <exception cref="ModelFormatException">It is no SentencePiece model, or a damaged one.</exception>
    public static SentencePieceTokenizer Load(Stream stream, string name) => new(SentencePieceModel.Load(stream, name));

    /// <inheritdoc/>
    public override void Save(string path) => Model.Save(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces(string text)
    {
        Workspace workspace = Rent(text);
        _segmenter.Segment(workspace);
        var output = new PieceStrings(Vocabulary, workspace.Spans.Count);
        Emit(workspace, ref output);
        Return(workspace);
        return output.Pieces;
    }

    /// <inheritdoc/>
    public override int[] Encode(string text)
    {
        Workspace workspace = Rent(text);
        _segmenter.Segment(workspace);
        return Ids(workspace);
    }

    /// <inheritdoc/>
    public override int[] EncodeSampled(string text, SamplingOptions options, ulong key)
    {
        options.ThrowIfInvalid();
        Workspace workspace = Rent(text);
        _segmenter.Sample(workspace, options, key);
        return Ids(workspace);
    }

    /// <summary>The best segmentations of a text, best first; unigram models only.</summary>
    /// <param name="text">One line, without its line end.</param>
    /// <param name="count">How many are wanted, 1 to 1,024; there may be fewer.</param>
    /// <exception cref="NotSupportedException">The model is not a unigram model.</exception>
    public IReadOnlyList<RankedPieces> Candidates(string text, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        if (_segmenter is not UnigramSegmenter unigram)
        {
            throw new NotSupportedException(
                $"The model's algorithm is {Model.Algorithm}; only a unigram model gives its segmentations scores to rank them by.");
        }

        Workspace workspace = Rent(text);
        var candidates = new List<RankedPieces>(count);
        foreach (ScoredSpans scored in unigram.Candidates(workspace.Normalized.Written, count))
        {
            workspace.Spans.Clear();
            workspace.Spans.AddRange(scored.Spans);
            var output = new PieceStrings(Vocabulary, scored.Spans.Count);
            Emit(workspace, ref output);
            candidates.Add(new RankedPieces(output.Pieces, scored.Score));
        }

        Return(workspace);
        return candidates;
    }

    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids) => _decoder.Decode(ids);

    /// <summary>Joins pieces into text; one that the vocabulary does not hold stands for itself.</summary>
    /// <param name="pieces">Pieces as <see cref="Pieces"/> gives them.</param>
    public string Detokenize(IEnumerable<string> pieces) => _decoder.Decode(pieces);

    internal override PieceSpellings Spellings() => _decoder.Spellings();

    private int[] Ids(Workspace workspace)
    {
        var output = new PieceIds(workspace.Spans.Count);
        Emit(workspace, ref output);
        Return(workspace);
        return output.ToArray();
    }

    private Workspace Rent(string text)
    {
        Workspace workspace = _workspaces.TryTake(out Workspace? used) ? used : new Workspace();
        workspace.Clear();
        workspace.Source.Append(text);
        _normalizer.Normalize(workspace.Source.Written, workspace.Normalized);
        return workspace;
    }

    private void Return(Workspace workspace)
    {
        if (workspace.Normalized.Length <= KeptTextLength)
        {
            _workspaces.Add(workspace);
        }
    }

    /// <summary>Joins neighbouring unknown pieces into one, or spells them in bytes.</summary>
    private void Emit<TOutput>(Workspace workspace, ref TOutput output)
        where TOutput : struct, IPieceOutput
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        int unknownStart = -1;
        int unknownLength = 0;
        foreach (PieceSpan span in workspace.Spans)
        {
            if (span.Id != _table.UnknownId)
            {
                if (unknownStart >= 0)
                {
                    output.AddUnknown(_table.UnknownId, text.Slice(unknownStart, unknownLength));
                    unknownStart = -1;
                }

                output.Add(span.Id);
            }
            else if (Model.ByteFallback)
            {
                foreach (byte value in text.Slice(span.Start, span.Length))
                {
                    output.Add(_byteIds[value]);
                }
            }
            else
            {
                unknownLength = unknownStart < 0 ? span.Length : unknownLength + span.Length;
                unknownStart = unknownStart < 0 ? span.Start : unknownStart;
            }
        }

        if (unknownStart >= 0)
        {
            output.AddUnknown(_table.UnknownId, text.Slice(unknownStart, unknownLength));
        }
    }

    /// <summary>Where an encoding's pieces go.</summary>
    private interface IPieceOutput
    {
        /// <summary>A piece of the vocabulary.</summary>
        void Add(int id);

        /// <summary>Text that no piece covers.</summary>
        void AddUnknown(int id, ReadOnlySpan<byte> text);
    }

    private readonly struct PieceIds(int capacity) : IPieceOutput
    {
        private readonly List<int> _ids = new(capacity);

        public void Add(int id) => _ids.Add(id);

        public void AddUnknown(int id, ReadOnlySpan<byte> text) => _ids.Add(id);

        public int[] ToArray() => [.. _ids];
    }

    private readonly struct PieceStrings(Vocabulary vocabulary, int capacity) : IPieceOutput
    {
        public List<string> Pieces { get; } = new(capacity);

        public void Add(int id) => Pieces.Add(vocabulary[id]);

        public void AddUnknown(int id, ReadOnlySpan<byte> text) => Pieces.Add(Encoding.UTF8.GetString(text));
    }
}
