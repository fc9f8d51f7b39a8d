using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sequor.Decoding;

namespace Sequor.Tests.Serving;

/// <summary>What a translator for many callers tells of itself.</summary>
public sealed class InstrumentsTests : IDisposable
{
    // Other tests' translators speak through the same meter.
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("sequor-serving-").FullName, "model");

    public InstrumentsTests() => ServedModels.Write(_directory, ServedModels.Transformer);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_is_measured_under_its_models_name()
    {
        ConcurrentBag<(string Instrument, double Value, string? Outcome)> told = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == SequorInstruments.Name)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? outcome = null;
            bool isOurs = false;
            foreach ((string key, object? tag) in tags)
            {
                isOurs |= key == "model" && (string?)tag == _name;
                outcome = key == "outcome" ? (string?)tag : outcome;
            }

            if (isOurs)
            {
                told.Add((instrument.Name, value, outcome));
            }
        }

        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();

        GeneratedText[] outputs;
        using (var translator = BatchingTranslator.Load(_directory, new BatchingOptions { ModelName = _name }))
        {
            outputs = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => translator.GenerateAsync(new GenerationJob("a b c"), Stop)));
            await translator.ScoreAsync(["a"], ["b"], cancellation: Stop);
        }

        double Sum(string instrument) => told.Where(one => one.Instrument == instrument).Sum(one => one.Value);
        int Count(string instrument) => told.Count(one => one.Instrument == instrument);
        Assert.Equal(12, Count("sequor.queue.length"));
        Assert.Equal(0, Sum("sequor.queue.length"));
        Assert.Equal(6, Count("sequor.queue.wait"));
        Assert.Equal(6, Count("sequor.decoding.time"));
        Assert.Equal(20, Sum("sequor.source.tokens"));
        Assert.Equal(outputs.Sum(output => output.Hypotheses.Sum(found => found.Hypothesis.TokenLogProbabilities.Length)), Sum("sequor.generated.tokens"));
        Assert.Equal(Count("sequor.decoding.step"), Count("sequor.batch.sentences"));
        Assert.InRange(told.Where(one => one.Instrument == "sequor.batch.sentences").Max(one => one.Value), 1, 5);
        Assert.Equal(6, told.Count(one => one is { Instrument: "sequor.texts", Outcome: "answered" }));
    }

    [Fact]
    public async Task A_listener_that_throws_fails_no_text_and_ends_no_thread()
    {
        using var listener = new MeterListener();
        int thrown = 0;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == SequorInstruments.Name)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        void Hear(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach ((string key, object? tag) in tags)
            {
                if (key == "model" && (string?)tag == _name)
                {
                    Interlocked.Increment(ref thrown);
                    throw new InvalidOperationException("The listener is broken.");
                }
            }
        }

        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Hear(tags));
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Hear(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Hear(tags));
        listener.Start();
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { ModelName = _name });

        GeneratedText[] outputs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => translator.GenerateAsync(new GenerationJob("a b c"), Stop)));
        await translator.ScoreAsync(["a"], ["b"], cancellation: Stop);

        Assert.All(outputs, output => Assert.NotEqual("", output.Text));
        Assert.True(thrown > 10, $"{thrown} measurements were told");
    }

    [Fact]
    public async Task A_text_is_an_activity_below_the_callers_own()
    {
        ConcurrentBag<Activity> ended = [];
        using var source = new ActivitySource("caller of " + _name);
        using var listener = new ActivityListener
        {
            ShouldListenTo = one => one.Name == SequorInstruments.Name || one.Name == source.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { ModelName = _name });
        using Activity caller = source.StartActivity("request")!;

        await translator.GenerateAsync(new GenerationJob("a b c"), Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => translator.GenerateAsync(new GenerationJob("a b c") { Search = new GreedySearchOptions(), Part = _ => throw new InvalidOperationException() }, Stop));

        Assert.Same(caller, Activity.Current);
        Activity[] ours = [.. ended.Where(one => (string?)one.GetTagItem("model") == _name).OrderBy(one => one.StartTimeUtc)];
        Assert.Equal(["sequor.generate", "sequor.generate"], ours.Select(one => one.OperationName));
        Assert.All(ours, one => Assert.Equal(caller.SpanId, one.ParentSpanId));
        Assert.Equal([ActivityStatusCode.Ok, ActivityStatusCode.Error], ours.Select(one => one.Status));
        Assert.Equal(4, ours[0].GetTagItem("sequor.source.tokens"));
        Assert.True((double)ours[0].GetTagItem("sequor.decoding.time")! > 0);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}
