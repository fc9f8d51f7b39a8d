using Sequor.Training.Logs;
using Spectre.Console;
using Spectre.Console.Rendering;
using Line = Spectre.Console.Text;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Cli.Progress;

/// <summary>Lays a snapshot of a training out for a terminal.</summary>
internal static class TrainingView
{
    private const int WideColumns = 72;
    private static readonly Style _label = new(foreground: Color.Grey);
    private static readonly Style _strong = new(decoration: Decoration.Bold);
    private static readonly Style _accent = new(foreground: Color.SteelBlue1);

    /// <summary>Lays the snapshot out.</summary>
    /// <param name="snapshot">What to show.</param>
    /// <param name="columns">The terminal's width in characters.</param>
    /// <param name="unicode">Whether the terminal shows characters beyond ASCII; without them there is no sparkline.</param>
    /// <returns>The display: at most eight lines, none wider than <paramref name="columns"/>.</returns>
    public static IRenderable Render(TrainingSnapshot snapshot, int columns, bool unicode)
    {
        List<IRenderable> lines = [Clipped(snapshot.Start.Title, _strong, columns)];
        if (snapshot.ShareDone is { } share)
        {
            lines.Add(Bar(share, snapshot, columns, unicode));
        }

        lines.Add(snapshot.Update is { } update
            ? Measures(snapshot, update, columns, unicode)
            : Clipped("waiting for the first update", _label, columns));
        if (snapshot.Validation is { } validation)
        {
            lines.Add(Clipped("validation  " + ValidationText(validation), Style.Plain, columns));
        }

        if (snapshot.SavedPath is { } path)
        {
            lines.Add(Clipped("saved       " + path, _label, columns));
        }

        return new Rows(lines);
    }

    private static IRenderable Measures(TrainingSnapshot snapshot, TrainingLogEntry update, int columns, bool unicode)
    {
        string limit = snapshot.Start.MaxUpdates is { } updates ? $" of {Count(updates)}" : "";
        string epochs = snapshot.Start.MaxEpochs is { } most ? $" of {Count(most)}" : "";
        string sparkline = unicode && columns >= WideColumns ? "  " + snapshot.Sparkline : "";
        (string Label, string Value)[] measures =
        [
            ("loss", Fixed(update.Loss, 4) + sparkline), ("perplexity", Fixed(update.Perplexity, 2)),
            ("update", Count(update.Update) + limit), ("epoch", Count(update.Epoch) + epochs),
            ("speed", Count(update.TargetTokensPerSecond) + " tokens/s"), ("learning rate", Significant(update.LearningRate, 3)),
            ("elapsed", Duration(snapshot.ElapsedSeconds)), ("gradient norm", Fixed(update.GradientNorm, 3)),
        ];

        return columns >= WideColumns ? TwoColumns(measures) : OneColumn(measures, columns);
    }

    private static Grid TwoColumns((string Label, string Value)[] measures)
    {
        Grid grid = new();
        foreach (int width in (int[])[10, 28, 13, 14])
        {
            grid.AddColumn(new GridColumn { Width = width, NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach ((string Label, string Value)[] row in measures.Chunk(2))
        {
            grid.AddRow(new Line(row[0].Label, _label), new Line(row[0].Value), new Line(row[1].Label, _label), new Line(row[1].Value));
        }

        return grid;
    }

    private static Rows OneColumn((string Label, string Value)[] measures, int columns) =>
        new(measures.Select(measure => Clipped($"{measure.Label,-15}{measure.Value}", Style.Plain, columns)));

    private static Paragraph Bar(double share, TrainingSnapshot snapshot, int columns, bool unicode)
    {
        double? left = snapshot.Update is { } update
            ? RemainingTime.Estimate(snapshot.Start, update.Update, snapshot.ElapsedSeconds)
            : null;
        string words = $"{Fixed(Math.Floor(100 * share), 0),3} %" + (left is { } seconds ? $"  {Duration(seconds)} left" : "");
        int width = Math.Clamp(columns - words.Length - 4, 4, 40);
        int full = (int)(share * width);
        (char done, char rest) = unicode ? ('━', '─') : ('#', '-');
        return new Paragraph { Overflow = Overflow.Ellipsis }
            .Append(new string(done, full), _accent)
            .Append(new string(rest, width - full) + "  " + words, _label);
    }

    private static string ValidationText(ValidationEntry entry)
    {
        string bleu = entry.Bleu is { } score ? $" · BLEU {Fixed(score, 2)}" : "";
        string best = entry.IsBest ? " · best so far" : "";
        return $"update {Count(entry.Update)} · perplexity {Fixed(entry.Perplexity, 2)}{bleu}{best}";
    }

    // One line for one fact: a display whose height jumps as numbers grow cannot be read.
    private static Line Clipped(string text, Style style, int columns)
    {
        string shown = text;
        while (shown.Length > 0 && new Segment(shown).CellCount() > columns)
        {
            int lastRune = shown.Length > 2 && char.IsLowSurrogate(shown[^2]) ? 3 : 2;
            shown = shown[..Math.Max(0, shown.Length - lastRune)] + (shown.Length > 2 ? "…" : "");
        }

        return new Line(shown, style) { Overflow = Overflow.Ellipsis };
    }
}
