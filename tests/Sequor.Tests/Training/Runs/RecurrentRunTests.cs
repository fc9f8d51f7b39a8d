using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Tests.Training.Runs;

/// <summary>What is done with a directory of a trained recurrent model.</summary>
public sealed class RecurrentRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-recurrent-").FullName;

    public RecurrentRunTests()
    {
        string[] lines = [.. Enumerable.Range(0, 60).Select(i => $"w{i % 7} w{i % 11} w{i % 5}")];
        File.WriteAllLines(At("train.source"), lines);
        File.WriteAllLines(At("train.target"), lines);
    }

    [Fact]
    public void The_last_checkpoints_are_averaged_into_the_finished_model()
    {
        Train(Settings("training.max_updates=3", "training.checkpoint_every=1", "training.average_last=2"), "run", null);

        using AveragedWeights mean = AveragedWeights.Open([At("run/checkpoints/update-000002"), At("run/checkpoints/update-000003")]);
        using SafetensorsFile finished = SafetensorsFile.Open(At("run/weights.safetensors"));
        Assert.Equal(WeightsHash.Compute(mean.Tensors), WeightsHash.Compute(finished.Sources));
        Assert.Contains("decoder.attention.query.weight", finished.Entries.Select(entry => entry.Name));
        using Translator translator = Translator.Load(At("run"));
        Assert.Equal(translator.Translate("w1 w2"), translator.Translate(["w3", "w1 w2"])[1]);
    }

    [Fact]
    public void Training_goes_on_from_a_model_with_its_shape_and_the_new_settings_of_training()
    {
        Train(Settings("training.max_updates=2"), "parent", null);
        Train(
            Settings(
                "training.max_updates=1", "training.learning_rate=1e-12", "model.decoder.width=99", "model.dropout=0.4", "model.decoder.recurrent_dropout=0.2",
                "model.encoder.detach_every=3", "model.decoder.zoneout=0.3", "model.attention.coverage_loss=0.5"),
            "tuned", At("parent"));

        ModelConfiguration model = SequorConfiguration.Load(At("tuned/config.yaml")).Model;
        Assert.Equal((12, 0.4, 0.2, 0.0), (model.Recurrent.Decoder.Width, model.Dropout, model.Recurrent.Decoder.RecurrentDropout, model.Recurrent.Decoder.Zoneout));
        Assert.Equal((3, 0.5), (model.Recurrent.Encoder.Stack.DetachEvery, model.Recurrent.Attention.CoverageLoss));
        float[] before = Weights("parent");
        float[] after = Weights("tuned");
        Assert.Equal(before.Length, after.Length);
        Assert.InRange(before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-6f);
    }

    [Fact]
    public void Settings_of_training_that_do_not_fit_the_model_are_faults()
    {
        Train(Settings("training.max_updates=1", "model.decoder.cell=ssru"), "parent", null);
        ConfigurationException fault = Assert.Throws<ConfigurationException>(
            () => Train(Settings("training.max_updates=1", "model.decoder.recurrent_dropout=0.2"), "tuned", At("parent")));
        Assert.Contains("model.decoder.recurrent_dropout: Columns are to be hidden from the recurrent product in the decoder, but an SSRU has no such product", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string At(string name) => Path.Combine(_directory, name);

    private void Train(SequorConfiguration settings, string name, string? parent) => TrainingRun.Train(
        settings, new TrainingRunOptions { Directory = At(name), InitializeFrom = parent }, new CompositeListener(), TestContext.Current.CancellationToken);

    private float[] Weights(string name)
    {
        using SafetensorsFile file = SafetensorsFile.Open(At($"{name}/weights.safetensors"));
        return [.. file.Sources.SelectMany(source =>
        {
            var values = new float[source.ElementCount];
            source.ReadFloats(0, values);
            return values;
        })];
    }

    private SequorConfiguration Settings(params string[] more) => SequorConfiguration.Parse(
        $$"""
        data: {train: [{source: '{{At("train.source")}}', target: '{{At("train.target")}}'}]}
        vocabulary: {kind: word, size: 40}
        model: {preset: gru-bahdanau, embedding_width: 12, dropout: 0.1, encoder: {width: 12}, decoder: {width: 12}, attention: {width: 12} }
        training: {learning_rate: 0.01, warmup_updates: 1, batch_tokens: 100}
        """,
        overrides: more);
}
