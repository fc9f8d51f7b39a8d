using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Tests.Page;

/// <summary>A server that answers the page as the API says, with words that a test knows beforehand, and with faults when a test wants them.</summary>
internal sealed partial class FakeApi
{
    private const string Described = """
        {
          "openapi": "3.1.1", "info": { "title": "Fake", "version": "1", "description": "Three paths." },
          "paths": {
            "/v1/generate": { "post": { "tags": ["Generation"], "summary": "Make outputs.",
              "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Request" }, "example": { "input": "I like tea." } } } },
              "responses": { "200": { "description": "The answer.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Response" } } } }, "503": { "description": "Too much waits." } } } },
            "/v1/models": { "get": { "tags": ["Models"], "summary": "List.", "responses": { "200": { "description": "The models." } } } },
            "/v1/models/{id}": { "get": { "tags": ["Models"], "summary": "Show.", "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }], "responses": { "200": { "description": "The model." } } } }
          },
          "components": { "schemas": {
            "Request": { "type": "object", "required": ["input"], "properties": { "input": { "type": "string", "description": "The text." }, "beam": { "type": ["null", "integer"] } } },
            "Response": { "type": "object", "properties": { "outputs": { "type": "array", "items": { "type": "object", "properties": { "text": { "type": "string" } } } } } }
          } }
        }
        """;

    private static readonly Dictionary<string, string> _known = new(StringComparer.Ordinal)
    {
        ["Where is the train?"] = "Wo ist der Zug?",
        ["I like tea."] = "Ich mag Tee.",
        ["Wo ist der Zug?"] = "Where is the train?",
    };

    private readonly ConcurrentQueue<(string Path, JsonNode Body)> _asked = new();
    private int _cancelled, _listed;

    /// <summary>The requests for translations.</summary>
    internal IReadOnlyList<JsonNode> Generated => PostedTo("/v1/generate");

    /// <summary>How many streams the browser has let go of.</summary>
    internal int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>How often the models were asked for.</summary>
    internal int Listed => Volatile.Read(ref _listed);

    /// <summary>The list of the models waits for this.</summary>
    internal Task ListAfter { get; init; } = Task.CompletedTask;

    /// <summary>What translations are answered with instead; null for translations.</summary>
    internal (int Status, string Sentence, string? RetryAfter)? Fault { get; set; }

    /// <summary>A stream sends its first word and waits for this before the others.</summary>
    internal TaskCompletionSource? Gate { get; set; }

    /// <summary>The key that requests for translations must carry; null for none.</summary>
    internal string? Key { get; set; }

    /// <summary>The language to translate from at first, as the settings tell it.</summary>
    internal string FirstLanguage { get; init; } = "en";

    /// <summary>Whether there is the English-German model alone.</summary>
    internal bool HasOneModel { get; init; }

    /// <summary>The most characters, as the settings tell it.</summary>
    internal int CharacterLimit { get; init; } = 1000;

    /// <summary>What was posted to a path, in order. Between paths there is no order that a test could count on.</summary>
    internal IReadOnlyList<JsonNode> PostedTo(string path) => [.. _asked.Where(one => one.Path == path).Select(one => one.Body)];

    /// <summary>Adds the paths.</summary>
    internal void Map(WebApplication app)
    {
        app.MapGet("/openapi/v1.json", () => Results.Text(Described, "application/json"));
        app.MapGet("/v1/models", ListAsync);
        app.MapGet("/v1/models/{id}", (string id) => Json(new JsonObject { ["id"] = id, ["parameters"] = 2349568, ["card"] = Card(id) }));
        app.MapGet("/frontend/settings", () => Json(new JsonObject { ["charLimit"] = CharacterLimit, ["supportedFilesFormat"] = new JsonArray(".txt", ".md"), ["language"] = new JsonObject { ["source"] = new JsonObject { ["code"] = FirstLanguage } } }));
        app.MapPost("/detect", () => Json(new JsonArray(new JsonObject { ["language"] = "de", ["confidence"] = 98 })));
        app.MapPost("/v1/generate", GenerateAsync);
        app.MapPost("/v1/attention", async context => await Json(Attention(await ReadAsync(context))).ExecuteAsync(context));
        app.MapPost("/v1/alternatives", async context => await Json(Alternatives(await ReadAsync(context))).ExecuteAsync(context));
        app.MapPost("/translate_file", FileAsync);
        app.MapGet("/download_file/{name}", (string name) => Results.Text("Übersetzt: " + name));
    }

