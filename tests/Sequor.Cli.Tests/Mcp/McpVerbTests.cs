using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Sequor.Cli.Tests.Mcp;

/// <summary>The program as an assistant sees it: a process that speaks JSON-RPC.</summary>
public sealed class McpVerbTests(McpVerbTests.Assistant assistant) : IClassFixture<McpVerbTests.Assistant>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_come_with_schemas_of_what_they_take_and_give()
    {
        IList<McpClientTool> tools = await assistant.Client.ListToolsAsync(cancellationToken: Stop);
        Assert.Equal(["translate", "score", "list_models", "detect_language"], tools.Select(tool => tool.Name));
        Assert.All(tools, tool => Assert.True(tool is { Description.Length: > 40, ProtocolTool.Annotations: { ReadOnlyHint: true }, ReturnJsonSchema: not null }));
        JsonElement schema = tools[0].JsonSchema;
        Assert.Equal(
            ["text", "source_language", "target_language", "model", "glossary", "alternatives"],
            schema.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal(["en-de", "de-en"], Texts(schema.GetProperty("properties").GetProperty("model").GetProperty("enum")));
        Assert.Equal(["text"], Texts(schema.GetProperty("required")));
        Assert.Equal("sequor", assistant.Client.ServerInfo?.Name);
    }

    [Fact]
    public async Task A_text_is_translated_with_its_paragraphs_by_languages_or_by_model()
    {
        JsonElement answer = await Answer("translate", new() { ["text"] = "I have a red house.\n\nDo you like it?", ["target_language"] = "de" });
        Assert.StartsWith("Ich habe ein rotes Haus.\n\n", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("en-de", "en", "de"), (Text(answer, "model"), Text(answer, "source_language"), Text(answer, "target_language")));
        Assert.Equal("de-en", Text(await Answer("translate", new() { ["text"] = "Hallo!", ["source_language"] = "de", ["target_language"] = "en" }), "model"));
        Assert.Equal("de-en", Text(await Answer("translate", new() { ["text"] = "Hallo!", ["model"] = "de-en" }), "model"));
    }

    [Fact]
    public async Task Alternatives_and_a_glossary_are_told_apart()
    {
        JsonElement answer = await Answer("translate", new()
        {
            ["text"] = "The dog sleeps.",
            ["alternatives"] = 2,
            ["glossary"] = new Dictionary<string, object> { ["dog"] = "Köter", ["cat"] = new[] { "Katze", "Kater" } },
        });
        Assert.Contains("Köter", Text(answer, "text"), StringComparison.Ordinal);
        string[] alternatives = Texts(answer.GetProperty("alternatives"));
        Assert.Equal(2, alternatives.Distinct().Count());
        Assert.DoesNotContain(Text(answer, "text"), alternatives);
        JsonElement term = Assert.Single(answer.GetProperty("glossary").EnumerateArray());
        Assert.Equal(("dog", "Köter", true), (Text(term, "term"), Assert.Single(Texts(term.GetProperty("translations"))), term.GetProperty("met").GetBoolean()));
    }

    [Fact]
    public async Task The_better_translation_has_the_better_score()
    {
        JsonElement good = await Answer("score", new() { ["source"] = "The dog sleeps.", ["translation"] = "Der Hund schläft." });
        JsonElement bad = await Answer("score", new() { ["source"] = "The dog sleeps.", ["translation"] = "Die Katze fliegt.", ["source_language"] = "en", ["target_language"] = "de" });
        Assert.True(good.GetProperty("score").GetDouble() > bad.GetProperty("score").GetDouble());
        Assert.Equal("de-en", Text(await Answer("score", new() { ["source"] = "Der Hund.", ["translation"] = "The dog.", ["source_language"] = "de" }), "model"));
        JsonElement[] tokens = [.. good.GetProperty("tokens").EnumerateArray()];
        Assert.Equal("▁Der", Text(tokens[0], "piece"));
        Assert.DoesNotContain(tokens, token => Text(token, "piece") == "</s>");
        double end = good.GetProperty("end_log_probability").GetDouble();
        Assert.Equal(good.GetProperty("log_probability").GetDouble(), end + tokens.Sum(token => token.GetProperty("log_probability").GetDouble()), 1e-4);
    }

    [Fact]
    public async Task Models_and_languages_are_told()
    {
        JsonElement[] models = [.. (await Answer("list_models", [])).GetProperty("models").EnumerateArray()];
        Assert.Equal([("en-de", true, "ready"), ("de-en", false, "ready")], models.Select(model => (Text(model, "id"), model.GetProperty("default").GetBoolean(), Text(model, "state"))));
        Assert.NotEmpty(models[0].GetProperty("known_failures").EnumerateArray());
        JsonElement first = (await Answer("detect_language", new() { ["text"] = "Wo ist denn bitte der Bahnhof?" })).GetProperty("languages")[0];
        Assert.Equal("de", Text(first, "language"));
        Assert.InRange(first.GetProperty("confidence").GetDouble(), 0.5, 1);
        JsonElement found = await Answer("translate", new() { ["text"] = "Wo ist denn bitte der Bahnhof?", ["source_language"] = "auto" });
        Assert.Equal(("de-en", "de"), (Text(found, "model"), Text(found, "source_language")));
    }

    [Theory]
    [InlineData("translate", "{}", "The argument 'text' is missing; it must be a text.")]
    [InlineData("translate", """{"text": 3}""", "The argument 'text' is 3; it must be a text.")]
    [InlineData("translate", """{"text": "a", "alternatives": 99}""", "The argument 'alternatives' is 99; it must be a whole number from 0 to 20.")]
    [InlineData("translate", """{"text": "a", "glosary": {}}""", "The tool translate has no argument 'glosary'; did you mean 'glossary'?")]
    [InlineData("translate", """{"text": "a", "glossary": {"a": 1}}""", "The argument 'glossary.a' is 1; it must be a text or a list of texts.")]
    [InlineData("translate", """{"text": "a", "glossary": {" ": "b"}}""", "A glossary holds an entry without a term or without a translation; each needs both.")]
    [InlineData("translate", """{"text": "a", "model": "fr-de"}""", "There is no model 'fr-de'; there are en-de, de-en.")]
    [InlineData("translate", """{"text": "a", "target_language": "fr"}""", "No model translates to 'fr'; there are en to de, de to en.")]
    [InlineData("score", """{"source": "a"}""", "The argument 'translation' is missing; it must be a text.")]
    [InlineData("score", """{"source": "a", "translation": "b", "target_language": "fr"}""", "No model translates to 'fr'; there are en to de, de to en.")]
    [InlineData("score", """{"source": "a", "translation": "b", "model": "de-en", "source_language": "fr"}""",
        "The model 'de-en' translates from 'de' to 'en', but from 'fr' is asked for. Leave out the model, or the languages.")]
    [InlineData("list_models", """{"all": true}""", "The tool list_models has no argument 'all'; there are none.")]
    public async Task What_is_wrong_is_told_as_the_answer(string tool, string arguments, string sentence)
    {
        CallToolResult result = await Call(tool, JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(one => one.Name, object? (one) => one.Value));
        Assert.True(result.IsError);
        Assert.Equal(sentence, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_a_fault_of_the_protocol()
    {
        McpException fault = await Assert.ThrowsAnyAsync<McpException>(() => Call("translat", []));
        Assert.Contains("There is no tool 'translat'; there are translate, ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_holds_answers_and_nothing_else_and_the_end_of_the_input_ends_the_program()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Assistant.Program, "mcp", Assistant.Model("en-de"), "--lazy"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string[] requests =
        [
            """{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""",
            """{"jsonrpc": "2.0", "method": "notifications/initialized"}""",
            """{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "translate", "arguments": {"text": "Where is Tom?"}}}""",
        ];
        List<string?> answers = [];
        foreach (string request in requests)
        {
            await process.StandardInput.WriteLineAsync(request.AsMemory(), Stop);
            await process.StandardInput.FlushAsync(Stop);
            if (request.Contains("\"id\"", StringComparison.Ordinal))
                answers.Add(await process.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop));
        }

        process.StandardInput.Close();
        string rest = await process.StandardOutput.ReadToEndAsync(Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal((0, ""), (process.ExitCode, rest));
        Assert.Equal([1, 2], answers.Select(answer => JsonDocument.Parse(answer!).RootElement.GetProperty("id").GetInt32()));
        Assert.Contains("Wo ist Tom?", answers[1], StringComparison.Ordinal);
        Assert.StartsWith("Offering en-de over standard input and output", await process.StandardError.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_was_asked_before_the_end_of_the_input_is_answered()
    {
        string[] requests =
        [
            """{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""",
            """{"jsonrpc": "2.0", "method": "notifications/initialized"}""",
            .. Enumerable.Range(2, 20).Select(id =>
                $$$"""{"jsonrpc": "2.0", "id": {{{id}}}, "method": "tools/call", "params": {"name": "translate", "arguments": {"text": "I have {{{id}}} red houses. Do you like it?"} } }"""),
        ];
        string output = await Task.Run(() => Called.On(string.Join('\n', requests) + "\n", "mcp", Assistant.Model("en-de")).MustSucceed(), Stop).WaitAsync(TimeSpan.FromSeconds(120), Stop);
        JsonElement[] answers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(Enumerable.Range(1, 21), answers.Select(answer => answer.GetProperty("id").GetInt32()).Order());
        Assert.All(answers, answer => Assert.True(answer.TryGetProperty("result", out _)));
    }

    [Fact]
    public void What_is_no_model_is_refused_before_anything_is_answered()
    {
        Assert.Contains("no-such", Called.With("mcp", "no-such").MustFail(1), StringComparison.Ordinal);
        Called.With("mcp").MustFail(2);
        Assert.Contains("Two models are called 'en-de'", Called.With("mcp", Assistant.Model("en-de"), Assistant.Model("en-de")).MustFail(2), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Answer(string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await Call(tool, arguments);
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.True(result.IsError is not true, text);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, result.StructuredContent!.Value), "The text and the structured answer differ.");
        return result.StructuredContent.Value;
    }

    private async Task<CallToolResult> Call(string tool, Dictionary<string, object?> arguments) =>
        await assistant.Client.CallToolAsync(tool, arguments, cancellationToken: Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop);

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString()!;

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>A client that has started the program with both contained models.</summary>
    public sealed class Assistant : IAsyncLifetime
    {
        private McpClient? _client;

        public McpClient Client => _client!;

        internal static string Program => typeof(CommandLine).Assembly.Location;

        public async ValueTask InitializeAsync() => _client = await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions { Name = "sequor", Command = "dotnet", Arguments = [Program, "mcp", Model("en-de"), Model("de-en")] }),
            cancellationToken: Stop);

        public async ValueTask DisposeAsync()
        {
            if (_client is not null)
                await _client.DisposeAsync();
        }

        internal static string Model(string name)
        {
            DirectoryInfo? directory = new(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sequor.slnx")))
                directory = directory.Parent;
            Assert.SkipWhen(directory is null, "The contained models are not beside this test: no Sequor.slnx above " + AppContext.BaseDirectory);
            return Path.Combine(directory!.FullName, "models", name);
        }
    }
}
