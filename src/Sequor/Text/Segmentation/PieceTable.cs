using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Sequor.Text.Segmentation;

/// <summary>The pieces of a model, found by their bytes.</summary>
internal sealed class PieceTable
{
    private readonly byte[][] _bytes;
    private readonly PieceType[] _types;
    private readonly float[] _scores;
    private readonly int[] _emitted;
    private readonly int[] _textSlots;
    private readonly int[] _reservedSlots;

    /// <summary>The table of a model.</summary>
    public PieceTable(SentencePieceModel model)
    {
        int count = model.Pieces.Count;
        _bytes = new byte[count][];
        _types = new PieceType[count];
        _scores = new float[count];
        _emitted = new int[count];
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)(count * 2) + 2);
        _textSlots = Empty(slots);
        _reservedSlots = Empty(slots);
        for (int id = 0; id < count; id++)
        {
            ModelPiece piece = model.Pieces[id];
            _bytes[id] = Encoding.UTF8.GetBytes(piece.Text);
            _types[id] = piece.Type;
            _scores[id] = piece.Score;
            if (piece.Type != PieceType.Control)
            {
                Insert(IsText(piece.Type) ? _textSlots : _reservedSlots, id);
            }

            UnknownId = piece.Type == PieceType.Unknown ? id : UnknownId;
        }

        for (int id = 0; id < count; id++)
        {
            int reserved = Find(_reservedSlots, _bytes[id]);
            _emitted[id] = reserved >= 0 ? reserved : id;
        }
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => _bytes.Length;

    /// <summary>The id of the unknown piece.</summary>
    public int UnknownId { get; }

    /// <summary>The bytes of a piece.</summary>
    public byte[] BytesOf(int id) => _bytes[id];

    /// <summary>What a piece is for.</summary>
    public PieceType TypeOf(int id) => _types[id];

    /// <summary>The score of a piece.</summary>
    public float ScoreOf(int id) => _scores[id];

    /// <summary>Whether any piece is of this type.</summary>
    public bool HasType(PieceType type) => Array.IndexOf(_types, type) >= 0;

    /// <summary>Whether a type takes part in segmentation; the others are found by their names only.</summary>
    public static bool IsText(PieceType type) => type is PieceType.Normal or PieceType.UserDefined or PieceType.Unused;

    /// <summary>The piece of text with these bytes, or -1.</summary>
    public int FindText(ReadOnlySpan<byte> bytes) => Find(_textSlots, bytes);

    /// <summary>
    /// The id that these bytes are emitted as; a byte's name or the unknown piece's goes before text of the same spelling.
    /// A mark such as <c>&lt;/s&gt;</c> is never emitted for text that reads so; SentencePiece stops with an error there.
    /// </summary>
    /// <param name="bytes">The spelling.</param>
    /// <param name="textId">What <see cref="FindText"/> gave for them.</param>
    public int Emitted(ReadOnlySpan<byte> bytes, int textId)
    {
        if (textId >= 0)
        {
            return _emitted[textId];
        }

        int reserved = Find(_reservedSlots, bytes);
        return reserved >= 0 ? reserved : UnknownId;
    }

    private static int[] Empty(int slots)
    {
        int[] empty = new int[slots];
        Array.Fill(empty, -1);
        return empty;
    }

    private void Insert(int[] slots, int id)
    {
        uint slot = Hash(_bytes[id]) & (uint)(slots.Length - 1);
        while (slots[slot] >= 0)
        {
            slot = (slot + 1) & (uint)(slots.Length - 1);
        }

        slots[slot] = id;
    }

    private int Find(int[] slots, ReadOnlySpan<byte> bytes)
    {
        uint slot = Hash(bytes) & (uint)(slots.Length - 1);
        while (true)
        {
            int id = slots[slot];
            if (id < 0 || bytes.SequenceEqual(_bytes[id]))
            {
                return id;
            }

            slot = (slot + 1) & (uint)(slots.Length - 1);
        }
    }

    /// <summary>A hash of eight bytes at a time; the same on every machine.</summary>
    internal static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (byte value in bytes)
        {
            rest = (rest << 8) | value;
        }

        return (uint)(Mix(hash ^ rest) >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15UL;
        return value ^ (value >> 29);
    }
}
