using Microsoft.Extensions.AI;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Extensions.Translation;

namespace Sequor.Extensions.Chat;

/// <summary>Reads what a chat asks of a text-to-text model, and refuses what such a model cannot do.</summary>
internal static class ChatRequest
{
    /// <summary>The text of the user's last messages, a line end between them.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="NotSupportedException">Something other than text is given or asked for.</exception>
    internal static string TextOf(IEnumerable<ChatMessage> messages, ChatOptions? options, SequorChatClientOptions client)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. messages];
        RequireText(all, options, client);
        ChatMessage[] last = [.. all.Reverse().TakeWhile(message => message.Role == ChatRole.User).Reverse()];
        if (last.Length == 0)
        {
            throw new ArgumentException("The last message must be the user's: it is the text that the model reads.", nameof(messages));
        }

        AIContent? other = last.SelectMany(message => message.Contents).FirstOrDefault(content => content is not TextContent);
        return other is null
            ? string.Join('\n', last.Select(message => message.Text))
            : throw new NotSupportedException($"The user's message holds a {other.GetType().Name}; the model reads text only.");
    }

    /// <summary>What a chat's options ask for, laid over others.</summary>
    /// <param name="first">The others.</param>
    /// <param name="options">The chat's options; null for none.</param>
    /// <param name="models">The models.</param>
    /// <param name="text">The text, for finding its language out.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, or none for these languages.</exception>
    internal static TranslationOptions Over(TranslationOptions first, ChatOptions? options, ModelRegistry models, string text)
    {
        if (options is null)
        {
            return first;
        }

        string? Property(string name) => options.AdditionalProperties?.TryGetValue(name, out string? value) == true ? value : null;
        TranslationOptions request = first with
        {
            Model = options.ModelId ?? first.Model,
            SourceLanguage = Property("source_language") ?? first.SourceLanguage,
            TargetLanguage = Property("target_language") ?? first.TargetLanguage,
            MaximumPieces = options.MaxOutputTokens ?? first.MaximumPieces,
        };
        return request with { Search = SearchOf(options, request.Search ?? Usual(models, text, request)) ?? request.Search };
    }

    private static SearchOptions? SearchOf(ChatOptions options, SearchOptions usual)
    {
        if (options.Temperature is 0)
        {
            return new GreedySearchOptions { Length = usual.Length, NoRepeatNgram = usual.NoRepeatNgram, RepetitionPenalty = usual.RepetitionPenalty };
        }

        if (options is { Temperature: null, TopP: null, TopK: null } && usual is not SamplingSearchOptions)
        {
            return null;
        }

        SamplingSearchOptions drawn = usual as SamplingSearchOptions
            ?? new SamplingSearchOptions { Length = usual.Length, NoRepeatNgram = usual.NoRepeatNgram, RepetitionPenalty = usual.RepetitionPenalty };
        drawn = drawn with
        {
            NBest = 1,
            Temperature = options.Temperature ?? drawn.Temperature,
            TopP = options.TopP ?? drawn.TopP,
            TopK = options.TopK ?? drawn.TopK,
            Seed = options.Seed is { } seed ? unchecked((ulong)seed) : drawn.Seed,
        };
        return drawn.Validate() is { Count: > 0 } faults ? throw new ArgumentException(string.Join(' ', faults), nameof(options)) : drawn;
    }

    // A draw keeps to the lengths that the model's own search keeps to, whichever model the languages choose.
    private static SearchOptions Usual(ModelRegistry models, string text, TranslationOptions request) =>
        models.Find(ChosenModel.For(models, [text], request).Id)!.Configuration.Decoding.ToSearchOptions();

    private static void RequireText(IReadOnlyList<ChatMessage> messages, ChatOptions? options, SequorChatClientOptions client)
    {
        bool hasInstructions = !string.IsNullOrEmpty(options?.Instructions) || messages.Any(message => message.Role == ChatRole.System);
        string? fault = options switch
        {
            { Tools.Count: > 0, ToolMode: not NoneChatToolMode } => "The model calls no tools. Leave them out.",
            { ResponseFormat: ChatResponseFormatJson } => "The model writes plain text, not JSON. Ask for no response format.",
            { FrequencyPenalty: not (null or 0) } or { PresencePenalty: not (null or 0) } =>
                "The model has no penalties for frequency and presence; a TranslationOptions with a RepetitionPenalty, given as raw representation, comes near.",
            { ConversationId: not null } => "The model keeps no conversations. Leave the conversation's id out.",
            _ when hasInstructions && !client.IgnoreInstructions =>
                "The model follows no instructions: it turns the user's text into its output and knows nothing else. Leave system messages and instructions out, or set IgnoreInstructions.",
            _ => null,
        };
        if (fault is not null)
        {
            throw new NotSupportedException(fault);
        }
    }
}
