using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Tests.Training.Runs;

/// <summary>A parent that copies words is tuned on a domain in which they are written backwards.</summary>
public sealed class FineTuningTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-tuning-").FullName;

    [Fact]
    public void Tuning_on_a_domain_beats_the_parent_there_and_the_report_says_what_was_lost()
    {
        WritePairs("copy", 0, 600, word => word);
        WritePairs("copy-test", 10_000, 40, word => word);
        WritePairs("back", 20_000, 600, Backwards);
        WritePairs("back-test", 30_000, 40, Backwards);
        string parent = Path.Combine(_directory, "parent");
        string tuned = Path.Combine(_directory, "tuned");
        Train(Settings("copy", 250), parent, null);

        TrainingRunResult result = Train(Settings("back", 250), tuned, parent);

        Assert.True(Right(tuned, "back-test") >= Right(parent, "back-test") + 20, "Tuning must teach the domain.");
        Assert.True(Right(parent, "copy-test") >= 30, "The parent must know its own task, or the comparison says nothing.");
        string report = File.ReadAllText(result.ReportPath);
        Assert.Contains("test set", report, StringComparison.Ordinal);
        Assert.Contains(parent, report, StringComparison.Ordinal);
    }

    [Fact]
    public void Frozen_parameters_keep_their_bits_and_others_move()
    {
        WritePairs("copy", 0, 200, word => word);
        WritePairs("copy-test", 10_000, 10, word => word);
        string parent = Path.Combine(_directory, "parent");
        string tuned = Path.Combine(_directory, "tuned");
        Train(Settings("copy", 20), parent, null);

        Train(
            Settings("copy", 20, "training.freeze=[embedding.*, 'encoder.layers.0.self_attention.*']"), tuned, parent);

        Dictionary<string, float[]> before = Weights(parent);
        Dictionary<string, float[]> after = Weights(tuned);
        Assert.Equal(before["embedding.weight"], after["embedding.weight"]);
        Assert.Equal(before["encoder.layers.0.self_attention.key.weight"], after["encoder.layers.0.self_attention.key.weight"]);
        Assert.NotEqual(before["decoder.layers.0.feed_forward.input.weight"], after["decoder.layers.0.feed_forward.input.weight"]);
    }

    [Fact]
    public void A_pattern_that_matches_no_parameter_is_a_fault_that_shows_real_names()
    {
        WritePairs("copy", 0, 20, word => word);
        WritePairs("copy-test", 10_000, 5, word => word);

        ConfigurationException fault = Assert.Throws<ConfigurationException>(
            () => Train(Settings("copy", 5, "training.freeze=[encoder.layer.*]"), Path.Combine(_directory, "run"), null));

        Assert.Contains("encoder.layer.*", fault.Message, StringComparison.Ordinal);
        Assert.Contains("embedding.weight", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Backwards(string words) => string.Join(' ', words.Split(' ').Reverse());

    private static TrainingRunResult Train(SequorConfiguration configuration, string directory, string? parent) => TrainingRun.Train(
        configuration, new TrainingRunOptions { Directory = directory, InitializeFrom = parent }, new CompositeListener(), TestContext.Current.CancellationToken);

    private static Dictionary<string, float[]> Weights(string directory)
    {
        using var file = Sequor.Checkpoints.SafetensorsFile.Open(Path.Combine(directory, "weights.safetensors"));
        return file.Sources.ToDictionary(source => source.Name, source =>
        {
            var values = new float[source.ElementCount];
            source.ReadFloats(0, values);
            return values;
        });
    }

    private SequorConfiguration Settings(string corpus, int updates, params string[] more)
    {
        string data = Path.Combine(_directory, corpus);
        return SequorConfiguration.Parse(
            $$"""
            format_version: 1
            data:
              train: [{source: '{{data}}.source', target: '{{data}}.target'}]
              test: {source: '{{data}}-test.source', target: '{{data}}-test.target'}
            vocabulary: {kind: word, size: 40}
            model: {encoder_layers: 1, decoder_layers: 1, width: 32, feed_forward_width: 64, heads: 4, dropout: 0}
            training: {learning_rate: 0.01, warmup_updates: 50, batch_tokens: 600, max_updates: {{updates}}, label_smoothing: 0}
            decoding: {beam: 2}
            """,
            overrides: more);
    }

    private void WritePairs(string name, ulong first, int count, Func<string, string> target)
    {
        string[] sources = [.. Enumerable.Range(0, count).Select(number => Words(first + (ulong)number))];
        File.WriteAllLines(Path.Combine(_directory, $"{name}.source"), sources);
        File.WriteAllLines(Path.Combine(_directory, $"{name}.target"), sources.Select(target));
    }

    private static string Words(ulong number)
    {
        int length = 2 + (int)(RandomKeys.Uniform(RandomKeys.Mix(number, 0)) * 4);
        return string.Join(' ', Enumerable.Range(1, length).Select(
            place => $"w{(int)(RandomKeys.Uniform(RandomKeys.Mix(number, (ulong)place)) * 12)}"));
    }

    private int Right(string model, string corpus)
    {
        using Translator translator = Translator.Load(model);
        string[] references = File.ReadAllLines(Path.Combine(_directory, $"{corpus}.target"));
        IReadOnlyList<GeneratedText> outputs = translator.Generate(File.ReadAllLines(Path.Combine(_directory, $"{corpus}.source")));
        return outputs.Zip(references).Count(pair => pair.First.Text == pair.Second);
    }
}
