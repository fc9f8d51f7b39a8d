using System.Collections.Concurrent;
using Sequor.Text.Segmentation;
using Sequor.Text.SubwordNmt;

namespace Sequor.Text;

/// <summary>
/// Byte-pair encoding in subword-nmt's form (Sennrich, Haddow and Birch 2016): text is cut at spaces (U+0020 and nothing else), words by merges, and a
/// piece that does not end its word carries a separator: <c>new@@ er</c>.
/// </summary>
public sealed class SubwordNmtTokenizer : Tokenizer
{
    /// <summary>The kind that the file's first line names.</summary>
    internal const string Kind = "subword-nmt";

    private const int MaximumCachedWords = 1 << 16;

    private readonly WordCutter _words;
    private readonly GlossaryCutter _glossaries;
    private readonly ConcurrentDictionary<string, string[]> _cache = new(StringComparer.Ordinal);

    internal SubwordNmtTokenizer(MergeCodes codes, SubwordNmtOptions options, Vocabulary vocabulary, bool isRestricted)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (Codes, Options, Vocabulary, IsRestricted) = (codes, options, vocabulary, isRestricted);
        _words = new WordCutter(codes, options.Separator, isRestricted ? vocabulary.Pieces.ToHashSet(StringComparer.Ordinal) : null);
        _glossaries = new GlossaryCutter(options.Glossaries);
    }

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; }

    /// <summary>How pieces are written.</summary>
    public SubwordNmtOptions Options { get; }

    /// <summary>Whether merges are undone that make pieces which the vocabulary does not hold.</summary>
    public bool IsRestricted { get; }

    internal MergeCodes Codes { get; }

    /// <summary>
    /// Reads subword-nmt's own files. Without a vocabulary file the vocabulary is all that the merges can make: the four special pieces, then each symbol of
    /// the merges with and without separator, in the order of the merges. With one it is the special pieces and the file's, in the file's order.
    /// </summary>
    /// <param name="codesPath">The merges: a file of <c>subword-nmt learn-bpe</c>, version 0.1 or 0.2.</param>
    /// <param name="vocabularyPath">Pieces and counts: a file of <c>subword-nmt get-vocab</c>; null for none.</param>
    /// <param name="threshold">Pieces that are rarer are left out of the vocabulary, 0 or more. Default 0.</param>
    /// <param name="options">How pieces are written; defaults when left out.</param>
    /// <exception cref="ModelFormatException">A file is damaged, or of another version.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SubwordNmtTokenizer FromFiles(string codesPath, string? vocabularyPath = null, long threshold = 0, SubwordNmtOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        options ??= new SubwordNmtOptions();
        MergeCodes codes;
        using (FileStream stream = File.OpenRead(codesPath))
        {
            codes = MergeCodes.Parse(VocabularyFile.Lines(stream, codesPath), codesPath);
        }

        Vocabulary vocabulary = vocabularyPath is null ? CodesVocabulary.Of(codes, options.Separator) : CodesVocabulary.Read(vocabularyPath, threshold);
        return new SubwordNmtTokenizer(codes, options, vocabulary, vocabularyPath is not null);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces(string text)
    {
        var pieces = new List<string>();
        foreach (string word in Words(text))
        {
            if (!_cache.TryGetValue(word, out string[]? known))
            {
                var random = new KeyedRandom(0);
                var cut = new List<string>();
                AppendWord(word, 0, ref random, cut);
                known = [.. cut];
                if (_cache.Count < MaximumCachedWords)
                {
                    _cache.TryAdd(word, known);
                }
            }

            pieces.AddRange(known);
        }

        return pieces;
    }

    /// <inheritdoc/>
    public override int[] EncodeSampled(string text, SamplingOptions options, ulong key)
    {
        options.ThrowIfInvalid();
        var random = new KeyedRandom(key);
        var pieces = new List<string>();
        foreach (string word in Words(text))
        {
            AppendWord(word, options.Alpha, ref random, pieces);
        }

        return [.. pieces.Select(Vocabulary.IdOf)];
    }

    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        var pieces = new List<string>(ids.Length);
        foreach (int id in ids)
        {
            if (!IsSilent(id))
            {
                pieces.Add(Vocabulary[id]);
            }
        }

        return Detokenize(pieces);
    }

    /// <summary>Joins pieces into text: a separator before a space, or at the end, goes with it.</summary>
    /// <param name="pieces">Pieces as <see cref="Pieces"/> gives them.</param>
    public string Detokenize(IEnumerable<string> pieces)
    {
        string text = string.Join(' ', pieces).Replace(Options.Separator + " ", "", StringComparison.Ordinal);
        return text.EndsWith(Options.Separator, StringComparison.Ordinal) ? text[..^Options.Separator.Length] : text;
    }

    /// <inheritdoc/>
    public override void Save(string path) => WholeFile.Write(path, stream => SubwordNmtFile.Write(stream, this));

    /// <summary>Writes the merges alone, as a codes file that subword-nmt reads.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void SaveCodes(string path) => WholeFile.Write(path, stream =>
    {
        foreach (string line in Codes.ToLines())
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    });

    internal override PieceSpellings Spellings() => new([.. Vocabulary.Pieces.Select((piece, id) =>
        IsSilent(id) ? [] : id == Vocabulary.UnknownId ? null : System.Text.Encoding.UTF8.GetBytes(" " + (Joins(piece) ? piece[..^Options.Separator.Length] : piece)))])
    {
        DropsFirstSpace = true,
        Joins = [.. Vocabulary.Pieces.Select(Joins)],
    };

    private bool Joins(string piece) => piece.EndsWith(Options.Separator, StringComparison.Ordinal);

    private static string[] Words(string text) => text.Trim('\r', '\n', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void AppendWord(string word, double dropout, ref KeyedRandom random, List<string> pieces)
    {
        int first = pieces.Count;
        foreach (string part in _glossaries.Cut(word))
        {
            if (_glossaries.IsWhole(part))
            {
                pieces.Add(part);
            }
            else
            {
                _words.Cut(part, dropout, ref random, pieces);
            }
        }

        for (int i = first; i < pieces.Count - 1; i++)
        {
            pieces[i] += Options.Separator;
        }
    }
}
