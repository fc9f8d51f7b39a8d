using Sequor.Decoding;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Cpu;

namespace Sequor.Serving;

/// <summary>A thread that decodes what callers wait for, in a session of its own.</summary>
internal sealed class DecodingThread
{
    private readonly Ensemble _ensemble;
    private readonly SpecialIds _special;
    private readonly WorkQueue _queue;
    private readonly BatchingOptions _options;
    private readonly ServingInstruments _instruments;
    private readonly Step _step;
    private readonly Thread _thread;
    private readonly Action _ended;
    private readonly List<PendingWork> _taken = [];
    private readonly CancellationToken _stop;
    private Predictor? _predictor;
    private DecodingLoop? _loop;
    private long _holdsSince;
    private long _stepBegan;

    /// <summary>Starts the thread.</summary>
    /// <param name="ensemble">What predicts.</param>
    /// <param name="special">The signs that are not text.</param>
    /// <param name="queue">What callers wait for.</param>
    /// <param name="options">How it is decoded together.</param>
    /// <param name="instruments">Are told of it.</param>
    /// <param name="ended">Called on the thread when it has ended.</param>
    /// <param name="stop">Ends what is being decoded at its next step; the thread ends once the queue is closed.</param>
    internal DecodingThread(
        Ensemble ensemble, SpecialIds special, WorkQueue queue, BatchingOptions options, ServingInstruments instruments, Action ended, CancellationToken stop)
    {
        (_ensemble, _special, _queue, _options, _instruments, _ended, _stop) = (ensemble, special, queue, options, instruments, ended, stop);
        _step = new Step(ensemble.Models[0].Parameters.Device);
        _thread = new Thread(Work) { IsBackground = true, Name = "Sequor decoding" };
        _thread.Start();
    }

    /// <summary>Whether memory of a batch is held.</summary>
    internal bool IsWarm => Volatile.Read(ref _predictor) is not null;

    /// <summary>Waits for the thread to end; returns at once where the thread itself asks.</summary>
    internal void Join()
    {
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Work()
    {
        while (!_queue.IsClosed)
        {
            if (_queue.Wait(IsWarm ? _options.TrimAfter : Timeout.InfiniteTimeSpan))
            {
                Decode();
            }
            else
            {
                Trim();
            }
        }

        Trim();
        _step.Dispose();
        _ended();
    }

    private void Decode()
    {
        try
        {
            Loop().Run(Take, new BatchRoom(_options.BatchSentences, _options.BatchTokens), Finish, _stop);
        }
        catch (Exception fault)
        {
            Recover(fault);
        }
    }

    /// <summary>After a fault of all that was decoded together: it is nobody's own only until each is decoded alone, which changes no output.</summary>
    private void Recover(Exception fault)
    {
        if (_loop is null)
        {
            // There was no memory for a session: whoever is next would meet it again and again.
            _queue.Take(new BatchRoom(1, int.MaxValue), _taken);
            _taken.ForEach(work => work.Fail(fault));
            return;
        }

        IReadOnlyList<SentenceRequest> struck = _loop.Unfinished();
        Trim();
        bool isAlone = struck.Count == 1;
        foreach (PendingSentence sentence in struck.Select(PendingSentence.Of))
        {
            if (_stop.IsCancellationRequested)
            {
                sentence.Fail(BatchingTranslator.Disposed());
            }
            else if (isAlone)
            {
                sentence.Fail(fault);
            }
            else if (!sentence.HasGone)
            {
                DecodeAlone(sentence);
            }
        }
    }

    private void DecodeAlone(PendingSentence sentence)
    {
        IReadOnlyList<SentenceRequest> waiting = [sentence.Request];
        try
        {
            Loop().Run(_ => Interlocked.Exchange(ref waiting, []), new BatchRoom(1, int.MaxValue), Finish, _stop);
        }
        catch (Exception fault)
        {
            Trim();
            sentence.Fail(_stop.IsCancellationRequested ? BatchingTranslator.Disposed() : fault);
        }
    }

    private void Finish(SentenceRequest request, IReadOnlyList<Hypothesis> outputs)
    {
        int tokens = 0;
        foreach (Hypothesis output in outputs)
        {
            tokens += output.TokenLogProbabilities.Length;
        }

        _instruments.Generated(tokens);
        PendingSentence.Of(request).Finish(outputs);
    }

    private void Stepped(int sentences)
    {
        long now = _options.Time.GetTimestamp();
        _instruments.Stepped(sentences, _stepBegan, now);
        _stepBegan = now;
    }

    private DecodingLoop Loop()
    {
        if (_loop is null)
        {
            Volatile.Write(ref _predictor, EnsemblePredictors.For(_ensemble, _special.End, _step));
            _loop = new DecodingLoop(_predictor!, _special) { AsksAlways = true, Stepped = Stepped };
        }

        return _loop;
    }

    private void Trim()
    {
        _loop = null;
        _predictor?.Dispose();
        Volatile.Write(ref _predictor, null);
        _step.Trim();
    }

    /// <summary>The sentences that begin now; calls are done at once.</summary>
    private IReadOnlyList<SentenceRequest> Take(BatchRoom room)
    {
        // Helpers serve one thread at a time: as long as the others have nothing to do, they serve this one.
        WorkerPool.ThreadWorksAlone = _queue.Idle < _options.Workers - 1;
        IReadOnlyList<SentenceRequest> sentences = IsWorthwhile(room) ? TakeNext(room) : [];
        _stepBegan = _options.Time.GetTimestamp();
        return sentences;
    }

    private List<SentenceRequest> TakeNext(BatchRoom room)
    {
        _holdsSince = 0;
        _queue.Take(room, _taken);
        List<SentenceRequest> sentences = [];
        foreach (PendingWork work in _taken)
        {
            if (work.IsAnswered)
            {
                continue;
            }

            _instruments.Taken(work);
            if (work is PendingSentence sentence)
            {
                sentences.Add(sentence.Request);
            }
            else
            {
                ((PendingCall)work).Run(_step);
            }
        }

        return sentences;
    }

    /// <summary>Whether enough waits to let it begin. A few sentences beside many would make small products of large ones, so they wait a moment for more.</summary>
    private bool IsWorthwhile(BatchRoom room)
    {
        int waiting = Math.Min(_queue.Count, room.Sentences);
        if (waiting == 0)
        {
            _holdsSince = 0;
            return false;
        }

        const int Share = 4;
        if (Share * waiting >= _options.BatchSentences - room.Sentences)
        {
            return true;
        }

        if (_holdsSince == 0)
        {
            _holdsSince = _options.Time.GetTimestamp();
        }

        return _options.Time.GetElapsedTime(_holdsSince) >= _options.MaximumWait;
    }
}
