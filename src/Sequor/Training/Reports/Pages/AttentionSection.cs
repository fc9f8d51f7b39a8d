using System.Globalization;
using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>Which source tokens each target token looked at.</summary>
internal static class AttentionSection
{
    /// <summary>Makes sure that each map has a weight per target and source token.</summary>
    /// <param name="maps">The maps.</param>
    /// <exception cref="ArgumentException">One of them has not.</exception>
    public static void Check(IReadOnlyList<AttentionMap> maps)
    {
        foreach (AttentionMap map in maps)
        {
            int wanted = map.SourceTokens.Count * map.TargetTokens.Count;
            foreach (AttentionHead head in map.Heads.Where(head => head.Weights.Count != wanted))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The attention map \"{map.Title}\" has {map.TargetTokens.Count} target and {map.SourceTokens.Count} source tokens and so needs {wanted} weights, but its head \"{head.Name}\" has {head.Weights.Count}. Are the weights [T, S], without padding?"));
            }
        }
    }

    /// <summary>Writes the maps.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        markup.TextElement(
            "p",
            "A row per target token, a column per source token; the stronger a cell, the more of its attention the target token gives to the source token. Shades follow the square root of the share.",
            ("class", "note"));
        using (markup.Element("div", ("class", "attention-grid")))
        {
            for (int map = 0; map < report.Attention.Count; map++)
            {
                WriteMap(markup, report.Attention[map], "attention-" + Number(map + 1));
            }
        }
    }

    private static void WriteMap(MarkupWriter markup, AttentionMap map, string id)
    {
        for (int head = 0; head < map.Heads.Count; head++)
        {
            IReadOnlyList<float> weights = map.Heads[head].Weights;
            string title = map.Heads[head].Name.Length > 0 ? $"{map.Title}, {map.Heads[head].Name}" : map.Title;
            AttentionPicture picture = new()
            {
                Id = $"{id}-{Number(head + 1)}",
                Title = title,
                SourceTokens = map.SourceTokens,
                TargetTokens = map.TargetTokens,
                Weights = weights,
            };
            Figures.Write(
                markup, title, "", isWide: false, () => picture.Write(markup), () => WriteNumbers(markup, map, weights, title));
        }
    }

    private static void WriteNumbers(MarkupWriter markup, AttentionMap map, IReadOnlyList<float> weights, string title) => Tables.Write(
        markup,
        title + ", in hundredths",
        [new TableColumn("Target"), .. map.SourceTokens.Select(token => new TableColumn(token, IsNumber: true))],
        map.TargetTokens.Select((target, row) => (IReadOnlyList<string>)
        [
            target,
            .. Enumerable.Range(0, map.SourceTokens.Count)
                .Select(column => LogText.Fixed(100 * weights[(row * map.SourceTokens.Count) + column], 0)),
        ]));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
