using System.Runtime.ExceptionServices;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>Text in, text out, with any model and any search.</summary>
public sealed class Generator : IDisposable
{
    private readonly Ensemble _ensemble;
    private readonly GeneratorOptions _options;
    private readonly SentenceTexts _texts;
    private readonly Step[] _sessions;

    /// <summary>Puts a generator together. It is one session: one thread at a time may use it.</summary>
    /// <param name="model">The model; it stays its owner's.</param>
    /// <param name="source">Cuts sources.</param>
    /// <param name="target">Joins outputs.</param>
    /// <param name="options">Settings; defaults when left out.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, or the lexical table is of other pieces.</exception>
    public Generator(EncoderDecoder model, Tokenizer source, Tokenizer target, GeneratorOptions? options = null)
        : this(Ensemble.Of(model), source, target, options)
    {
    }

    /// <summary>Puts a generator of several models, or of a model with language models, together. It is one session: one thread at a time may use it.</summary>
    /// <param name="ensemble">What predicts; its parts stay their owners'.</param>
    /// <param name="source">Cuts sources.</param>
    /// <param name="target">Joins outputs.</param>
    /// <param name="options">Settings; defaults when left out.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, the ensemble's parts do not fit together, or the lexical table is of other pieces.</exception>
    public Generator(Ensemble ensemble, Tokenizer source, Tokenizer target, GeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        _texts = new SentenceTexts(ensemble, source, target, options ?? new GeneratorOptions());
        (_ensemble, _options) = (ensemble, _texts.Options);
        _sessions = [.. Enumerable.Range(0, _options.Workers).Select(_ => new Step(ensemble.Models[0].Parameters.Device))];
    }

    /// <summary>The signs that are not text.</summary>
    public SpecialIds Special => _texts.Special;

    /// <summary>Generates outputs. An empty source gives an empty output; each output is the same whatever the others are.</summary>
    /// <param name="sources">The texts, one line each.</param>
    /// <param name="search">How outputs are looked for.</param>
    /// <param name="requests">For each source what it asks of its output, or null for nothing at all.</param>
    /// <param name="firstNumber">The caller's number of the first source; sampling is keyed by it.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>As many results as sources, in their order.</returns>
    /// <exception cref="ArgumentException">The search's options contradict each other, the search cannot hold a constraint, or there are not as many requests as
    /// sources.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<GeneratedText> Generate(
        IReadOnlyList<string> sources, SearchOptions search, IReadOnlyList<DecodingRequest>? requests = null, long firstNumber = 0,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(search);
        if (requests is not null && requests.Count != sources.Count)
        {
            throw new ArgumentException($"{sources.Count} sources were given {requests.Count} requests; one for each is needed, which may ask for nothing.", nameof(requests));
        }

