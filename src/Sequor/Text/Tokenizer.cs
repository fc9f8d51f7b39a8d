namespace Sequor.Text;

/// <summary>Cuts text into the pieces of a vocabulary, and joins them again. Every tokenizer may be used by many threads at once.</summary>
public abstract class Tokenizer
{
    /// <summary>The pieces this tokenizer can emit.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>The pieces of a text, as text; a piece that the vocabulary does not hold keeps its own spelling.</summary>
    /// <param name="text">One line, without its line end.</param>
    public abstract IReadOnlyList<string> Pieces(string text);

    /// <summary>The ids of a text's pieces; no special ones are added.</summary>
    /// <param name="text">One line, without its line end.</param>
    public virtual int[] Encode(string text)
    {
        IReadOnlyList<string> pieces = Pieces(text);
        int[] ids = new int[pieces.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = Vocabulary.IdOf(pieces[i]);
        }

        return ids;
    }

    /// <summary>The text of a sequence of ids; begin, end and padding are left out.</summary>
    /// <param name="ids">Ids of <see cref="Vocabulary"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public abstract string Decode(ReadOnlySpan<int> ids);

    /// <summary>The ids of one segmentation drawn by chance.</summary>
    /// <param name="text">One line, without its line end.</param>
    /// <param name="options">How far the draw may stray from the best segmentation.</param>
    /// <param name="key">Names the draw: the same text, options and key give the same ids.</param>
    /// <exception cref="NotSupportedException">This kind of tokenizer knows one segmentation only.</exception>
    public virtual int[] EncodeSampled(string text, SamplingOptions options, ulong key) =>
        throw new NotSupportedException(
            $"A {GetType().Name} knows one segmentation of a text and cannot sample others; " +
            "train a BPE or unigram model for that, or switch sampling off.");

    /// <summary>Writes a file that <see cref="Load"/> reads.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public abstract void Save(string path);

    /// <summary>
    /// Reads a tokenizer of any kind; the file's content decides which: a SentencePiece model, a text file whose first line is
    /// <c>sequor-tokenizer word</c>, <c>character</c>, <c>byte</c> or <c>subword-nmt</c>, or the codes of subword-nmt itself.
    /// </summary>
    /// <param name="path">The file to read.</param>
    /// <exception cref="ModelFormatException">The file is neither, or it is damaged.</exception>
    public static Tokenizer Load(string path) => TokenizerFile.Load(path);

    /// <summary>What each piece spells.</summary>
    internal abstract PieceSpellings Spellings();

    /// <summary>Whether an id stands for no text: begin, end or padding.</summary>
    private protected bool IsSilent(int id) => id >= 0 && (id == Vocabulary.BeginId || id == Vocabulary.EndId || id == Vocabulary.PadId);
}
