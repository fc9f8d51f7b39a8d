using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sequor.Decoding;
using Sequor.Extensions.Chat;

namespace Sequor.Extensions;

/// <summary>
/// A chat client over a text-to-text model: the user's last message or messages go in, the model's output comes out. The model remembers nothing and follows no instructions,
/// so earlier turns are not read. What it cannot do is refused with a <see cref="NotSupportedException"/>: tools, pictures, instructions, output as JSON.
/// </summary>
public sealed class SequorChatClient : IChatClient
{
    private readonly ModelRegistry _models;
    private readonly ITranslator _translator;
    private readonly SequorChatClientOptions _options;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes a client.</summary>
    /// <param name="models">The models; they stay their owner's.</param>
    /// <param name="options">Which model, and how it is used; the registry's default model when left out.</param>
    /// <param name="translator">What generates over these models; made when left out.</param>
    /// <exception cref="KeyNotFoundException">There is no model of the name that the options say.</exception>
    public SequorChatClient(ModelRegistry models, SequorChatClientOptions? options = null, ITranslator? translator = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        (_models, _options) = (models, options ?? new SequorChatClientOptions());
        _translator = translator ?? new RegistryTranslator(models);
        if (_options.Model is { } id && models.Find(id) is null)
        {
            throw new KeyNotFoundException($"There is no model '{id}'; there are {string.Join(", ", models.Models.Select(model => model.Id))}.");
        }

        _metadata = new ChatClientMetadata("sequor", null, _options.Model ?? models.Default?.Id);
    }

    /// <summary>Generates an output.</summary>
    /// <param name="messages">The conversation; its last messages must be the user's, of text.</param>
    /// <param name="options">Read are the model's id, temperature, top-p, top-k, seed, the greatest number of output tokens and stop sequences, and of the additional properties
    /// <c>source_language</c> and <c>target_language</c>. A raw representation may be a <see cref="TranslationOptions"/>, which the others are laid over.</param>
    /// <param name="cancellationToken">Looked at between decoding steps.</param>
    /// <exception cref="ArgumentException">There is no text of the user at the end, or options are out of their ranges.</exception>
    /// <exception cref="NotSupportedException">Something is asked for that the model cannot do.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (string text, TranslationOptions request) = Asked(messages, options);
        PassageTranslation passage = await _translator.TranslateAsync(text, request, cancellationToken).ConfigureAwait(false);
        int stop = StopSequences.Find(passage.Text, options?.StopSequences);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, stop < 0 ? passage.Text : passage.Text[..stop]))
        {
            ModelId = passage.ModelId,
            FinishReason = stop < 0 ? FinishOf(passage, request) : ChatFinishReason.Stop,
            Usage = UsageOf(passage),
            RawRepresentation = passage,
        };
    }

    /// <summary>Generates an output and gives its parts as soon as they are certain; then an update with the usage and the reason why it ended.</summary>
    /// <param name="messages">As in <see cref="GetResponseAsync"/>.</param>
    /// <param name="options">As in <see cref="GetResponseAsync"/>.</param>
    /// <param name="cancellationToken">Looked at between decoding steps; leaving the enumeration early stops the work too.</param>
    /// <exception cref="ArgumentException">There is no text of the user at the end, or options are out of their ranges.</exception>
    /// <exception cref="NotSupportedException">Something is asked for that the model cannot do.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (string text, TranslationOptions request) = Asked(messages, options);
        var stop = new StopSequences(options?.StopSequences);
        string id = Guid.NewGuid().ToString("N");
        PassageTranslation? whole = null;
        await foreach (TranslationPart part in _translator.StreamAsync(text, request, cancellationToken).ConfigureAwait(false))
        {
            whole = part.Whole;
            string certain = whole is null ? stop.Add(part.Text) : stop.Rest();
            if (certain.Length > 0)
            {
                yield return Update(id, whole?.ModelId ?? request.Model, [new TextContent(certain)], null);
            }

            if (stop.WasMet)
            {
                yield return Update(id, request.Model, [], ChatFinishReason.Stop);
                yield break;
            }
        }

        yield return Update(id, whole!.ModelId, [new UsageContent(UsageOf(whole))], FinishOf(whole, request), whole);
    }

    /// <summary>What the client is made of: <see cref="ChatClientMetadata"/>, <see cref="ModelRegistry"/>, <see cref="ITranslator"/> and the client itself.</summary>
    /// <param name="serviceType">What is asked for.</param>
    /// <param name="serviceKey">Null; nothing has a key.</param>
    /// <returns>Null where there is no such thing.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ModelRegistry) ? _models
            : serviceType == typeof(ITranslator) ? _translator
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Nothing: the models stay their owner's.</summary>
    public void Dispose()
    {
    }

    private (string Text, TranslationOptions Request) Asked(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        string text = ChatRequest.TextOf(messages, options, _options);
        TranslationOptions first = options?.RawRepresentationFactory?.Invoke(this) as TranslationOptions ?? new TranslationOptions();
        first = first with { Model = first.Model ?? _options.Model, SplitSentences = first.SplitSentences ?? _options.SplitSentences };
        return (text, ChatRequest.Over(first, options, _models, text));
    }

    private static UsageDetails UsageOf(PassageTranslation passage)
    {
        long input = passage.Sentences.Sum(sentence => (long)sentence.Output.SourceLength);
        long output = passage.Sentences.Sum(sentence => (long)sentence.Output.Pieces.Count);
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    private static ChatFinishReason FinishOf(PassageTranslation passage, TranslationOptions request) =>
        (request.MaximumPieces is { } limit && passage.Sentences.Sum(sentence => sentence.Output.Pieces.Count) >= limit)
        || passage.Sentences.Any(sentence => sentence.Output.Hypotheses is [{ Hypothesis.StoppedBy: StopReason.MaximumLength }, ..])
            ? ChatFinishReason.Length
            : ChatFinishReason.Stop;

    private static ChatResponseUpdate Update(string id, string? model, IList<AIContent> contents, ChatFinishReason? finish, PassageTranslation? whole = null) =>
        new(ChatRole.Assistant, contents) { ResponseId = id, MessageId = id, ModelId = model, FinishReason = finish, RawRepresentation = whole };
}
