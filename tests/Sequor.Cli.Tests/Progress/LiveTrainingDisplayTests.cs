using Sequor.Cli.Progress;
using Sequor.Training.Logs;

namespace Sequor.Cli.Tests.Progress;

public class LiveTrainingDisplayTests
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";

    private static readonly TrainingStart _start = new() { Title = "tiny", MaxUpdates = 100 };

    private static readonly TrainingSummary _summary =
        new() { EndedBy = TrainingEnd.Cancelled, Update = 1, Epoch = 1, ElapsedSeconds = 3 };

    [Fact]
    public void A_finished_training_leaves_its_lines_and_a_visible_cursor()
    {
        StringWriter text = new() { NewLine = "\n" };
        using (LiveTrainingDisplay display = new(Terminals.Open(text, 80, ansi: true), TimeProvider.System))
        {
            display.Started(_start);
            display.Message("[one] message");
            display.Finished(_summary);
        }

        string shown = text.ToString();
        Assert.Contains("training tiny", shown, StringComparison.Ordinal);
        Assert.Contains("[one] message", shown, StringComparison.Ordinal);
        Assert.Contains("finished: stopped on request after 1 updates", shown, StringComparison.Ordinal);
        Assert.True(shown.LastIndexOf(ShowCursor, StringComparison.Ordinal) > shown.LastIndexOf(HideCursor, StringComparison.Ordinal));
    }

    [Fact]
    public void A_training_that_failed_gives_the_cursor_back_when_the_display_is_disposed()
    {
        StringWriter text = new();
        LiveTrainingDisplay display = new(Terminals.Open(text, 80, ansi: true), TimeProvider.System);
        display.Started(_start);
        display.Dispose();

        Assert.EndsWith(ShowCursor, text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_display_that_never_started_writes_nothing()
    {
        StringWriter text = new();
        new LiveTrainingDisplay(Terminals.Open(text, 80, ansi: true), TimeProvider.System).Dispose();

        Assert.Equal("", text.ToString());
    }

    [Fact]
    public void Ten_thousand_updates_do_not_wait_for_the_terminal()
    {
        using BlockedWriter blocked = new();
        LiveTrainingDisplay display = new(Terminals.Open(blocked, 80, ansi: true), TimeProvider.System);
        display.Started(_start);
        TrainingLogEntry entry = new()
        {
            Update = 1,
            Epoch = 1,
            Loss = 2,
            Nll = 2,
            Perplexity = 7.4,
            LearningRate = 0.001,
            GradientNorm = 1,
            TargetTokensPerSecond = 1000,
            ElapsedSeconds = 1,
        };
        for (int update = 0; update < 10_000; update++)
        {
            display.Updated(entry);
        }

        blocked.Release();
        display.Finished(_summary);
        display.Dispose();
    }

    [Fact]
    public void A_terminal_that_cannot_move_its_cursor_gets_plain_lines()
    {
        StringWriter plain = new();
        ITrainingListener listener = TrainingProgress.For(Terminals.Open(TextWriter.Null, 80, ansi: false), plain, TimeProvider.System);
        listener.Message("hello");

        Assert.IsType<PlainTextListener>(listener);
        Assert.Equal("hello\n", plain.ToString());
        Assert.IsType<LiveTrainingDisplay>(TrainingProgress.For(Terminals.Open(TextWriter.Null, 80, ansi: true), plain, TimeProvider.System));
    }

    /// <summary>A terminal that takes nothing until it is released.</summary>
    private sealed class BlockedWriter : StringWriter
    {
        private readonly ManualResetEventSlim _released = new();

        public void Release() => _released.Set();

        public override void Write(char value)
        {
            _released.Wait();
            base.Write(value);
        }

        public override void Write(string? value)
        {
            _released.Wait();
            base.Write(value);
        }

        protected override void Dispose(bool disposing)
        {
            _released.Dispose();
            base.Dispose(disposing);
        }
    }
}
