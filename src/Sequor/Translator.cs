using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor;

/// <summary>The door: text in, text out, with a trained model. Thread-safe; calls take turns.</summary>
public sealed class Translator : IDisposable
{
    private readonly EncoderDecoder _model;
    private readonly Generator _generator;
    private readonly Lock _turn = new();
    private bool _disposed;

    private Translator(ModelDirectory directory, Device? device, DecodingConfiguration? decoding, WeightType? computeType)
    {
        Configuration = directory.Configuration with { Decoding = decoding ?? directory.Configuration.Decoding };
        Tokenizer[] tokenizers = [.. directory.VocabularyPaths.Select(Tokenizer.Load)];
        (SourceTokenizer, TargetTokenizer) = (tokenizers[0], tokenizers[^1]);
        ComputeType = computeType ?? Configuration.Decoding.ToWeightType() ?? PackedTensors.TypeOf(directory.Weights);
        _model = Configuration.Model.BuildWithoutWeights(SourceTokenizer.Vocabulary.Size, TargetTokenizer.Vocabulary.Size, device);
        PackedTensors.Load(directory.Weights, _model.Parameters, ComputeType);
        _generator = new Generator(_model, SourceTokenizer, TargetTokenizer, Configuration.ToGeneratorOptions());
        (Warnings, Parameters) = (directory.Warnings, _model.Parameters.Count);
    }

    /// <summary>The model's configuration.</summary>
    public SequorConfiguration Configuration { get; }

    /// <summary>Cuts sources into pieces.</summary>
    public Tokenizer SourceTokenizer { get; }

    /// <summary>Joins pieces to outputs.</summary>
    public Tokenizer TargetTokenizer { get; }

    /// <summary>The number of weights.</summary>
    public long Parameters { get; }

    /// <summary>How matrices are held.</summary>
    public WeightType ComputeType { get; }

    /// <summary>Bytes of memory, or of the mapped file, that the weights take.</summary>
    public long WeightBytes => _model.Parameters.Bytes;

    /// <summary>What does not keep the model from being used, but should be known: one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The search that the model's configuration asks for.</summary>
    public SearchOptions DefaultSearch => Configuration.Decoding.ToSearchOptions();

    /// <summary>Opens a model directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="device">Where to work; the default device when left out.</param>
    /// <param name="decoding">How to decode in place of what the model's configuration says; null for that.</param>
    /// <param name="computeType">How matrices are held; null for what the configuration says, which usually is as they are stored.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">The directory holds no model, a damaged one, or one that was quantised to another type; the message says which.</exception>
    public static Translator Load(string path, Device? device = null, DecodingConfiguration? decoding = null, WeightType? computeType = null)
    {
        using ModelDirectory directory = ModelDirectory.Open(path);
        return new Translator(directory, device, decoding, computeType);
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
    /// <param name="cancellation">Looked at between steps; leaving the enumeration early stops the work too.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, or ask for more than one output.</exception>
    /// <exception cref="ModelFormatException">The model predicts no numbers: its weights are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        string text, SearchOptions? search = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task work = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    Stream(text, search, part => parts.Writer.TryWrite(part), stop.Token);
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

    private void Stream(string text, SearchOptions? search, Action<string> part, CancellationToken cancellation)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _generator.Stream(text, search ?? DefaultSearch with { NBest = 1 }, part, cancellation: cancellation);
        }
    }

    /// <summary>Gives the model's memory back.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _generator.Dispose();
            _model.Dispose();
        }
    }
}
