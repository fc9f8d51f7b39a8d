using Sequor.Training;
using Sequor.Training.Logs;

namespace Sequor.Tests.Training.Logs;

public class PlainTextListenerTests
{
    private static readonly TrainingStart _start = new() { Title = "tiny", Parameters = 1234567, TrainingPairs = 60000, MaxUpdates = 300 };

    [Fact]
    public void A_run_reads_as_plain_lines()
    {
        StringWriter text = new();
        PlainTextListener lines = new(text, intervalSeconds: 0);

        lines.Started(_start);
        lines.Updated(LogEntries.Update(100, elapsedSeconds: 50));
        lines.Validated(LogEntries.Validation(100));
        lines.Saved("/models/tiny");
        lines.Message("12 pairs were longer than 256 tokens and left out.");
        lines.Finished(new TrainingSummary
        {
            EndedBy = TrainingEnd.UpdateLimit,
            Update = 300,
            Epoch = 2,
            ElapsedSeconds = 150,
            Best = LogEntries.Validation(200),
            Memory = new TrainingMemory(
                Parameters: 8 << 20, Gradients: 8 << 20, Optimizer: 16 << 20, Others: 3 << 19, Step: 161 << 20, PeakResident: 1200L << 20),
        });

        Assert.Equal(
            """
            training tiny · 1,234,567 parameters · 60,000 pairs
            update 100 · epoch 1 · loss 5.1235 · perplexity 115.58 · lr 0.000699 · gradient 1.250 · 11,512 tokens/s · 50 s · 1:40 min left
            validation at update 100 · loss 3.5000 · perplexity 25.79 · accuracy 43.8 % · BLEU 21.88 · best so far
            saved /models/tiny
            12 pairs were longer than 256 tokens and left out.
            finished: update limit reached after 300 updates, epoch 2, 2:30 min · best at update 200, perplexity 25.79
            memory: 34 MiB for the model (8.0 parameters, 8.0 gradients, 16 optimiser, 1.5 copies), 161 MiB for an update, 1,200 MiB resident at most

            """,
            text.ToString());
    }

    [Fact]
    public void Updates_come_no_closer_together_than_the_interval()
    {
        StringWriter text = new();
        PlainTextListener lines = new(text, intervalSeconds: 10);
        lines.Started(_start);
        for (int update = 1; update <= 41; update++)
        {
            lines.Updated(LogEntries.Update(update, elapsedSeconds: update));
        }

        Assert.Equal(
            ["update 1 ", "update 11 ", "update 21 ", "update 31 ", "update 41 "],
            text.ToString().Split('\n').Skip(1).SkipLast(1).Select(line => line[..(line.IndexOf('·', StringComparison.Ordinal))]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_negative_interval_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlainTextListener(TextWriter.Null, seconds));

    [Fact]
    public void A_composite_tells_every_listener_in_order()
    {
        StringWriter text = new();
        CompositeListener both = new(new PlainTextListener(text), new PlainTextListener(text));

        both.Started(_start);
        both.Updated(LogEntries.Update(1));
        both.Validated(LogEntries.Validation(1));
        both.Saved("a");
        both.Message("b");
        both.Finished(new TrainingSummary { EndedBy = TrainingEnd.Cancelled, Update = 1, Epoch = 1, ElapsedSeconds = 3 });

        string[] lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(12, lines.Length);
        for (int pair = 0; pair < 12; pair += 2)
        {
            Assert.Equal(lines[pair], lines[pair + 1]);
        }
    }
}
