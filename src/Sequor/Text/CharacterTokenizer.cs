using System.Text;

namespace Sequor.Text;

/// <summary>Cuts into characters, which are code points; a lone surrogate counts as U+FFFD.</summary>
public sealed class CharacterTokenizer : Tokenizer
{
    /// <summary>The kind that the file's first line names.</summary>
    internal const string Kind = "character";

    /// <summary>A tokenizer over a vocabulary of characters, for instance of <see cref="Build"/>.</summary>
    /// <param name="vocabulary">The characters; one it does not hold becomes its unknown piece.</param>
    public CharacterTokenizer(Vocabulary vocabulary) => Vocabulary = vocabulary;

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; }

    /// <summary>Keeps the most frequent characters of a corpus.</summary>
    /// <param name="lines">The corpus.</param>
    /// <param name="maximumSize">How many pieces are kept at most, special ones included; 5 or more.</param>
    /// <param name="minimumCount">How often a character must occur to be kept; 1 or more. Default 1.</param>
    public static CharacterTokenizer Build(IEnumerable<string> lines, int maximumSize, int minimumCount = 1) =>
        new(Vocabulary.Build(lines.SelectMany(Characters), maximumSize, minimumCount));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces(string text) => Characters(text);

    /// <summary>The characters joined; an unknown one shows as U+FFFD.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder(ids.Length);
        foreach (int id in ids)
        {
            if (!IsSilent(id))
            {
                text.Append(id == Vocabulary.UnknownId ? "\uFFFD" : Vocabulary[id]);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override void Save(string path) => TokenizerFile.Save(path, Kind, Vocabulary);

    internal override PieceSpellings Spellings() => new([.. Vocabulary.Pieces.Select((piece, id) =>
        IsSilent(id) ? [] : id == Vocabulary.UnknownId ? null : Encoding.UTF8.GetBytes(piece))]);

    private static List<string> Characters(string text)
    {
        var characters = new List<string>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            characters.Add(rune.ToString());
        }

        return characters;
    }
}
