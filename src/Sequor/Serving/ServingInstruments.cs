using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sequor.Serving;

/// <summary>What is measured of one model's callers; <see cref="SequorInstruments"/> says what each measurement is.</summary>
/// <param name="model">What the model is called.</param>
/// <param name="time">The clock.</param>
internal sealed class ServingInstruments(string model, TimeProvider time)
{
    private static readonly Meter _meter = new(SequorInstruments.Name);
    private static readonly ActivitySource _activities = new(SequorInstruments.Name);

    private static readonly InstrumentAdvice<double> _seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<int> _sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] };

    private static readonly UpDownCounter<int> _queueLength = _meter.CreateUpDownCounter<int>("sequor.queue.length", "{text}", "Texts and calls that wait.");

    private static readonly Histogram<double> _queueWait = _meter.CreateHistogram("sequor.queue.wait", "s", "How long texts and calls waited.", advice: _seconds);

    private static readonly Histogram<int> _batchSentences =
        _meter.CreateHistogram("sequor.batch.sentences", "{sentence}", "Sentences decoded together in a step.", advice: _sizes);

    private static readonly Histogram<double> _step = _meter.CreateHistogram("sequor.decoding.step", "s", "How long a decoding step took.", advice: _seconds);

    private static readonly Histogram<double> _decoding =
        _meter.CreateHistogram("sequor.decoding.time", "s", "How long a text was decoded, without its waiting.", advice: _seconds);

    private static readonly Counter<long> _sourceTokens = _meter.CreateCounter<long>("sequor.source.tokens", "{token}", "Source pieces read.");

    private static readonly Counter<long> _generatedTokens = _meter.CreateCounter<long>("sequor.generated.tokens", "{token}", "Pieces of the outputs found.");

    private static readonly Counter<long> _texts = _meter.CreateCounter<long>("sequor.texts", "{text}", "Texts and calls that were answered, by outcome.");

    private readonly KeyValuePair<string, object?> _model = new("model", model);

    /// <summary>Begins the activity of a text or a call, a child of the caller's; null where nobody listens.</summary>
    internal Activity? Begin(string name) => _activities.StartActivity(name)?.SetTag(_model.Key, _model.Value);

    /// <summary>More or fewer wait.</summary>
    internal void QueueChanged(int by)
    {
        try
        {
            _queueLength.Add(by, _model);
        }
        catch (Exception fault)
        {
            Silence(fault);
        }
    }

    /// <summary>A decoding thread has taken work.</summary>
    internal void Taken(PendingWork work)
    {
        try
        {
            _queueWait.Record(time.GetElapsedTime(work.WaitsSince, work.TakenAt).TotalSeconds, _model);
            _sourceTokens.Add(work.Pieces, _model);
        }
        catch (Exception fault)
        {
            Silence(fault);
        }
    }

    /// <summary>A step was taken.</summary>
    internal void Stepped(int sentences, long began, long ended)
    {
        try
        {
            _batchSentences.Record(sentences, _model);
            _step.Record(time.GetElapsedTime(began, ended).TotalSeconds, _model);
        }
        catch (Exception fault)
        {
            Silence(fault);
        }
    }

    /// <summary>Outputs were found.</summary>
    internal void Generated(int tokens)
    {
        try
        {
            _generatedTokens.Add(tokens, _model);
        }
        catch (Exception fault)
        {
            Silence(fault);
        }
    }

    /// <summary>A text or a call was answered.</summary>
    /// <param name="work">The work.</param>
    /// <param name="activity">Its activity.</param>
    /// <param name="fault">The answer where it is a fault.</param>
    internal void Answered(PendingWork work, Activity? activity, Exception? fault)
    {
        double decoding = work.TakenAt == 0 ? 0 : time.GetElapsedTime(work.TakenAt).TotalSeconds;
        try
        {
            Count(work, decoding, fault);
        }
        catch (Exception listening)
        {
            Silence(listening);
        }

        if (activity is not null)
        {
            double wait = work.TakenAt == 0 ? 0 : time.GetElapsedTime(work.WaitsSince, work.TakenAt).TotalSeconds;
            activity.SetTag("sequor.queue.wait", wait).SetTag("sequor.decoding.time", decoding);
            activity.SetTag("sequor.source.tokens", work.Pieces);
            activity.SetStatus(fault is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, fault?.GetType().Name);
        }
    }

    private void Count(PendingWork work, double decoding, Exception? fault)
    {
        if (work.TakenAt != 0)
        {
            _decoding.Record(decoding, _model);
        }

        _texts.Add(1, _model, new KeyValuePair<string, object?>("outcome", fault switch
        {
            null => "answered",
            OperationCanceledException => "cancelled",
            QueueFullException => "refused",
            _ => "failed",
        }));
    }

    // Listeners run on the thread that measures. A fault of theirs must neither end a decoding thread nor fail anybody's text.
    private static void Silence(Exception fault) => Debug.WriteLine(fault);
}
