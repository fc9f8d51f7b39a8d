using System.Globalization;
using System.Text;

namespace Sequor.Scoring;

/// <summary>
/// The international tokenizer of mteval-v14, as sacreBLEU's <c>intl</c> has it: cuts at punctuation unless digits stand on both sides, and at every
/// symbol. A full stop after a number at the line's end stays with the number, there as here. Character classes are those of .NET's Unicode data.
/// </summary>
internal static class InternationalWords
{
    internal static List<string> Of(string line)
    {
        List<int> text = CodePoints.Of(line);
        text = CodePoints.Separate(text, IsNotNumber, IsPunctuation, secondStandsAlone: true);
        text = CodePoints.Separate(text, IsPunctuation, IsNotNumber, secondStandsAlone: false);
        return CodePoints.Words(CodePoints.Surround(text, IsSymbol));
    }

    private static UnicodeCategory Category(int codePoint) => Rune.GetUnicodeCategory(new Rune(codePoint));

    private static bool IsNotNumber(int codePoint) => Category(codePoint)
        is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber);

    private static bool IsPunctuation(int codePoint) => Category(codePoint)
        is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
        or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.OtherPunctuation;

    private static bool IsSymbol(int codePoint) => Category(codePoint)
        is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;
}
