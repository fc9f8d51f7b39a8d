using System.Globalization;
using System.Text;
using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>
/// How pieces of a vocabulary are written where spaces part words: as <c>sequor tokenize</c> writes them, a space as U+2581, and
/// other separators by their number. Pieces with a role have the names that ARPA files know.
/// </summary>
internal static class PieceSpelling
{
    private const string VisibleSpace = "▁";

    /// <summary>The spelling of a piece.</summary>
    /// <param name="vocabulary">Its vocabulary.</param>
    /// <param name="id">Its id.</param>
    internal static string Of(Vocabulary vocabulary, int id) =>
        id == vocabulary.UnknownId ? SpecialTokens.Unknown
        : id == vocabulary.BeginId ? SpecialTokens.Begin
        : id == vocabulary.EndId ? SpecialTokens.End
        : Spell(vocabulary[id]);

    /// <summary>A vocabulary of all spellings, with the ids of the pieces; roles that nobody has are added behind them.</summary>
    /// <param name="vocabulary">The pieces.</param>
    /// <exception cref="ArgumentException">Two pieces are spelled the same.</exception>
    internal static Vocabulary Words(Vocabulary vocabulary)
    {
        IEnumerable<string> words = Enumerable.Range(0, vocabulary.Size).Select(id => Of(vocabulary, id));
        if (vocabulary.UnknownId < 0)
            words = words.Append(SpecialTokens.Unknown);
        if (vocabulary.BeginId < 0)
            words = words.Append(SpecialTokens.Begin);
        if (vocabulary.EndId < 0)
            words = words.Append(SpecialTokens.End);
        return new Vocabulary(words);
    }

    private static string Spell(string piece)
    {
        if (piece.AsSpan().IndexOfAny(" \t\n\r") < 0)
            return piece;
        StringBuilder spelling = new();
        foreach (char character in piece)
        {
            _ = character switch
            {
                ' ' => spelling.Append(VisibleSpace),
                '\t' or '\n' or '\r' => spelling.Append(CultureInfo.InvariantCulture, $"<0x{(int)character:X2}>"),
                _ => spelling.Append(character),
            };
        }

        return spelling.ToString();
    }
}