        search = _texts.Checked(search);
        SourceText[] texts = [.. sources.Select(_texts.Prepare)];
        var results = new GeneratedText[sources.Count];
        SentenceRequests sentences = _texts.RequestsFor(search, requests ?? []);
        var queue = new SentenceQueue(Enumerable.Range(0, texts.Length).Where(i => texts[i].Ids.Length > 0)
            .Select(i => _texts.Request(sentences, i, texts[i], firstNumber + i, requests?[i] ?? DecodingRequest.None)));
        Work((session, stop) =>
        {
            using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, session);
            new DecodingLoop(predictor, Special).Run(
                queue.Take, new BatchRoom(_options.BatchSentences, _options.BatchTokens),
                (request, found) => results[request.Place] = _texts.Finished(request.Place, sources[request.Place], texts[request.Place], found, search), stop);
        }, cancellation);

        for (int i = 0; i < results.Length; i++)
        {
            results[i] ??= GeneratedText.Empty(i, sources[i]);
        }

        return results;
    }

    /// <summary>Generates one output and tells its text as soon as parts of it are certain: once every hypothesis that can still be chosen agrees on them. The parts
    /// laid end to end are the output.</summary>
    /// <param name="source">The text, one line.</param>
    /// <param name="search">How the output is looked for; one output.</param>
    /// <param name="part">Receives each part, none of them empty, on the calling thread.</param>
    /// <param name="number">The caller's number of the source; sampling is keyed by it.</param>
    /// <param name="request">What the source asks of its output; null for nothing.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The whole result.</returns>
    /// <exception cref="ArgumentException">The search's options contradict each other, or ask for more than one output.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public GeneratedText Stream(
        string source, SearchOptions search, Action<string> part, long number = 0, DecodingRequest? request = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(part);
        search = _texts.CheckedForStream(search);
        SourceText text = _texts.Prepare(source);
        if (text.Ids.Length == 0)
        {
            return GeneratedText.Empty(0, source);
        }

        request ??= DecodingRequest.None;
        var stream = new StreamedText(_texts, text, part);
        SentenceRequest[] waiting = [_texts.Request(_texts.RequestsFor(search, [request]), 0, text, number, request) with { Watcher = stream }];
        GeneratedText? result = null;
        using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, _sessions[0]);
        new DecodingLoop(predictor, Special).Run(
            new SentenceQueue(waiting).Take, new BatchRoom(1, int.MaxValue),
            (_, found) =>
            {
                stream.Finish(found[0]);
                result = _texts.Finished(0, source, text, found, search);
            },
            cancellation);
        return result!;
    }

    /// <summary>The ways in which an output may go on behind given text, the most probable first, and with each the best whole output: for completion while
    /// somebody types.</summary>
    /// <param name="source">The text, one line.</param>
    /// <param name="prefix">What the output begins with; may be empty.</param>
    /// <param name="count">How many at most, 1 or more.</param>
    /// <param name="search">How whole outputs are looked for: greedy or beam search.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>None for an empty source.</returns>
    /// <exception cref="ArgumentException">The search's options contradict each other, or the prefix is longer than the models can write.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<Alternative> Alternatives(string source, string prefix, int count, SearchOptions search, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(search);
        var alternatives = new AlternativeSearch(_ensemble, _texts, source, prefix, count, search);
        if (alternatives.IsEmpty)
        {
            return [];
        }

        IReadOnlyList<SentenceRequest> waiting = alternatives.LookAhead(_sessions[0]);
        var found = new Hypothesis[waiting.Count];
        using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, _sessions[0]);
        new DecodingLoop(predictor, Special).Run(
            new SentenceQueue(waiting).Take, new BatchRoom(_options.BatchSentences, _options.BatchTokens), (request, outputs) => found[request.Place] = outputs[0], cancellation);
        return alternatives.Found(found);
    }

    /// <summary>What every head of the decoder looks at in a source while it writes a given output; of several models those of the first.</summary>
    /// <param name="source">The source, one line.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="ArgumentException">The output is longer than the models can write.</exception>
    /// <exception cref="InvalidOperationException">The model has no attention.</exception>
    public AttentionMaps Attention(string source, string output)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        return new AttentionReading(_ensemble, _texts, source, output).Read(new ForcedDecoding(_ensemble), _sessions[0]);
    }

    /// <summary>Gives the session's memory back until the next text takes it anew: for pauses between rare calls.</summary>
    public void Trim() => Array.ForEach(_sessions, session => session.Trim());

    /// <summary>Gives the session's memory back; the model stays.</summary>
    public void Dispose() => Array.ForEach(_sessions, session => session.Dispose());

    /// <summary>Does work in every session at once; the first that fails stops the others at their next step.</summary>
    private void Work(Action<Step, CancellationToken> work, CancellationToken cancellation)
    {
        if (_sessions.Length == 1)
        {
            work(_sessions[0], cancellation);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        void Guarded(Step session)
        {
            try
            {
                work(session, stop.Token);
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(fault), null);
                stop.Cancel();
            }
        }

        Thread[] others = [.. _sessions.Skip(1).Select(session => new Thread(() => Guarded(session)) { IsBackground = true, Name = "Sequor decoding" })];
        Array.ForEach(others, thread => thread.Start());
        Guarded(_sessions[0]);
        Array.ForEach(others, thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
