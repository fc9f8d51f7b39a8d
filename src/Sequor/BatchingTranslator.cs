using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Decoding.Engine;
using Sequor.Serving;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor;

/// <summary>
/// The door for many callers at once: text in, text out, on a decoding thread of its own. Texts join what is being decoded at its next step, whatever is asked of each;
/// every output is, in bits, what <see cref="Translator"/> gives for the text alone. Thread-safe.
/// </summary>
public sealed class BatchingTranslator : IDisposable
{
    private readonly LoadedEnsemble _models;
    private readonly SentenceTexts _texts;
    private readonly ForcedDecoding _forced;
    private readonly WorkQueue _queue;
    private readonly ServingInstruments _instruments;
    private readonly DecodingThread[] _threads;
    private readonly CancellationTokenSource _stop = new();
    private int _threadsLeft;

    private BatchingTranslator(LoadedEnsemble models, EnsembleOptions together, BatchingOptions options)
    {
        _models = models;
        DefaultSearch = Configuration.Decoding.ToSearchOptions();
        _texts = new SentenceTexts(models.Ensemble, SourceTokenizer, TargetTokenizer, Configuration.ToGeneratorOptions() with { Lexicon = together.Lexicon });
        _forced = new ForcedDecoding(models.Ensemble);
        _instruments = new ServingInstruments(options.ModelName, options.Time);
        _queue = new WorkQueue(options.QueueLimit, options.MaximumWait, options.Time, _instruments);
        _threadsLeft = options.Workers;
        _threads = [.. Enumerable.Range(0, options.Workers).Select(
            _ => new DecodingThread(models.Ensemble, _texts.Special, _queue, options, _instruments, ThreadEnded, _stop.Token))];
    }

    /// <summary>The model's configuration; of several models the first one's.</summary>
    public SequorConfiguration Configuration => _models.First.Configuration;

    /// <summary>Cuts sources into pieces.</summary>
    public Tokenizer SourceTokenizer => _models.First.Source;

    /// <summary>Joins pieces to outputs.</summary>
    public Tokenizer TargetTokenizer => _models.First.Target;

    /// <summary>The number of weights.</summary>
    public long Parameters => _models.Parameters;

    /// <summary>Whether the model has attention, so that outputs can say what they looked at.</summary>
    public bool HasAttention => _models.HasAttention;

    /// <summary>How matrices are held.</summary>
    public WeightType ComputeType => _models.First.ComputeType;

    /// <summary>Bytes of memory, or of the mapped file, that the weights take.</summary>
    public long WeightBytes => _models.WeightBytes;

    /// <summary>What does not keep the model from being used, but should be known: one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _models.Warnings;

    /// <summary>The search that the model's configuration asks for.</summary>
    public SearchOptions DefaultSearch { get; }

    /// <summary>Texts and calls that wait; what is being decoded does not count.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Whether memory of a batch is held; after <see cref="BatchingOptions.TrimAfter"/> without work it is given back.</summary>
    internal bool IsWarm => Array.Exists(_threads, thread => thread.IsWarm);

    /// <summary>Opens a model directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How callers' texts are decoded together; defaults when left out.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <param name="decoding">How to decode in place of what the model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what the configuration says.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The directory holds no model or a damaged one; the message says which.</exception>
    public static BatchingTranslator Load(
        string path, BatchingOptions? options = null, Device? device = null, DecodingConfiguration? decoding = null, WeightType? computeType = null) =>
        Load([path], new EnsembleOptions(), options, device, decoding, computeType);

    /// <summary>Opens several models that translate together, or one with a language model or a shortlist beside it.</summary>
    /// <param name="paths">The directories, 1 or more, of models of the same vocabularies; the first one's configuration says how text is prepared and searched.</param>
    /// <param name="together">How they translate together.</param>
    /// <param name="options">How callers' texts are decoded together; defaults when left out.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <param name="decoding">How to decode in place of what the first model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what each configuration says.</param>
    /// <exception cref="ArgumentException">There is no path, or options are out of their ranges or do not fit the models.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">There is no such table.</exception>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one, or vocabularies differ; the message says which.</exception>
    public static BatchingTranslator Load(
        IReadOnlyList<string> paths, EnsembleOptions together, BatchingOptions? options = null, Device? device = null, DecodingConfiguration? decoding = null,
        WeightType? computeType = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(together);
        options ??= new BatchingOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var models = new LoadedEnsemble(paths, together, device, decoding, computeType);
        try
        {
            return new BatchingTranslator(models, together, options);
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Generates the output of one text; it is the same whatever other callers ask for. The text is cut into pieces on the calling thread.</summary>
    /// <param name="job">The text and what is asked of its output.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, the search cannot hold a constraint, or parts are asked for of more than one
    /// output.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed, before or while the text was decoded.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<GeneratedText> GenerateAsync(GenerationJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(job.Text);
        ObjectDisposedException.ThrowIf(_queue.IsClosed, this);
        cancellation.ThrowIfCancellationRequested();
        SearchOptions search = job.Part is null ? _texts.Checked(job.Search ?? DefaultSearch) : _texts.CheckedForStream(job.Search ?? DefaultSearch with { NBest = 1 });
        SentenceRequests requests = _texts.RequestsFor(search, [job.Request]);
        SourceText text = _texts.Prepare(job.Text);
        if (text.Ids.Length == 0)
        {
            return GeneratedText.Empty(0, job.Text);
        }

        SentenceRequest request = _texts.Request(requests, 0, text, job.Number, job.Request);
        IReadOnlyList<Hypothesis> found = await Decode("sequor.generate", job.Client, request, job.Part is null ? null : new StreamedText(_texts, text, job.Part), cancellation)
            .ConfigureAwait(false);
        return _texts.Finished(0, job.Text, text, found, search);
    }

    /// <summary>Scores given translations (force-decoding), batch after batch between the steps of what is being decoded: the scores of
    /// <see cref="Translator.Score"/>.</summary>
    /// <param name="texts">One line each.</param>
    /// <param name="translations">For each text a translation.</param>
    /// <param name="search">Whose scores are wanted; what the model's configuration asks for when left out. Coverage is not counted.</param>
    /// <param name="firstNumber">The caller's number of the first pair, from 0, for faults.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="ArgumentException">There are not as many translations as texts, or one is longer than the model can write.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed, before or while it scored.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<IReadOnlyList<ScoredText>> ScoreAsync(
        IReadOnlyList<string> texts, IReadOnlyList<string> translations, SearchOptions? search = null, long firstNumber = 0, string client = "",
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(translations);
        var pairs = new ScoredPairs(_texts, texts, translations, search ?? DefaultSearch, firstNumber);
        foreach (InferenceBatch batch in pairs.Batches)
        {
            await Call("sequor.score", client, step => pairs.Score(_forced, step, batch), cancellation).ConfigureAwait(false);
        }

        return pairs.Results;
    }

