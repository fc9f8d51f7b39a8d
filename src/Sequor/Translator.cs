using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sequor.Alignments;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor;

/// <summary>The door: text in, text out, with a trained model. Thread-safe; calls take turns.</summary>
public sealed class Translator : IDisposable
{
    private readonly LoadedEnsemble _models;
    private readonly Generator _generator;
    private readonly Rescorer _rescorer;
    private readonly Lock _turn = new();
    private bool _disposed;

    private Translator(LoadedEnsemble models, LexicalTable? lexicon)
    {
        _models = models;
        _generator = new Generator(models.Ensemble, SourceTokenizer, TargetTokenizer, Configuration.ToGeneratorOptions() with { Lexicon = lexicon });
        _rescorer = new Rescorer(models.Ensemble, SourceTokenizer, TargetTokenizer, Configuration.ToGeneratorOptions());
    }

    /// <summary>The model's configuration; of several models the first one's.</summary>
    public SequorConfiguration Configuration => _models.First.Configuration;

    /// <summary>Cuts sources into pieces.</summary>
    public Tokenizer SourceTokenizer => _models.First.Source;

    /// <summary>Joins pieces to outputs.</summary>
    public Tokenizer TargetTokenizer => _models.First.Target;

    /// <summary>The number of weights, of all models together.</summary>
    public long Parameters => _models.Parameters;

    /// <summary>Whether any of the models has attention, so that outputs can say what they looked at.</summary>
    public bool HasAttention => _models.HasAttention;

    /// <summary>How matrices are held; of several models those of the first.</summary>
    public WeightType ComputeType => _models.First.ComputeType;

    /// <summary>Bytes of memory, or of the mapped file, that the weights take.</summary>
    public long WeightBytes => _models.WeightBytes;

    /// <summary>What does not keep the model from being used, but should be known: one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _models.Warnings;

    /// <summary>The search that the model's configuration asks for.</summary>
    public SearchOptions DefaultSearch => Configuration.Decoding.ToSearchOptions();

    /// <summary>Opens a model directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <param name="decoding">How to decode in place of what the model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what the configuration says, which usually is as they are stored.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The directory holds no model, a damaged one, or one that was quantised to another type; the message says which.</exception>
    public static Translator Load(string path, Device? device = null, DecodingConfiguration? decoding = null, WeightType? computeType = null) =>
        Load([path], new EnsembleOptions(), device, decoding, computeType);

