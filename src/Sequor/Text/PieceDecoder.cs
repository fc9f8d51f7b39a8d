using System.Text;

namespace Sequor.Text;

/// <summary>Joins pieces into text as <c>spm_decode</c> does.</summary>
internal sealed class PieceDecoder
{
    /// <summary>What a space is written as inside pieces.</summary>
    private const char SpaceMark = '\u2581';

    private readonly SentencePieceModel _model;
    private readonly Vocabulary _vocabulary;
    private readonly byte[] _byteOf;
    private readonly bool _dropsFirstSpace;
    private readonly TextNormalizer? _denormalizer;

    /// <summary>A decoder for a model's pieces.</summary>
    public PieceDecoder(SentencePieceModel model, Vocabulary vocabulary)
    {
        _model = model;
        _vocabulary = vocabulary;
        _dropsFirstSpace = model.AddDummyPrefix || model.RemoveExtraWhitespaces;
        _byteOf = new byte[model.Pieces.Count];
        for (int value = 0; value < 256; value++)
        {
            int id = vocabulary.IdOf(ByteTokenizer.ByteNames[value]);
            if (id >= 0 && model.Pieces[id].Type == PieceType.Byte)
            {
                _byteOf[id] = (byte)value;
            }
        }

        Protobuf.NormalizerSpec? denormalizer = model.Proto.DenormalizerSpec;
        _denormalizer = denormalizer is { PrecompiledCharsmap.IsEmpty: false }
            ? new TextNormalizer(denormalizer, treatWhitespaceAsSuffix: false, [], model.Name)
            : null;
    }

    /// <summary>The text of ids.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var state = new State(this);
        foreach (int id in ids)
        {
            state.Add(_vocabulary[id], id);
        }

        return Denormalized(state.Finish());
    }

    /// <summary>The text of pieces.</summary>
    public string Decode(IEnumerable<string> pieces)
    {
        var state = new State(this);
        foreach (string piece in pieces)
        {
            state.Add(piece, _vocabulary.IdOf(piece));
        }

        return Denormalized(state.Finish());
    }

    /// <summary>What each piece spells, before text is denormalised.</summary>
    public PieceSpellings Spellings() => new([.. _model.Pieces.Select((piece, id) => piece.Type switch
    {
        PieceType.Control => [],
        PieceType.Unknown => null,
        PieceType.Byte => new[] { _byteOf[id] },
        _ => Encoding.UTF8.GetBytes(_vocabulary[id].Replace(SpaceMark, ' ')),
    })])
    {
        DropsFirstSpace = _dropsFirstSpace,
        DropsFirstSpaces = _dropsFirstSpace && _model.RemoveExtraWhitespaces,
        KeptSpaceId = _model.ByteFallback ? _vocabulary.IdOf(ByteTokenizer.ByteNames[' ']) : -1,
    };

    private string Denormalized(string text) => _denormalizer is null ? text : _denormalizer.Normalize(text);

    /// <summary>What is known between two pieces.</summary>
    private sealed class State(PieceDecoder decoder)
    {
        private readonly StringBuilder _text = new();
        private readonly List<byte> _bytes = [];
        private bool _atStart = true;
        private bool _droppedSpace;

        public void Add(string piece, int id)
        {
            PieceType type = decoder._model.Pieces[id].Type;
            if (type == PieceType.Byte)
            {
                _bytes.Add(decoder._byteOf[id]);
                return;
            }

            FlushBytes();
            _atStart &= !_droppedSpace && _text.Length == 0;
            _droppedSpace = false;
            switch (type)
            {
                case PieceType.Control:
                    break;
                case PieceType.Unknown:
                    _text.Append(piece == decoder._vocabulary[id] ? decoder._model.UnknownSurface : piece);
                    break;
                default:
                    AppendSpaced(piece);
                    break;
            }
        }

        public string Finish()
        {
            FlushBytes();
            return _text.ToString();
        }

        private void AppendSpaced(string piece)
        {
            int skipped = 0;
            if (_atStart && decoder._dropsFirstSpace && piece[0] == SpaceMark)
            {
                // Where extra spaces are dropped anyway, every one at the start is; else only the one that encoding added.
                skipped = 1;
                _droppedSpace = !decoder._model.RemoveExtraWhitespaces;
            }

            int start = _text.Length;
            _text.Append(piece, skipped, piece.Length - skipped).Replace(SpaceMark, ' ', start, piece.Length - skipped);
        }

        private void FlushBytes()
        {
            if (_bytes.Count > 0)
            {
                Utf8.AppendTo(_text, _bytes.ToArray());
                _bytes.Clear();
            }
        }
    }
}
