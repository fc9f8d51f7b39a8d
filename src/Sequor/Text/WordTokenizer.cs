namespace Sequor.Text;

/// <summary>Cuts at spaces (U+0020 and nothing else) and joins with single ones.</summary>
public sealed class WordTokenizer : Tokenizer
{
    /// <summary>The kind that the file's first line names.</summary>
    internal const string Kind = "word";

    /// <summary>A tokenizer over a vocabulary of words, for instance of <see cref="Build"/>.</summary>
    /// <param name="vocabulary">The words; one it does not hold becomes its unknown piece.</param>
    public WordTokenizer(Vocabulary vocabulary) => Vocabulary = vocabulary;

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; }

    /// <summary>Keeps the most frequent words of a corpus.</summary>
    /// <param name="lines">The corpus.</param>
    /// <param name="maximumSize">How many pieces are kept at most, special ones included; 5 or more.</param>
    /// <param name="minimumCount">How often a word must occur to be kept; 1 or more. Default 1.</param>
    public static WordTokenizer Build(IEnumerable<string> lines, int maximumSize, int minimumCount = 1) =>
        new(Vocabulary.Build(lines.SelectMany(Words), maximumSize, minimumCount));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces(string text) => Words(text);

    /// <summary>The words, one space between them; an unknown one shows as <see cref="SpecialTokens.Unknown"/>.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        var words = new List<string>(ids.Length);
        foreach (int id in ids)
        {
            if (!IsSilent(id))
            {
                words.Add(Vocabulary[id]);
            }
        }

        return string.Join(' ', words);
    }

    /// <inheritdoc/>
    public override void Save(string path) => TokenizerFile.Save(path, Kind, Vocabulary);

    internal override PieceSpellings Spellings() => new([.. Vocabulary.Pieces.Select((piece, id) =>
        IsSilent(id) ? [] : id == Vocabulary.UnknownId ? null : System.Text.Encoding.UTF8.GetBytes(" " + piece))])
    {
        DropsFirstSpace = true,
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
