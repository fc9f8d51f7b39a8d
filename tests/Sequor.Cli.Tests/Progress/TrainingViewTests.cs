using Sequor.Cli.Progress;
using Sequor.Training.Logs;

namespace Sequor.Cli.Tests.Progress;

public class TrainingViewTests
{
    private static readonly TrainingSnapshot _running = new()
    {
        Start = new TrainingStart { Title = "transformer-tiny en-de", MaxUpdates = 4000, MaxSeconds = 240, MaxEpochs = 20 },
        Update = new TrainingLogEntry
        {
            Update = 1000,
            Epoch = 3,
            Loss = 3.21449,
            Nll = 2.9,
            Perplexity = 18.1741,
            LearningRate = 0.00069877,
            GradientNorm = 1.25,
            TargetTokensPerSecond = 11512.4,
            ElapsedSeconds = 100,
        },
        Validation = new ValidationEntry { Update = 900, Loss = 3.5, Nll = 3.25, Perplexity = 25.79, Accuracy = 0.4375, Bleu = 21.875, IsBest = true },
        ElapsedSeconds = 120,
        Sparkline = "█▆▄▃▂▁",
        SavedPath = "/models/tiny",
    };

    [Fact]
    public void A_running_training_fits_a_terminal_of_eighty_columns() => Assert.Equal(
        """
        transformer-tiny en-de
        ━━━━━━━━━━━━━━━━━━━━────────────────────   50 %  2:00 min left
        loss        3.2145  █▆▄▃▂▁                perplexity     18.17
        update      1,000 of 4,000                epoch          3 of 20
        speed       11,512 tokens/s               learning rate  0.000699
        elapsed     2:00 min                      gradient norm  1.250
        validation  update 900 · perplexity 25.79 · BLEU 21.88 · best so far
        saved       /models/tiny
        """,
        Rendered(_running, columns: 80));

    [Fact]
    public void A_narrow_terminal_gets_one_measure_a_line_and_no_line_wraps() => Assert.Equal(
        """
        transformer-tiny en-de
        ━━━━━━━━────────   50 %  2:00 min left
        loss           3.2145
        perplexity     18.17
        update         1,000 of 4,000
        epoch          3 of 20
        speed          11,512 tokens/s
        learning rate  0.000699
        elapsed        2:00 min
        gradient norm  1.250
        validation  update 900 · perplexity 25.…
        saved       /models/tiny
        """,
        Rendered(_running, columns: 40));

    [Fact]
    public void A_terminal_without_unicode_gets_no_block_characters() =>
        Assert.DoesNotContain(Rendered(_running with { SavedPath = null, Validation = null }, columns: 80, unicode: false), character => character > 127);

    [Fact]
    public void Before_the_first_update_the_display_says_that_it_waits() => Assert.Equal(
        """
        transformer-tiny en-de
        ────────────────────────────────────────    0 %
        waiting for the first update
        """,
        Rendered(new TrainingSnapshot { Start = _running.Start }, columns: 80));

    [Fact]
    public void A_training_without_limits_has_no_bar() =>
        Assert.DoesNotContain("%", Rendered(new TrainingSnapshot { Start = new TrainingStart { Title = "a" } }, columns: 80), StringComparison.Ordinal);

    [Fact]
    public void Square_brackets_in_names_are_text_and_no_markup() =>
        Assert.Contains("[red]a[/]", Rendered(_running with { SavedPath = "[red]a[/]" }, columns: 80), StringComparison.Ordinal);

    [Theory]
    [InlineData(1000, 60, 0.25)]
    [InlineData(1000, 180, 0.75)]
    [InlineData(4000, 1, 1)]
    [InlineData(5000, 300, 1)]
    public void The_share_done_is_that_of_the_limit_that_comes_first(long update, double elapsed, double share) => Assert.Equal(
        share,
        (_running with { Update = _running.Update! with { Update = update, Epoch = 1 }, ElapsedSeconds = elapsed }).ShareDone);

    private static string Rendered(TrainingSnapshot snapshot, int columns, bool unicode = true)
    {
        StringWriter text = new() { NewLine = "\n" };
        Terminals.Open(text, columns, ansi: false, unicode).Write(TrainingView.Render(snapshot, columns, unicode));
        return string.Join('\n', text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }
}
