using System.Runtime.ExceptionServices;
using Sequor.Alignments;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>What text becomes before it is cut into pieces, and how much is decoded at once.</summary>
public sealed record GeneratorOptions
{
    /// <summary>Whether sources are lower-cased, as they were in training. Default false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether sources are brought to normalisation form C, as they were in training. Default false.</summary>
    public bool NormalizeNfc { get; init; }

    /// <summary>Text put before every source, parted by a space; empty for none. Default empty.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>Source pieces decoded at once, 1 or more; it changes speed and memory, never an output. Default 4,096.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Sentences decoded at once, 1 or more; likewise. Default 64.</summary>
    public int BatchSentences { get; init; } = 64;

    /// <summary>Sessions that decode side by side, each on a thread of its own, 1 or more; they share the weights. It changes speed and memory, never an output:
    /// many sentences decode faster in as many sessions as there are processors, each without helping threads
    /// (<see cref="Tensors.Cpu.WorkerPool.Threads"/> 1), than in one session with all of them. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether an unknown piece is replaced by the source piece that it looked at most, in the source's own spelling. Default false.</summary>
    public bool ReplaceUnknown { get; init; }

    /// <summary>
    /// With <see cref="ReplaceUnknown"/>: a lexical table whose best translation of the source word that was looked at replaces the unknown piece; words that
    /// it does not have are copied as without it. A table of pieces must be of the model's own. Default null.
    /// </summary>
    public LexicalTable? Lexicon { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (BatchTokens < 1)
        {
            faults.Add($"{BatchTokens} source pieces are to be decoded at once; there must be 1 or more.");
        }

        if (BatchSentences < 1)
        {
            faults.Add($"{BatchSentences} sentences are to be decoded at once; there must be 1 or more.");
        }

        if (Workers is < 1 or > Tensors.Cpu.WorkerPool.MaximumThreads)
        {
            faults.Add($"{Workers} sessions are to decode side by side; there must be 1 to {Tensors.Cpu.WorkerPool.MaximumThreads}.");
        }

        return faults;
    }
}