    /// <summary>Opens several models that translate together, or one with a language model or a shortlist beside it.</summary>
    /// <param name="paths">The directories, 1 or more, of models of the same vocabularies; the first one's configuration says how text is prepared and searched.</param>
    /// <param name="together">How they translate together.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <param name="decoding">How to decode in place of what the first model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what each configuration says, which usually is as they are stored.</param>
    /// <exception cref="ArgumentException">There is no path, or the options do not fit them.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">There is no such table.</exception>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one, or vocabularies differ; the message says which.</exception>
    public static Translator Load(
        IReadOnlyList<string> paths, EnsembleOptions? together = null, Device? device = null, DecodingConfiguration? decoding = null, WeightType? computeType = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        together ??= new EnsembleOptions();
        var models = new LoadedEnsemble(paths, together, device, decoding, computeType);
        try
        {
            return new Translator(models, together.Lexicon);
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Translates one text.</summary>
    /// <param name="text">One line.</param>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    public string Translate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Translate([text])[0];
    }

    /// <summary>Translates texts; each translation is the same whatever the others are.</summary>
    /// <param name="texts">One line each.</param>
    /// <returns>As many translations, in their order; an empty text gives an empty translation.</returns>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> texts) => [.. Generate(texts).Select(output => output.Text)];

    /// <summary>Translates texts on another thread.</summary>
    /// <param name="texts">One line each.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public Task<IReadOnlyList<string>> TranslateAsync(IReadOnlyList<string> texts, CancellationToken cancellation = default) => Task.Factory.StartNew(
        () => (IReadOnlyList<string>)[.. Generate(texts, cancellation: cancellation).Select(output => output.Text)],
        cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Translates texts and tells everything about it: other hypotheses, scores, attention.</summary>
    /// <param name="texts">One line each.</param>
    /// <param name="search">How to search; what the model's configuration asks for when left out.</param>
    /// <param name="requests">For each text what it asks of its output, or null for nothing at all.</param>
    /// <param name="firstNumber">The caller's number of the first text; sampling is keyed by it.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, the search cannot hold a constraint, or there are not as many requests as texts.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<GeneratedText> Generate(
        IReadOnlyList<string> texts, SearchOptions? search = null, IReadOnlyList<DecodingRequest>? requests = null, long firstNumber = 0,
        CancellationToken cancellation = default)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _generator.Generate(texts, search ?? DefaultSearch, requests, firstNumber, cancellation);
        }
    }

    /// <summary>Translates a text and gives parts of the translation as soon as they are certain, in whole characters; laid end to end they are the translation.</summary>
    /// <param name="text">One line.</param>
    /// <param name="search">How to search, for one output; what the model's configuration asks for when left out.</param>
    /// <param name="request">What the text asks of its translation; null for nothing.</param>
    /// <param name="cancellation">Looked at between steps; leaving the enumeration early stops the work too.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, or ask for more than one output.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        string text, SearchOptions? search = null, DecodingRequest? request = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task work = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    Stream(text, search, request, part => parts.Writer.TryWrite(part), stop.Token);
                    parts.Writer.Complete();
                }
                catch (Exception fault)
                {
                    parts.Writer.Complete(fault);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (string part in parts.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return part;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    private void Stream(string text, SearchOptions? search, DecodingRequest? request, Action<string> part, CancellationToken cancellation)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _generator.Stream(text, search ?? DefaultSearch with { NBest = 1 }, part, request: request, cancellation: cancellation);
        }
    }

    /// <summary>The ways in which a translation may go on behind given text, the most probable first, and with each the best whole translation: for completion while
    /// somebody types.</summary>
    /// <param name="text">One line.</param>
    /// <param name="prefix">What the translation begins with, in whole words; may be empty.</param>
    /// <param name="count">How many at most, 1 or more. Default 5.</param>
    /// <param name="search">How whole translations are looked for; what the model's configuration asks for when left out.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>None for an empty text.</returns>
    /// <exception cref="ArgumentException">The search's options contradict each other, or the prefix is longer than the model can write.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<Alternative> Alternatives(
        string text, string prefix = "", int count = 5, SearchOptions? search = null, CancellationToken cancellation = default)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _generator.Alternatives(text, prefix, count, search ?? DefaultSearch, cancellation);
        }
    }

    /// <summary>Scores given translations (force-decoding): the scores of a search that writes the same pieces, in bits.</summary>
    /// <param name="texts">One line each.</param>
    /// <param name="translations">For each text a translation.</param>
    /// <param name="search">Whose scores are wanted; what the model's configuration asks for when left out. Coverage is not counted.</param>
    /// <param name="firstNumber">The caller's number of the first pair, from 0, for faults.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="ArgumentException">There are not as many translations as texts, or one is longer than the model can write.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<ScoredText> Score(
        IReadOnlyList<string> texts, IReadOnlyList<string> translations, SearchOptions? search = null, long firstNumber = 0, CancellationToken cancellation = default)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _rescorer.Score(texts, translations, search ?? DefaultSearch, firstNumber, cancellation);
        }
    }

    /// <summary>What every head of the decoder looks at in a text while it writes a given translation (force-decoding); of several models those of the first.</summary>
    /// <param name="text">One line.</param>
    /// <param name="translation">The translation.</param>
    /// <exception cref="ArgumentException">The translation is longer than the model can write.</exception>
    /// <exception cref="InvalidOperationException">The model has no attention.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    public AttentionMaps Attention(string text, string translation)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _generator.Attention(text, translation);
        }
    }

    /// <summary>Gives the models' memory back.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _generator.Dispose();
            _rescorer.Dispose();
            _models.Dispose();
        }
    }
}
