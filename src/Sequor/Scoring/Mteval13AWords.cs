namespace Sequor.Scoring;

/// <summary>The tokenizer of mteval-v13a, as sacreBLEU's <c>13a</c> has it.</summary>
internal static class Mteval13AWords
{
    internal static List<string> Of(string line)
    {
        string joined = line
            .Replace("<skipped>", "", StringComparison.Ordinal)
            .Replace("-\n", "", StringComparison.Ordinal)
            .Replace('\n', ' ');

        // The outer spaces let a stop at either end meet a neighbour that is no digit.
        List<int> padded = CodePoints.Of($" {WesternPunctuation.Unescape(joined)} ");
        return CodePoints.Words(WesternPunctuation.Separate(padded));
    }
}
