using System.Globalization;
using System.Text;
using System.Text.Json;
using Sequor.Training.Logs;

namespace Sequor.Tests.Training.Logs;

public sealed class TrainingLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-log-").FullName;

    private string UpdatesPath => Path.Combine(_directory, TrainingLog.UpdatesFileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void An_update_is_one_line_with_the_promised_keys_and_unrounded_numbers()
    {
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Updated(LogEntries.Update(7));
        }

        Assert.Equal(
            """{"update":7,"epoch":1,"loss":5.123456789012345,"nll":4.75,"perplexity":115.58428452718766,"lr":0.0006987712429686843,"grad_norm":1.25,"target_tokens_per_s":11512.25,"elapsed_s":1.5}""" + "\n",
            File.ReadAllText(UpdatesPath));
    }

    [Fact]
    public void A_validation_is_one_line_of_its_own_file()
    {
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Validated(LogEntries.Validation(500));
        }

        Assert.Equal("", File.ReadAllText(UpdatesPath));
        Assert.Equal(
            """{"update":500,"epoch":2,"loss":3.5,"nll":3.25,"perplexity":25.790339917193062,"accuracy":0.4375,"bleu":21.875,"best":true,"elapsed_s":60}""" + "\n",
            File.ReadAllText(Path.Combine(_directory, TrainingLog.ValidationsFileName)));
    }

    [Fact]
    public void A_line_is_in_the_file_before_the_writer_is_closed()
    {
        using TrainingLogWriter log = TrainingLogWriter.Create(_directory);
        log.Updated(LogEntries.Update(1));

        Assert.Equal(1, TrainingLog.Read(_directory).Updates.Single().Update);
    }

    [Fact]
    public void What_is_written_is_read_back_equal()
    {
        TrainingLogEntry update = LogEntries.Update(3) with
        {
            GradientNormByLayer = [new("encoder.layers.0", 0.1), new("\"</x>\né", 0.30000000000000004)],
            GradientNormByDistance = [new("decoder.layers.0", [0.5, 0.25, double.NaN, 1e-30]), new("encoder.layers.0.forward", [])],
        };
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Updated(update);
            log.Validated(LogEntries.Validation(3));
        }

        TrainingLog read = TrainingLog.Read(_directory);

        Assert.Equal(update.GradientNormByLayer, read.Updates[0].GradientNormByLayer);
        NormsByDistance[] distances = [.. read.Updates[0].GradientNormByDistance];
        Assert.Equal(["decoder.layers.0", "encoder.layers.0.forward"], distances.Select(layer => layer.Name));
        Assert.Equal([0.5, 0.25, double.NaN, 1e-30], distances[0].Norms);
        Assert.Empty(distances[1].Norms);
        Assert.Equal(LogEntries.Update(3), read.Updates[0] with { GradientNormByLayer = LogEntries.Update(3).GradientNormByLayer, GradientNormByDistance = [] });
        Assert.Equal([LogEntries.Validation(3)], read.Validations);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_null_in_the_file_and_NaN_when_read()
    {
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Updated(LogEntries.Update(1) with { Loss = double.NaN, Perplexity = double.PositiveInfinity });
        }

        using JsonDocument line = JsonDocument.Parse(File.ReadAllText(UpdatesPath));
        Assert.Equal(JsonValueKind.Null, line.RootElement.GetProperty("loss").ValueKind);
        TrainingLogEntry read = TrainingLog.Read(_directory).Updates[0];
        Assert.True(double.IsNaN(read.Loss) && double.IsNaN(read.Perplexity));
    }

    [Fact]
    public void Logs_that_are_not_there_are_empty()
    {
        TrainingLog read = TrainingLog.Read(Path.Combine(_directory, "nowhere"));

        Assert.Empty(read.Updates);
        Assert.Empty(read.Validations);
    }

    [Fact]
    public void Resuming_drops_what_was_logged_after_the_checkpoint_and_goes_on_behind_it()
    {
        WriteUpdates(1, 2, 3, 4);
        using (TrainingLogWriter log = TrainingLogWriter.Resume(_directory, update: 2))
        {
            log.Updated(LogEntries.Update(3) with { Loss = 9 });
        }

        IReadOnlyList<TrainingLogEntry> read = TrainingLog.Read(_directory).Updates;
        Assert.Equal([1L, 2L, 3L], read.Select(entry => entry.Update));
        Assert.Equal(9, read[2].Loss);
    }

    [Fact]
    public void Both_files_are_cut_back()
    {
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Validated(LogEntries.Validation(100));
            log.Validated(LogEntries.Validation(200));
        }

        TrainingLog.CutBackTo(_directory, 150);

        Assert.Equal([100L], TrainingLog.Read(_directory).Validations.Select(entry => entry.Update));
    }

    [Theory]
    [InlineData("{\"update\":3,\"ep")]
    [InlineData("\0\0\0\0\0")]
    [InlineData("{\"update\":3}")]
    [InlineData("{")]
    public void A_torn_last_line_is_left_out_and_cut_off(string torn)
    {
        WriteUpdates(1, 2);
        string whole = File.ReadAllText(UpdatesPath);
        File.AppendAllText(UpdatesPath, torn);

        Assert.Equal(2, TrainingLog.Read(_directory).Updates.Count);
        TrainingLog.CutBackTo(_directory, 2);
        Assert.Equal(whole, File.ReadAllText(UpdatesPath));
    }

    [Fact]
    public void A_last_line_that_lacks_only_its_line_feed_is_kept()
    {
        WriteUpdates(1, 2);
        string whole = File.ReadAllText(UpdatesPath);
        File.WriteAllText(UpdatesPath, whole.TrimEnd('\n'));

        TrainingLog.CutBackTo(_directory, 2);

        Assert.Equal(whole, File.ReadAllText(UpdatesPath));
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_refused_with_its_place()
    {
        WriteUpdates(1);
        File.AppendAllText(UpdatesPath, "{\"update\":oops}\n");
        WriteUpdatesBehind(3);

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => TrainingLog.Read(_directory));

        Assert.Contains($"{UpdatesPath}, line 2", fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TrainingLog.CutBackTo(_directory, 3));
    }

    [Fact]
    public void Lines_longer_than_the_reading_buffer_are_read_and_cut_at_the_right_byte()
    {
        TrainingLogEntry wide = LogEntries.Update(1) with
        {
            GradientNormByLayer = [.. Enumerable.Range(0, 5000).Select(i => new NamedNorm("encoder.layers." + i.ToString(CultureInfo.InvariantCulture), i))],
        };
        using (TrainingLogWriter log = TrainingLogWriter.Create(_directory))
        {
            log.Updated(wide);
            log.Updated(wide with { Update = 2 });
            log.Updated(wide with { Update = 3 });
        }

        long lineBytes = new FileInfo(UpdatesPath).Length / 3;
        Assert.True(lineBytes > 64 * 1024);
        TrainingLog.CutBackTo(_directory, 2);

        Assert.Equal(2 * lineBytes, new FileInfo(UpdatesPath).Length);
        Assert.Equal(4999, TrainingLog.Read(_directory).Updates[1].GradientNormByLayer[^1].Norm);
    }

    [Fact]
    public void Cutting_back_every_number_of_updates_keeps_just_the_lines_up_to_it()
    {
        for (long update = 0; update <= 5; update++)
        {
            WriteUpdates(1, 2, 3, 4);
            TrainingLog.CutBackTo(_directory, update);

            Assert.Equal(Math.Min(update, 4), TrainingLog.Read(_directory).Updates.Count);
        }
    }

    [Fact]
    public void The_file_is_UTF8_without_a_byte_order_mark()
    {
        WriteUpdates(1);

        Assert.Equal((byte)'{', File.ReadAllBytes(UpdatesPath)[0]);
        Assert.Equal(File.ReadAllText(UpdatesPath, Encoding.ASCII), File.ReadAllText(UpdatesPath));
    }

    private void WriteUpdates(params ReadOnlySpan<long> updates)
    {
        using TrainingLogWriter log = TrainingLogWriter.Create(_directory);
        foreach (long update in updates)
        {
            log.Updated(LogEntries.Update(update));
        }
    }

    private void WriteUpdatesBehind(long update)
    {
        string before = File.ReadAllText(UpdatesPath);
        WriteUpdates(update);
        File.WriteAllText(UpdatesPath, before + File.ReadAllText(UpdatesPath));
    }
}