    private async Task<IResult> ListAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _listed);
        await ListAfter.WaitAsync(cancellation);
        JsonArray models = [Model("en-de", "en", "de", true)];
        if (!HasOneModel)
        {
            models.Add((JsonNode)Model("de-en", "de", "en", false));
        }

        return Json(new JsonObject { ["models"] = models });
    }

    private async Task GenerateAsync(HttpContext context)
    {
        JsonNode body = await ReadAsync(context);
        if (Key is not null && context.Request.Headers.Authorization != "Bearer " + Key)
        {
            await SendFaultAsync(context, 403, "This server needs a key.", null);
            return;
        }

        if (Fault is var (status, sentence, retryAfter))
        {
            await SendFaultAsync(context, status, sentence, retryAfter);
            return;
        }

        JsonObject answer = Answer(body);
        if (body["stream"]?.GetValue<bool>() != true)
        {
            await Json(answer).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        try
        {
            foreach (Match part in Parts().Matches(answer["outputs"]![0]!["text"]!.GetValue<string>()))
            {
                await SendAsync(context, "part", new JsonObject { ["text"] = part.Value });
                if (Gate is { } gate)
                {
                    await gate.Task.WaitAsync(context.RequestAborted);
                }
            }

            await SendAsync(context, "done", answer);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }

    private static JsonObject Answer(JsonNode body)
    {
        string input = body["input"]!.GetValue<string>();
        string? prefix = body["prefix"]?.GetValue<string>();
        JsonArray sentences = [], tokens = [], glossary = [];
        string text = "";
        foreach (Match sentence in Sentences().Matches(input))
        {
            string said = prefix is null ? _known.GetValueOrDefault(sentence.Value, "Satz.") : prefix + " fährt ab?";
            text += text.Length > 0 ? " " : "";
            sentences.Add((JsonNode)new JsonObject { ["source"] = new JsonArray(sentence.Index, sentence.Length), ["target"] = new JsonArray(text.Length, said.Length) });
            text += said;
        }

        double[] chances = [0.95, 0.6, 0.3, 0.1];
        foreach ((int index, Match word) in Words().Matches(text).Index())
        {
            tokens.Add((JsonNode)new JsonObject { ["piece"] = "\u2581" + word.Value, ["log_probability"] = Math.Log(chances[index % 4]), ["start"] = word.Index, ["length"] = word.Length });
        }

        foreach ((string term, JsonNode? translation) in body["glossary"]?.AsObject() ?? [])
        {
            glossary.Add((JsonNode)new JsonObject { ["term"] = term, ["translation"] = translation!.GetValue<string>(), ["met"] = text.Contains(translation.GetValue<string>(), StringComparison.Ordinal) });
        }

        JsonArray hypotheses = [new JsonObject { ["text"] = text, ["score"] = -0.25, ["tokens"] = tokens }];
        if (body["nbest"] is not null)
        {
            hypotheses.Add((JsonNode)new JsonObject { ["text"] = text.Replace("der Zug", "die Bahn", StringComparison.Ordinal), ["score"] = -0.5, ["tokens"] = new JsonArray() });
        }

        JsonObject output = new() { ["index"] = 0, ["text"] = text, ["score"] = -0.25, ["stopped_by"] = "eos", ["source_was_cut"] = false, ["hypotheses"] = hypotheses, ["glossary"] = glossary, ["sentences"] = sentences };
        return new JsonObject { ["model"] = body["model"]?.GetValue<string>(), ["outputs"] = new JsonArray(output) };
    }

    // Three layers of four heads. Every head looks straight ahead, word i at word i, but the last of the last layer looks backwards.
    private static JsonObject Attention(JsonNode body)
    {
        string[] source = Pieces(body["source"]!.GetValue<string>());
        string[] target = Pieces(body["target"]!.GetValue<string>());
        JsonArray Row(int at) => [.. source.Select((_, i) => (JsonNode)(i == Math.Min(at, source.Length - 1) ? 0.9 : 0.1 / (source.Length - 1)))];
        JsonArray Head(bool backwards) => [.. target.Select((_, i) => (JsonNode)Row(backwards ? source.Length - 2 - i : i))];
        JsonArray Layer(bool last) => [Head(false), Head(false), Head(false), Head(last)];
        JsonArray layers = [Layer(false), Layer(false), Layer(true)];
        return new JsonObject { ["source_tokens"] = Array(source), ["target_tokens"] = Array(target), ["layers"] = layers };
    }

    private static JsonObject Alternatives(JsonNode body)
    {
        string prefix = body["prefix"]!.GetValue<string>();
        JsonNode One(string word, double chance) => new JsonObject { ["continuation"] = word, ["log_probability"] = Math.Log(chance), ["text"] = $"{prefix} {word} fährt ab?", ["score"] = -1 };
        return new JsonObject { ["alternatives"] = new JsonArray(One("die", 0.6), One("unser", 0.2)) };
    }

    // One sentence of two is done before the gate opens.
    private async Task FileAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string name = form.Files[0].FileName;
        _asked.Enqueue(("/translate_file", new JsonObject { ["name"] = name, ["source"] = form["source"].ToString(), ["target"] = form["target"].ToString(), ["accept"] = context.Request.Headers.Accept.ToString() }));
        bool isText = name.EndsWith(".txt", StringComparison.Ordinal);
        if (isText)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            await SendAsync(context, "progress", new JsonObject { ["done"] = 0, ["total"] = 2 });
            await SendAsync(context, "progress", new JsonObject { ["done"] = 1, ["total"] = 2 });
        }

        try
        {
            await (Gate?.Task ?? Task.CompletedTask).WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }

        await (!isText ? SendFaultAsync(context, 400, "Files of this kind cannot be translated.", null)
            : name.StartsWith("bad", StringComparison.Ordinal) ? SendAsync(context, "error", new JsonObject { ["error"] = "The model was unloaded." })
            : SendAsync(context, "done", new JsonObject { ["translatedFileUrl"] = "/download_file/" + name }));
    }

    private async Task<JsonNode> ReadAsync(HttpContext context)
    {
        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        _asked.Enqueue((context.Request.Path.Value!, body));
        return body;
    }

    private static async Task SendAsync(HttpContext context, string name, JsonNode data)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static Task SendFaultAsync(HttpContext context, int status, string sentence, string? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsJsonAsync(new { error = sentence }, context.RequestAborted);
    }

    private static JsonObject Model(string id, string source, string target, bool isDefault) => new()
    {
        ["id"] = id,
        ["state"] = "ready",
        ["source_language"] = source,
        ["target_language"] = target,
        ["name"] = id,
        ["parameters"] = 2349568,
        ["compute_type"] = "float32",
        ["has_attention"] = true,
        ["default"] = isDefault,
    };

    private static JsonNode Card(string id) => JsonNode.Parse(File.ReadAllText(Path.Combine(Served.ModelPath(id), "card.json")))!;

    private static string[] Pieces(string text) => [.. Words().Matches(text).Select(word => "\u2581" + word.Value), "</s>"];

    private static JsonArray Array(string[] texts) => [.. texts.Select(text => (JsonNode)text)];

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(JsonSerializerOptions.Default), "application/json");

    [GeneratedRegex(@"[^.?!\s][^.?!]*[.?!]?")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"[^\s.?!]+|[.?!]")]
    private static partial Regex Words();

    [GeneratedRegex(@"\s*\S+")]
    private static partial Regex Parts();
}
