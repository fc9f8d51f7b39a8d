using Microsoft.Extensions.AI;
using Sequor.Decoding;
using Sequor.Extensions.Chat;

namespace Sequor.Extensions.Tests;

public sealed class SequorChatClientTests(RegistryTranslatorTests.Models models) : IClassFixture<RegistryTranslatorTests.Models>
{
    private readonly SequorChatClient _client = new(models.Registry);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_users_last_messages_become_the_models_output()
    {
        ChatResponse response = await _client.GetResponseAsync(
            [
                new(ChatRole.User, "Where is Tom?"), new(ChatRole.Assistant, "Wo ist Tom?"),
                new(ChatRole.User, "I have a red house."), new(ChatRole.User, "Do you like it?"),
            ],
            cancellationToken: Stop);
        PassageTranslation expected = await new RegistryTranslator(models.Registry).TranslateAsync("I have a red house.\nDo you like it?", cancellation: Stop);
        Assert.Equal(expected.Text, response.Text);
        Assert.StartsWith("Ich habe ein rotes Haus.\n", response.Text, StringComparison.Ordinal);
        Assert.Equal((ChatRole.Assistant, "en-de", ChatFinishReason.Stop), (response.Messages[0].Role, response.ModelId, response.FinishReason));
        long written = expected.Sentences.Sum(sentence => sentence.Output.Pieces.Count);
        Assert.Equal((written, response.Usage!.InputTokenCount + written), (response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.InRange(response.Usage.InputTokenCount!.Value, 9, 16);
        Assert.Equal(expected.Text, Assert.IsType<PassageTranslation>(response.RawRepresentation).Text);
    }

    [Fact]
    public async Task What_was_used_is_told_without_the_model_that_used_it()
    {
        using var folder = new Folder();
        using var others = new ModelRegistry([TinyModel.Write(folder["words"])]);
        var client = new SequorChatClient(others, translator: new RegistryTranslator(models.Registry));
        ChatResponse response = await client.GetResponseAsync("I have a red house.", cancellationToken: Stop);
        ChatResponse usual = await _client.GetResponseAsync("I have a red house.", cancellationToken: Stop);
        Assert.InRange(response.Usage!.InputTokenCount!.Value, 5, 8);
        Assert.Equal((usual.Usage!.InputTokenCount, usual.Usage.OutputTokenCount), (response.Usage.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task Parts_of_a_stream_are_the_response()
    {
        const string text = "I have a red house. Do you like it?";
        ChatResponse whole = await _client.GetResponseAsync(text, cancellationToken: Stop);
        ChatResponseUpdate[] updates = await _client.GetStreamingResponseAsync(text, cancellationToken: Stop).ToArrayAsync(Stop);
        Assert.True(updates.Length > 4);
        ChatResponse joined = updates.ToChatResponse();
        Assert.Equal((whole.Text, whole.FinishReason, whole.ModelId), (joined.Text, joined.FinishReason, joined.ModelId));
        Assert.Equal((whole.Usage!.InputTokenCount, whole.Usage.OutputTokenCount), (joined.Usage!.InputTokenCount, joined.Usage.OutputTokenCount));
        Assert.Single(joined.Messages);
    }

    [Fact]
    public async Task Options_of_a_chat_choose_the_search()
    {
        const string text = "The weather was nice, so we went for a walk.";
        async Task<string> Said(ChatOptions options) => (await _client.GetResponseAsync(text, options, Stop)).Text;
        async Task<string> Generated(SearchOptions search) =>
            (await new RegistryTranslator(models.Registry).TranslateAsync(text, new() { Search = search }, Stop)).Text;
        LengthLimits length = models.Registry.Default!.Configuration.Decoding is { } decoding ? new LengthLimits { Maximum = decoding.MaxLength } : new();

        Assert.Equal(await Generated(new GreedySearchOptions { Length = length }), await Said(new() { Temperature = 0 }));
        Assert.Equal(
            await Generated(new SamplingSearchOptions { Temperature = 1.5f, TopK = 40, TopP = 0.9f, Seed = 7, Length = length }),
            await Said(new() { Temperature = 1.5f, TopK = 40, TopP = 0.9f, Seed = 7 }));
        Assert.NotEqual(await Said(new() { Temperature = 2, Seed = 7 }), await Said(new() { Temperature = 2, Seed = 8 }));
        Assert.Equal(
            await Generated(new BeamSearchOptions { BeamSize = 2, Length = length }),
            await Said(new() { RawRepresentationFactory = _ => new TranslationOptions { Search = new BeamSearchOptions { BeamSize = 2, Length = length } } }));
        Assert.Equal("de-en", (await _client.GetResponseAsync("Hallo!", new ChatOptions { ModelId = "de-en" }, Stop)).ModelId);
        Assert.Equal("de-en", (await _client.GetResponseAsync("Hallo!", new ChatOptions { AdditionalProperties = new() { ["target_language"] = "en" } }, Stop)).ModelId);
        Assert.Contains("temperature is -1", (await Assert.ThrowsAsync<ArgumentException>(() => Said(new() { Temperature = -1 }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_of_a_chat_keeps_to_the_lengths_of_the_model_that_the_languages_choose()
    {
        using var folder = new Folder();
        string[] paths = [TinyModel.Write(folder["a"], source: "en", target: "de"), TinyModel.Write(folder["b"], source: "de", target: "en", longerBy: 9)];
        using var own = new ModelRegistry(paths, new ModelRegistryOptions { LoadLazily = true });
        foreach (float temperature in (float[])[0, 1])
        {
            var options = new ChatOptions { Temperature = temperature, AdditionalProperties = new() { ["target_language"] = "en" } };
            Assert.Equal(9, ChatRequest.Over(new TranslationOptions(), options, own, "one").Search!.Length.MaximumExtra);
        }
    }

    [Fact]
    public async Task The_greatest_number_of_output_tokens_is_that_of_all_sentences_together()
    {
        const string text = "I have a red house. Do you like it? The dog sleeps.";
        ChatResponse whole = await _client.GetResponseAsync(text, cancellationToken: Stop);
        ChatResponse cut = await _client.GetResponseAsync(text, new() { MaxOutputTokens = 9 }, Stop);
        Assert.Equal((9L, ChatFinishReason.Length), (cut.Usage!.OutputTokenCount, cut.FinishReason));
        Assert.StartsWith("Ich habe ein rotes Haus. ", cut.Text, StringComparison.Ordinal);
        Assert.True(cut.Text.Length < whole.Text.Length);
        ChatResponse streamed = (await _client.GetStreamingResponseAsync(text, new() { MaxOutputTokens = 9 }, Stop).ToArrayAsync(Stop)).ToChatResponse();
        Assert.Equal((cut.Text, ChatFinishReason.Length), (streamed.Text, streamed.FinishReason));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.GetResponseAsync(text, new() { MaxOutputTokens = 0 }, Stop));
    }

    [Fact]
    public async Task A_stop_sequence_ends_the_output_before_it()
    {
        const string text = "I have a red house. Do you like it?";
        var options = new ChatOptions { StopSequences = ["Haus", "rotes Haus", "never"] };
        ChatResponse response = await _client.GetResponseAsync(text, options, Stop);
        Assert.Equal(("Ich habe ein ", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        ChatResponse streamed = (await _client.GetStreamingResponseAsync(text, options, Stop).ToArrayAsync(Stop)).ToChatResponse();
        Assert.Equal(("Ich habe ein ", ChatFinishReason.Stop), (streamed.Text, streamed.FinishReason));
    }

    [Theory]
    [InlineData("a b c", 1, "a b c")]
    [InlineData("one stop two", 1, "one ")]
    [InlineData("one sto", 3, "one sto")]
    [InlineData("sstop", 1, "s")]
    [InlineData("x stst op stop", 2, "x stst op ")]
    [InlineData("xabz ab", 1, "x")]
    public void What_may_be_the_beginning_of_a_stop_is_held_back_however_a_text_is_cut(string text, int size, string expected)
    {
        var stop = new StopSequences(["stop", "xabzz", "ab"]);
        string said = string.Concat(text.Chunk(size).Select(part => stop.Add(new string(part)))) + stop.Rest();
        Assert.Equal(expected, said);
        int place = StopSequences.Find(text, ["stop", "xabzz", "ab"]);
        Assert.Equal(expected, place < 0 ? text : text[..place]);
    }

    [Fact]
    public async Task What_the_model_cannot_do_is_refused_in_a_sentence()
    {
        async Task<string> Refused(ChatOptions? options, params ChatMessage[] messages) =>
            (await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync(messages is [] ? [new(ChatRole.User, "Hi")] : messages, options, Stop))).Message;

        Assert.StartsWith("The model calls no tools.", await Refused(new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] }), StringComparison.Ordinal);
        Assert.StartsWith("The model writes plain text, not JSON.", await Refused(new() { ResponseFormat = ChatResponseFormat.Json }), StringComparison.Ordinal);
        Assert.StartsWith("The model has no penalties", await Refused(new() { FrequencyPenalty = 0.5f }), StringComparison.Ordinal);
        Assert.StartsWith("The model keeps no conversations.", await Refused(new() { ConversationId = "1" }), StringComparison.Ordinal);
        Assert.StartsWith("The model follows no instructions", await Refused(new() { Instructions = "Be kind." }), StringComparison.Ordinal);
        Assert.StartsWith("The model follows no instructions", await Refused(null, new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi")), StringComparison.Ordinal);
        Assert.Equal(
            "The user's message holds a DataContent; the model reads text only.",
            await Refused(null, new ChatMessage(ChatRole.User, [new TextContent("Look: "), new DataContent(new byte[] { 1 }, "image/png")])));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hallo")], null, Stop));

        var lenient = new SequorChatClient(models.Registry, new() { IgnoreInstructions = true });
        Assert.NotEqual("", (await lenient.GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi")], new() { Instructions = "x" }, Stop)).Text);
    }

    [Fact]
    public void A_client_tells_what_it_is_made_of()
    {
        IChatClient client = new SequorChatClient(models.Registry, new() { Model = "de-en" });
        Assert.Equal(("sequor", "de-en"), (client.GetService<ChatClientMetadata>()!.ProviderName, client.GetService<ChatClientMetadata>()!.DefaultModelId));
        Assert.Same(models.Registry, client.GetService<ModelRegistry>());
        Assert.Same(client, client.GetService<SequorChatClient>());
        Assert.NotNull(client.GetService<ITranslator>());
        Assert.Null(client.GetService<string>());
        Assert.Null(client.GetService(typeof(SequorChatClient), "key"));
        Assert.Throws<KeyNotFoundException>(() => new SequorChatClient(models.Registry, new() { Model = "none" }));
    }
}
