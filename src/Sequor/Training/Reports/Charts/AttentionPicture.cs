using System.Text;
using Sequor.Training.Reports.Markup;
using static Sequor.Training.Reports.Markup.MarkupWriter;

namespace Sequor.Training.Reports.Charts;

/// <summary>One attention matrix as a picture: a row per target token, a column per source token, stronger where more is looked at.</summary>
internal sealed record AttentionPicture
{
    private const double Cell = 22;
    private const double LetterWidth = 7;
    private const int MaxTokenColumns = 14;

    /// <summary>A word that is this picture's alone on its page, for the ids of its title and description.</summary>
    public required string Id { get; init; }

    /// <summary>What is shown, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The tokens that are looked at.</summary>
    public required IReadOnlyList<string> SourceTokens { get; init; }

    /// <summary>The tokens that look.</summary>
    public required IReadOnlyList<string> TargetTokens { get; init; }

    /// <summary>[T, S], each row of 0 to 1.</summary>
    public required IReadOnlyList<float> Weights { get; init; }

    /// <summary>The style sheet of a file of its own; null within a page, which has one. Default null.</summary>
    public string? Style { get; init; }

    /// <summary>Draws the picture.</summary>
    /// <param name="markup">Where it goes.</param>
    public void Write(MarkupWriter markup)
    {
        string[] sources = [.. SourceTokens.Select(token => TokenText.Shorten(token, MaxTokenColumns))];
        string[] targets = [.. TargetTokens.Select(token => TokenText.Shorten(token, MaxTokenColumns))];
        double left = 12 + (LetterWidth * targets.Select(TokenText.Columns).DefaultIfEmpty(0).Max());
        double top = 12 + (LetterWidth * sources.Select(TokenText.Columns).DefaultIfEmpty(0).Max());
        (double width, double height) = (left + (sources.Length * Cell) + 4, top + (targets.Length * Cell) + 4);
        using (markup.Element(
            "svg",
            ("xmlns", Style is null ? null : PictureStyle.Namespace),
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            ("width", Number(width)),
            ("height", Number(height)),
            ("class", "attention"),
            ("role", "img"),
            ("aria-labelledby", $"{Id}-title {Id}-description")))
        {
            markup.TextElement("title", Title, ("id", Id + "-title"));
            if (Style is not null)
            {
                markup.TextElement("style", Style);
            }

            markup.TextElement("desc", Strongest(), ("id", Id + "-description"));
            markup.EmptyElement(
                "rect",
                ("class", "frame"),
                ("x", Number(left)),
                ("y", Number(top)),
                ("width", Number(sources.Length * Cell)),
                ("height", Number(targets.Length * Cell)));
            WriteCells(markup, left, top);
            WriteTokens(markup, sources, targets, left, top);
        }

        markup.Line();
    }

    private void WriteCells(MarkupWriter markup, double left, double top)
    {
        StringBuilder[] paths = [.. Enumerable.Range(0, HeatLevels.Count).Select(_ => new StringBuilder())];
        for (int i = 0; i < Weights.Count; i++)
        {
            // The square root tells weights of a few hundredths apart, which matter where attention is spread.
            int level = HeatLevels.Of(Math.Sqrt(Weights[i]));
            if (level > 0)
            {
                (int row, int column) = (i / SourceTokens.Count, i % SourceTokens.Count);
                SvgPath.Rectangle(paths[level], left + (column * Cell) + 0.5, top + (row * Cell) + 0.5, Cell - 1, Cell - 1);
            }
        }

        for (int level = 1; level < paths.Length; level++)
        {
            markup.EmptyElement(
                "path", ("class", "heat"), ("fill-opacity", Number(HeatLevels.Opacity(level))), ("d", paths[level].ToString()));
        }
    }

    private static void WriteTokens(MarkupWriter markup, string[] sources, string[] targets, double left, double top)
    {
        for (int column = 0; column < sources.Length; column++)
        {
            (string x, string y) = (Number(left + ((column + 0.5) * Cell)), Number(top - 6));
            markup.TextElement(
                "text", sources[column], ("class", "token"), ("x", x), ("y", y), ("dy", "0.32em"), ("transform", $"rotate(-90 {x} {y})"));
        }

        for (int row = 0; row < targets.Length; row++)
        {
            markup.TextElement(
                "text",
                targets[row],
                ("class", "token"),
                ("x", Number(left - 6)),
                ("y", Number(top + ((row + 0.5) * Cell))),
                ("dy", "0.32em"),
                ("text-anchor", "end"));
        }
    }

    private string Strongest()
    {
        IEnumerable<string> links = TargetTokens.Select((target, row) =>
        {
            int best = 0;
            for (int column = 1; column < SourceTokens.Count; column++)
            {
                best = Weights[(row * SourceTokens.Count) + column] > Weights[(row * SourceTokens.Count) + best] ? column : best;
            }

            return SourceTokens.Count == 0 ? target : $"{target} to {SourceTokens[best]}";
        });
        return "Each target token and the source token it looks at most: " + string.Join("; ", links) + ".";
    }
}
