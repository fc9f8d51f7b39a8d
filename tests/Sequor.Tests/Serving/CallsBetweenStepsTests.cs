using System.Diagnostics.Metrics;
using Sequor.Decoding;

namespace Sequor.Tests.Serving;

/// <summary>What is asked besides outputs is answered between the steps of what is being decoded, with the translator's answers.</summary>
public sealed class CallsBetweenStepsTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("sequor-serving-").FullName, "model");

    public CallsBetweenStepsTests() => ServedModels.Write(_directory, ServedModels.Transformer);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_one_way_to_go_on_is_refused_the_others_end()
    {
        string name = Guid.NewGuid().ToString("N");
        List<string?> outcomes = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == SequorInstruments.Name && instrument.Name == "sequor.texts")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            Dictionary<string, object?> told = new(tags.ToArray());
            if ((string?)told["model"] == name)
            {
                lock (outcomes)
                {
                    outcomes.Add((string?)told["outcome"]);
                }
            }
        });
        listener.Start();
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { ModelName = name, BatchSentences = 1, QueueLimit = 4 });
        SearchOptions endless = new BeamSearchOptions { BeamSize = 3, Length = new LengthLimits { Minimum = 900, Maximum = 900, MaximumExtra = 900 } };

        await Assert.ThrowsAsync<QueueFullException>(() => translator.AlternativesAsync("a b c d", "", 12, endless, cancellation: Stop));

        Assert.Contains("refused", outcomes);
        Assert.Contains("cancelled", outcomes);
        Assert.Equal(13, outcomes.Count);
    }

    [Fact]
    public async Task Scores_alternatives_and_attention_are_the_translators_while_texts_are_decoded()
    {
        using Translator alone = Translator.Load(_directory);
        using var together = BatchingTranslator.Load(_directory);
        string[] sources = [.. Enumerable.Range(0, 9).Select(ServedModels.Text)];
        string[] outputs = [.. alone.Translate(sources)];
        Task<GeneratedText>[] beside = [.. Enumerable.Range(0, 30).Select(i => together.GenerateAsync(new GenerationJob(ServedModels.Text(i)), Stop))];

        IReadOnlyList<ScoredText> scores = await together.ScoreAsync(sources, outputs, cancellation: Stop);
        IReadOnlyList<Alternative> ways = await together.AlternativesAsync("a b c d", "e f", 4, cancellation: Stop);
        AttentionMaps maps = await together.AttentionAsync("a b c d", "e f", cancellation: Stop);

        Assert.Equal(
            alone.Score(sources, outputs, cancellation: Stop).Select(score => (score.Score, string.Join(' ', score.Scores.TokenLogProbabilities))),
            scores.Select(score => (score.Score, string.Join(' ', score.Scores.TokenLogProbabilities))));
        Assert.Equal(
            alone.Alternatives("a b c d", "e f", 4, cancellation: Stop).Select(way => (way.Word, way.Piece, way.Probability, way.Output.Text, way.Output.Hypothesis.Score)),
            ways.Select(way => (way.Word, way.Piece, way.Probability, way.Output.Text, way.Output.Hypothesis.Score)));
        Assert.Equal(alone.Attention("a b c d", "e f").Layers.SelectMany(layer => layer).SelectMany(head => head).SelectMany(row => row),
            maps.Layers.SelectMany(layer => layer).SelectMany(head => head).SelectMany(row => row));
        for (int i = 0; i < beside.Length; i++)
        {
            Assert.Equal(alone.Translate(ServedModels.Text(i)), (await beside[i]).Text);
        }
    }

    [Fact]
    public async Task Faults_are_the_translators_too()
    {
        using Translator alone = Translator.Load(_directory);
        using var together = BatchingTranslator.Load(_directory);
        string tooLong = string.Join(' ', Enumerable.Repeat("a", 2000));

        async Task SameAsync(Action wrong, Func<Task> wrongTogether)
        {
            ArgumentException expected = Assert.ThrowsAny<ArgumentException>(wrong);
            Assert.Equal(expected.Message, (await Assert.ThrowsAnyAsync<ArgumentException>(wrongTogether)).Message);
        }

        await SameAsync(() => alone.Score(["a"], [], cancellation: Stop), () => together.ScoreAsync(["a"], [], cancellation: Stop));
        await SameAsync(() => alone.Score(["a"], [tooLong], cancellation: Stop), () => together.ScoreAsync(["a"], [tooLong], cancellation: Stop));
        await SameAsync(() => alone.Alternatives("a", tooLong, cancellation: Stop), () => together.AlternativesAsync("a", tooLong, cancellation: Stop));
        await SameAsync(() => alone.Alternatives("a", count: 0, cancellation: Stop), () => together.AlternativesAsync("a", count: 0, cancellation: Stop));
        await SameAsync(() => alone.Attention("a", tooLong), () => together.AttentionAsync("a", tooLong, cancellation: Stop));
    }

    [Fact]
    public async Task A_call_that_was_cancelled_is_not_made()
    {
        using var together = BatchingTranslator.Load(_directory);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => together.ScoreAsync(["a"], ["b"], cancellation: cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => together.AttentionAsync("a", "b", cancellation: cancelled.Token));
        Assert.Equal(0, together.QueueLength);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}
