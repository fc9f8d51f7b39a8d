using System.Diagnostics;
using Sequor.Checkpoints;

namespace Sequor.Cli.Tests.Training;

/// <summary>A run that is killed with SIGKILL at unforeseen moments and started again ends in the same bits as one that was left alone.</summary>
public sealed class KillAndResumeTests : IDisposable
{
    private const int Updates = 240;
    private const int CheckpointEvery = 12;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-killed-").FullName;

    public KillAndResumeTests()
    {
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => $"w{i % 7} w{i % 11} w{i % 5} w{i % 3}")];
        File.WriteAllLines(At("train.source"), lines);
        File.WriteAllLines(At("train.target"), lines.Select(line => string.Join(' ', line.Split(' ').Reverse())));
        File.WriteAllText(At("config.yaml"), $$"""
            format_version: 1
            data:
              train: [{source: '{{At("train.source")}}', target: '{{At("train.target")}}'}]
              dev: {source: '{{At("train.source")}}', target: '{{At("train.target")}}'}
            vocabulary: {kind: word, size: 40}
            model: {encoder_layers: 1, decoder_layers: 1, width: 32, feed_forward_width: 64, heads: 4, dropout: 0.2, attention_dropout: 0.1}
            training:
              learning_rate: 0.003
              schedule: plateau
              decay_patience: 1
              warmup_updates: 10
              batch_tokens: 300
              accumulate: 2
              max_updates: {{Updates}}
              checkpoint_every: {{CheckpointEvery}}
              validate_every: 20
              validation_sentences: 0
              ema_decay: 0.99
              log_every: 5
            """);
    }

    [Fact]
    public void A_killed_run_that_goes_on_ends_in_the_same_bits_and_the_same_log()
    {
        Assert.Equal(0, Finish("whole"));
        int killed = 0;
        foreach (int moment in (int[])[1, 2, 5, 9, 14])
        {
            killed += KillAfter("killed", moment) ? 1 : 0;
        }

        Assert.Equal(0, Finish("killed"));

        Assert.True(killed >= 2, $"Only {killed} of 5 kills came before the run had ended: the test shows nothing.");
        Assert.Equal(HashOf("whole"), HashOf("killed"));
        Assert.Equal(Updated("whole"), Updated("killed"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Starts or goes on with a run and kills it once it has written so many checkpoints; false when it ended before.</summary>
    private bool KillAfter(string run, int checkpoints)
    {
        using Process process = Start(run);
        string waited = Path.Combine(At(run), "checkpoints", $"update-{checkpoints * CheckpointEvery:D6}");
        long started = Stopwatch.GetTimestamp();
        while (!process.HasExited && !Directory.Exists(waited) && Stopwatch.GetElapsedTime(started) < _patience)
        {
            Thread.Sleep(1);
        }

        bool isAlive = !process.HasExited;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return isAlive;
    }

    private int Finish(string run)
    {
        using Process process = Start(run);
        Assert.True(process.WaitForExit(_patience), "The run did not end.");
        return process.ExitCode;
    }

    private Process Start(string run)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Sequor.Cli.dll"), "train", At("config.yaml"), "--out", At(run)])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private string HashOf(string run)
    {
        using ModelDirectory model = ModelDirectory.Open(At(run));
        return model.WeightsSha256;
    }

    /// <summary>The losses of the log, which no clock changes.</summary>
    private string[] Updated(string run) =>
        [.. Sequor.Training.Logs.TrainingLog.Read(At(run)).Updates.Select(entry => $"{entry.Update} {entry.GradientNorm:R} {entry.LearningRate:R}")];

    private string At(string name) => Path.Combine(_directory, name);
}
