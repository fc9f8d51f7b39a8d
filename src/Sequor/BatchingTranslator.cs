using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Decoding.Engine;
using Sequor.Serving;
using Sequor.Tensors;
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
    private readonly WorkQueue _queue;
    private readonly DecodingThread[] _threads;
    private readonly CancellationTokenSource _stop = new();
    private int _threadsLeft;

    private BatchingTranslator(LoadedEnsemble models, EnsembleOptions together, BatchingOptions options)
    {
        _models = models;
        DefaultSearch = Configuration.Decoding.ToSearchOptions();
        _texts = new SentenceTexts(models.Ensemble, SourceTokenizer, TargetTokenizer, Configuration.ToGeneratorOptions() with { Lexicon = together.Lexicon });
        _queue = new WorkQueue(options.QueueLimit, options.MaximumWait, options.Time);
        _threadsLeft = options.Workers;
        _threads = [.. Enumerable.Range(0, options.Workers).Select(_ => new DecodingThread(models.Ensemble, _texts.Special, _queue, options, ThreadEnded, _stop.Token))];
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
        ObjectDisposedException.ThrowIf(_queue.IsClosed, this);
        cancellation.ThrowIfCancellationRequested();
        SearchOptions search = job.Part is null ? _texts.Checked(job.Search ?? DefaultSearch) : _texts.CheckedForStream(job.Search ?? DefaultSearch with { NBest = 1 });
        SentenceRequests requests = _texts.RequestsFor(search, [job.Request]);
        SourceText text = _texts.Prepare(job.Text);
        if (text.Ids.Length == 0)
        {
            return GeneratedText.Empty(0, job.Text);
        }

        var sentence = new PendingSentence(
            job.Client, _texts.Request(requests, 0, text, job.Number, job.Request), job.Part is null ? null : new StreamedText(_texts, text, job.Part));
        IReadOnlyList<Hypothesis> found = await Answer(sentence, sentence.Answer, cancellation).ConfigureAwait(false);
        return _texts.Finished(0, job.Text, text, found, search);
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

    private async Task<T> Answer<T>(PendingWork work, Task<T> answer, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static (state, token) =>
            {
                (WorkQueue queue, PendingWork cancelled) = ((WorkQueue, PendingWork))state!;
                queue.Remove(cancelled);
                cancelled.Cancel(token);
            },
            (_queue, work));
        _queue.Add(work);
        return await answer.ConfigureAwait(false);
    }

    private void ThreadEnded()
    {
        if (Interlocked.Decrement(ref _threadsLeft) == 0)
        {
            _models.Dispose();
        }
    }
}
