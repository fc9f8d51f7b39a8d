using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor;

/// <summary>The door for many callers at once: text in, text out, on a decoding thread of its own. Thread-safe.</summary>
public sealed class BatchingTranslator : IDisposable
{
    private readonly Translator _translator;
    private readonly BatchingOptions _options;
    private int _waiting;

    private BatchingTranslator(Translator translator, BatchingOptions options) => (_translator, _options) = (translator, options);

    /// <summary>The model's configuration.</summary>
    public SequorConfiguration Configuration => _translator.Configuration;

    /// <summary>Cuts sources into pieces.</summary>
    public Tokenizer SourceTokenizer => _translator.SourceTokenizer;

    /// <summary>Joins pieces to outputs.</summary>
    public Tokenizer TargetTokenizer => _translator.TargetTokenizer;

    /// <summary>The number of weights.</summary>
    public long Parameters => _translator.Parameters;

    /// <summary>Whether the model has attention, so that outputs can say what they looked at.</summary>
    public bool HasAttention => _translator.HasAttention;

    /// <summary>How matrices are held.</summary>
    public WeightType ComputeType => _translator.ComputeType;

    /// <summary>Bytes of memory, or of the mapped file, that the weights take.</summary>
    public long WeightBytes => _translator.WeightBytes;

    /// <summary>What does not keep the model from being used, but should be known: one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _translator.Warnings;

    /// <summary>The search that the model's configuration asks for.</summary>
    public SearchOptions DefaultSearch => _translator.DefaultSearch;

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
        string path, BatchingOptions? options = null, Device? device = null, DecodingConfiguration? decoding = null, WeightType? computeType = null)
    {
        options ??= new BatchingOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        return new BatchingTranslator(Translator.Load(path, device, decoding, computeType), options);
    }

    /// <summary>Generates the output of one text; it is the same whatever other callers ask for.</summary>
    /// <param name="job">The text and what is asked of its output.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, or the search cannot hold a constraint.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="ObjectDisposedException">The translator was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<GeneratedText> GenerateAsync(GenerationJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (Interlocked.Increment(ref _waiting) > _options.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw new QueueFullException($"{_options.QueueLimit} texts wait already, and no more may wait. Try again later.");
        }

        try
        {
            GeneratedText output = await Task.Run(() => _translator.Generate([job.Text], job.Search, [job.Request], job.Number, cancellation)[0], cancellation)
                .ConfigureAwait(false);
            job.Part?.Invoke(output.Text);
            return output;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits for what is being decoded and gives the memory back.</summary>
    public void Dispose() => _translator.Dispose();
}