    /// <summary>The ways in which a translation may go on behind given text, the most probable first, and with each the best whole translation: those of
    /// <see cref="Translator.Alternatives"/>.</summary>
    /// <param name="text">One line.</param>
    /// <param name="prefix">What the translation begins with, in whole words; may be empty.</param>
    /// <param name="count">How many at most, 1 or more. Default 5.</param>
    /// <param name="search">How whole translations are looked for; what the model's configuration asks for when left out.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>None for an empty text.</returns>
    /// <exception cref="ArgumentException">The search's options contradict each other, or the prefix is longer than the model can write.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed, before or while it searched.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<IReadOnlyList<Alternative>> AlternativesAsync(
        string text, string prefix = "", int count = 5, SearchOptions? search = null, string client = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(prefix);
        var alternatives = new AlternativeSearch(_models.Ensemble, _texts, text, prefix, count, search ?? DefaultSearch);
        if (alternatives.IsEmpty)
        {
            return [];
        }

        IReadOnlyList<SentenceRequest> requests = await Call("sequor.alternatives", client, alternatives.LookAhead, cancellation).ConfigureAwait(false);
        return alternatives.Found(await AllOrNone(requests, client, cancellation).ConfigureAwait(false));
    }

    /// <summary>What every head of the decoder looks at in a text while it writes a given translation (force-decoding): <see cref="Translator.Attention"/>.</summary>
    /// <param name="text">One line.</param>
    /// <param name="translation">The translation.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ArgumentException">The translation is longer than the model can write.</exception>
    /// <exception cref="InvalidOperationException">The model has no attention.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed before.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<AttentionMaps> AttentionAsync(string text, string translation, string client = "", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(translation);
        var reading = new AttentionReading(_models.Ensemble, _texts, text, translation);
        return await Call("sequor.attention", client, step => reading.Read(_forced, step), cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends what is being decoded at its next step, and what waits, with an <see cref="ObjectDisposedException"/>; then gives the memory back.</summary>
    public void Dispose()
    {
        if (_queue.Close() is not { } waiting)
        {
            return;
        }

        foreach (PendingWork work in waiting)
        {
            work.Fail(Disposed());
        }

        _stop.Cancel();
        Array.ForEach(_threads, thread => thread.Join());
        _stop.Dispose();
    }

    internal static ObjectDisposedException Disposed() => new(nameof(BatchingTranslator), "The translator was disposed before the text was translated.");

    private Task<IReadOnlyList<Hypothesis>> Decode(string name, string client, SentenceRequest request, StreamedText? stream, CancellationToken cancellation)
    {
        var sentence = new PendingSentence(client, request, stream);
        return Answer(name, sentence, sentence.Answer, cancellation);
    }

    /// <summary>The best output of every sentence; where one cannot be had, the others end at their next step, since nobody waits for them any more.</summary>
    private async Task<Hypothesis[]> AllOrNone(IReadOnlyList<SentenceRequest> requests, string client, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? firstFault = null;
        var found = new Hypothesis[requests.Count];
        async Task DecodeAsync(int place)
        {
            try
            {
                found[place] = (await Decode("sequor.alternatives", client, requests[place], null, stop.Token).ConfigureAwait(false))[0];
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref firstFault, ExceptionDispatchInfo.Capture(fault), null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, found.Length).Select(DecodeAsync)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        firstFault?.Throw();
        return found;
    }

    private Task<T> Call<T>(string name, string client, Func<Step, T> work, CancellationToken cancellation)
    {
        var call = new PendingCall<T>(client, work);
        return Answer(name, call, call.Answer, cancellation);
    }

    private async Task<T> Answer<T>(string name, PendingWork work, Task<T> answer, CancellationToken cancellation)
    {
        using Activity? activity = _instruments.Begin(name);
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                (WorkQueue queue, PendingWork cancelled) = ((WorkQueue, PendingWork))state!;
                queue.Remove(cancelled);
                cancelled.Cancel(token);
            },
            (_queue, work));
        try
        {
            if (!work.IsAnswered)
            {
                _queue.Add(work);
            }

            T result = await answer.ConfigureAwait(false);
            _instruments.Answered(work, activity, fault: null);
            return result;
        }
        catch (Exception fault)
        {
            _instruments.Answered(work, activity, fault);
            throw;
        }
    }

    private void ThreadEnded()
    {
        if (Interlocked.Decrement(ref _threadsLeft) == 0)
        {
            _models.Dispose();
        }
    }
}