/// <summary>Text in, text out, with any model and any search.</summary>
public sealed class Generator : IDisposable
{
    private readonly Ensemble _ensemble;
    private readonly Tokenizer _source;
    private readonly Tokenizer _target;
    private readonly GeneratorOptions _options;
    private readonly TextPreparation _preparation;
    private readonly Step[] _sessions;
    private readonly Lazy<PieceTexts> _pieceTexts;
    private ConstraintCompiler? _constraints;
    private readonly UnknownWords _unknown;

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
        ensemble.ThrowIfInvalid();
        (_ensemble, _source, _target, _options) = (ensemble, source, target, options ?? new GeneratorOptions());
        if (_options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _sessions = [.. Enumerable.Range(0, _options.Workers).Select(_ => new Step(ensemble.Models[0].Parameters.Device))];
        _preparation = new TextPreparation(source, _options, ensemble.LongestSequence);
        _pieceTexts = new Lazy<PieceTexts>(() => new PieceTexts(target, _preparation.Normalize));
        if (_options.Lexicon is { IsOfPieces: true } lexicon && lexicon.FaultFor(source.Vocabulary, target.Vocabulary) is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _unknown = new UnknownWords(source, target, _options.Lexicon);
        Special = new SpecialIds(target.Vocabulary.BeginId, target.Vocabulary.EndId, target.Vocabulary.PadId);
    }

    /// <summary>The signs that are not text.</summary>
    public SpecialIds Special { get; }

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

        search = _options.ReplaceUnknown ? search with { RecordAttention = true } : search;
        search.ThrowIfInvalid();
        SearchOptions pieceSearch = search is MinimumBayesRiskOptions risk ? risk.ToSampling() : search;
        SourceText[] texts = [.. sources.Select(_preparation.Prepare)];
        var results = new GeneratedText[sources.Count];
        SentenceRequests sentences = Sentences(pieceSearch, requests ?? []);
        var queue = new SentenceQueue(Enumerable.Range(0, texts.Length).Where(i => texts[i].Ids.Length > 0)
            .Select(i => Request(sentences, i, texts[i], firstNumber + i, requests?[i] ?? DecodingRequest.None)));
        Work((session, stop) =>
        {
            using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, session);
            Searches.LoopFor(predictor, Special, pieceSearch).Run(
                queue.Take, new BatchRoom(_options.BatchSentences, _options.BatchTokens),
                (request, found) => results[request.Place] = Finished(request.Place, sources[request.Place], texts[request.Place], found, search), stop);
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
        if (search.NBest != 1 || search is MinimumBayesRiskOptions)
        {
            throw new ArgumentException("A stream is one output that grows: of several outputs, and of samples that are compared, none can be told before the end.", nameof(search));
        }

        search = _options.ReplaceUnknown ? search with { RecordAttention = true } : search;
        search.ThrowIfInvalid();
        SourceText text = _preparation.Prepare(source);
        if (text.Ids.Length == 0)
        {
            return GeneratedText.Empty(0, source);
        }

        request ??= DecodingRequest.None;
        SentenceRequest[] waiting = [Request(Sentences(search, [request]), 0, text, number, request)];
        var agreed = new AgreedText((histories, history, count) => TextOf(histories.Finish(histories.First(history, count), 0, StopReason.MaximumLength), text));
        void Tell(string certain)
        {
            if (certain.Length > 0)
            {
                part(certain);
            }
        }

        GeneratedText? result = null;
        using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, _sessions[0]);
        Searches.LoopFor(predictor, Special, search, decoded => Tell(agreed.Next(decoded))).Run(
            new SentenceQueue(waiting).Take, new BatchRoom(1, int.MaxValue),
            (_, found) => result = Finished(0, source, text, found, search), cancellation);
        Tell(agreed.Rest(result!.Text));
        return result;
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
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (search is MinimumBayesRiskOptions)
        {
            throw new ArgumentException("Alternatives go on from a prefix, each by a search of its own; minimum Bayes risk compares whole samples. Take greedy or beam search.", nameof(search));
        }

        search = search with { NBest = 1, RecordAttention = search.RecordAttention || _options.ReplaceUnknown };
        search.ThrowIfInvalid();
        SourceText text = _preparation.Prepare(source);
        if (text.Ids.Length == 0)
        {
            return [];
        }

        int[] begun = prefix.Length == 0 ? [] : _target.Encode(_preparation.Normalize(prefix));
        if (begun.Length >= _ensemble.LongestSequence - 1)
        {
            throw new ArgumentException($"The prefix has {begun.Length} pieces; with one more the models can write {_ensemble.LongestSequence - 1}. Shorten it.", nameof(prefix));
        }

        using Predictor predictor = EnsemblePredictors.For(_ensemble, Special.End, _sessions[0]);
        return new AlternativeSearch(predictor, Special, _target, new BatchRoom(_options.BatchSentences, _options.BatchTokens)).Find(
            [.. text.Ids, _source.Vocabulary.EndId], begun, count, search, Sentences(search, []), hypothesis => TextOf(hypothesis, text), cancellation);
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

    private SentenceRequests Sentences(SearchOptions search, IReadOnlyList<DecodingRequest> requests)
    {
        bool isConstrained = search.Constraints.Count > 0 || requests.Any(request => request.Constraints.Count > 0);
        if (isConstrained && (_constraints is null || !ReferenceEquals(_constraints.Shared, search.Constraints)))
        {
            _constraints = new ConstraintCompiler(search.Constraints, _pieceTexts.Value, _ensemble.VocabularySize);
        }

        return new SentenceRequests(search, _ensemble.VocabularySize, _ensemble.LongestSequence, isConstrained ? _constraints : null);
    }

    private SentenceRequest Request(SentenceRequests sentences, int place, SourceText text, long number, DecodingRequest request) => sentences.Make(
        place, [.. text.Ids, _source.Vocabulary.EndId], number,
        request.Prefix.Length == 0 ? [] : _target.Encode(_preparation.Normalize(request.Prefix)), request.Constraints);

    private GeneratedText Finished(int index, string source, SourceText text, IReadOnlyList<Hypothesis> found, SearchOptions search)
    {
        IReadOnlyList<GeneratedHypothesis> hypotheses = [.. found.Select(hypothesis => new GeneratedHypothesis(TextOf(hypothesis, text), hypothesis))];
        if (search is MinimumBayesRiskOptions risk)
        {
            hypotheses = [.. ExpectedUtility.Rank(hypotheses, risk.Utility).Take(risk.NBest)];
        }

        Hypothesis best = hypotheses[0].Hypothesis;
        return new GeneratedText(index, source, text.WasCut, hypotheses, [.. best.Ids.Select(id => _target.Vocabulary[id])])
        {
            SourcePieces = best.Attention.Count == 0 ? []
                : [.. _source.Pieces(text.Text).Take(text.Ids.Length), _source.Vocabulary[_source.Vocabulary.EndId]],
        };
    }

    private string TextOf(Hypothesis hypothesis, SourceText source)
    {
        int unknown = _target.Vocabulary.UnknownId;
        if (!_options.ReplaceUnknown || hypothesis.Attention.Count == 0 || !hypothesis.Ids.Contains(unknown))
        {
            return _target.Decode(hypothesis.Ids);
        }

        return _unknown.TextOf(hypothesis, source.Text, source.Ids);
    }
}
