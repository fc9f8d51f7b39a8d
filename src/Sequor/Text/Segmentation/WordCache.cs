namespace Sequor.Text.Segmentation;

/// <summary>
/// Words and how they were cut. Each word has one slot, the latest takes it; when the room for spellings is used up,
/// everything is forgotten. What comes out of it is what went in, so that no result depends on what it holds.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are rare, and cutting them again costs less than they take from others.</summary>
    public const int MaximumWordLength = 64;

    private const int SlotCount = 16_384;
    private const int MaximumBytes = 512 * 1024;

    private readonly Slot[] _slots = new Slot[SlotCount];
    private readonly ByteBuffer _words = new();
    private readonly List<PieceSpan> _spans = [];

    /// <summary>Appends a known word's pieces.</summary>
    /// <param name="word">The word's bytes.</param>
    /// <param name="hash">Its <see cref="PieceTable.Hash"/>.</param>
    /// <param name="start">Where it begins in the text.</param>
    /// <param name="output">Where the pieces go.</param>
    /// <returns>False when the word is not known.</returns>
    public bool TryEmit(ReadOnlySpan<byte> word, uint hash, int start, List<PieceSpan> output)
    {
        ref readonly Slot slot = ref _slots[hash % SlotCount];
        if (slot.WordLength != word.Length || !_words.Written.Slice(slot.WordStart, slot.WordLength).SequenceEqual(word))
        {
            return false;
        }

        for (int i = slot.FirstSpan; i < slot.FirstSpan + slot.SpanCount; i++)
        {
            PieceSpan span = _spans[i];
            output.Add(span with { Start = span.Start + start });
        }

        return true;
    }

    /// <summary>Remembers a word.</summary>
    /// <param name="word">The word's bytes, at most <see cref="MaximumWordLength"/> and at least one.</param>
    /// <param name="hash">Its <see cref="PieceTable.Hash"/>.</param>
    /// <param name="start">Where it begins in the text.</param>
    /// <param name="output">The pieces of the text so far.</param>
    /// <param name="firstSpan">The word's first piece among them; the others follow to the end.</param>
    public void Remember(ReadOnlySpan<byte> word, uint hash, int start, List<PieceSpan> output, int firstSpan)
    {
        if (_words.Length + word.Length > MaximumBytes)
        {
            Array.Clear(_slots);
            _words.Clear();
            _spans.Clear();
        }

        _slots[hash % SlotCount] = new Slot(_words.Length, word.Length, _spans.Count, output.Count - firstSpan);
        _words.Append(word);
        for (int i = firstSpan; i < output.Count; i++)
        {
            _spans.Add(output[i] with { Start = output[i].Start - start });
        }
    }

    private readonly record struct Slot(int WordStart, int WordLength, int FirstSpan, int SpanCount);
}
