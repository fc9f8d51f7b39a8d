namespace Sequor.Text.Sentences.Rules;

/// <summary>Rules for text whose language is not known or has no list: what is an abbreviation in many languages, and a word in none.</summary>
internal static class General
{
    /// <summary>The words.</summary>
    public static LanguageWords Words { get; } = new()
    {
        NeverEnding = "Mr Mrs Ms Dr Prof St Mme Mlle Hr Sr Sra Dra vs cf e.g i.e z.B d.h p.ex Dipl Ing",
        MayEnd = "etc Inc Ltd Co Corp Jr usw ca al",
        EndingByName = "a.m p.m A.M P.M",
        BeforeNumber = "No Nr n.o Fig Abb fig p pp vol Vol",
        Starters = "The This That These He She It We You They I But And There Der Die Das Er Sie Es Wir Ich Le La Les Il Elle Nous Vous Je Los Las El Un Una Une",
    };

    /// <summary>The same where a number with a stop may be an ordinal.</summary>
    public static LanguageWords WithOrdinals { get; } = Words with { HasOrdinalStops = true };

    /// <summary>Greek.</summary>
    public static LanguageWords Greek { get; } = Words with { QuestionMark = ';', NeverEnding = Words.NeverEnding + " κ κα κος δ.δ π.χ δηλ βλ", MayEnd = Words.MayEnd + " κ.λπ κλπ κ.ά κ.τ.λ π.Χ μ.Χ" };
}
