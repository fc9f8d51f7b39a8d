namespace Sequor.LanguageModels;

/// <summary>
/// What modified Kneser–Ney smoothing takes away from counts of one, two, and three or more, by the counts of counts
/// (Chen and Goodman 1998, equation 26).
/// </summary>
/// <param name="One">Taken from a count of 1, 0 to 1.</param>
/// <param name="Two">Taken from a count of 2, 0 to 2.</param>
/// <param name="ThreeOrMore">Taken from higher counts, 0 to 3.</param>
/// <param name="IsFallback">Whether the text was too small or too odd to tell, and fixed numbers stand here.</param>
public readonly record struct KneserNeyDiscounts(double One, double Two, double ThreeOrMore, bool IsFallback)
{
    /// <summary>What is used where counts of counts say nothing: a half, one, and one and a half.</summary>
    public static KneserNeyDiscounts Fallback { get; } = new(0.5, 1, 1.5, IsFallback: true);

    /// <summary>What is taken from a count.</summary>
    /// <param name="count">The count, 0 or more.</param>
    public double Of(int count) => count switch { 0 => 0, 1 => One, 2 => Two, _ => ThreeOrMore };

    /// <summary>Works discounts out.</summary>
    /// <param name="once">How many n-grams have the count 1.</param>
    /// <param name="twice">The count 2.</param>
    /// <param name="thrice">The count 3.</param>
    /// <param name="fourTimes">The count 4.</param>
    internal static KneserNeyDiscounts From(long once, long twice, long thrice, long fourTimes)
    {
        if (once == 0 || twice == 0 || thrice == 0 || fourTimes == 0)
            return Fallback;
        double share = once / (once + (2.0 * twice));
        KneserNeyDiscounts discounts = new(
            1 - (2 * share * twice / once),
            2 - (3 * share * thrice / twice),
            3 - (4 * share * fourTimes / thrice),
            IsFallback: false);
        return discounts is { One: >= 0, Two: >= 0, ThreeOrMore: >= 0 } ? discounts : Fallback;
    }
}
