using System.Text.Json;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Generation;

public class ModelsTests(ServedModels served)
{
    [Fact]
    public async Task Models_are_listed_with_what_is_known_of_them()
    {
        JsonElement[] models = [.. (await served.GetAsync("/v1/models"))["models"].EnumerateArray()];
        Assert.Equal(
            """{"id":"en-de","state":"ready","source_language":"en","target_language":"de","name":"Tatoeba English-German","parameters":2349568,"compute_type":"float16","has_attention":true,"default":true}""",
            models[0].GetRawText());
        Assert.Equal("de-en", models[1].GetProperty("id").GetString());
        Assert.False(models[1].GetProperty("default").GetBoolean());
    }

    [Fact]
    public async Task A_model_is_shown_with_its_card()
    {
        Answer answer = await served.GetAsync("/v1/models/en-de");
        Assert.Equal("en-de", answer["id"].GetString());
        using JsonDocument card = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Served.ModelPath("en-de"), "card.json"), TestContext.Current.CancellationToken));
        Assert.True(JsonElement.DeepEquals(card.RootElement, answer["card"]));
        Assert.Equal(6, answer["card"].GetProperty("curve").GetArrayLength());
    }

    [Fact]
    public async Task Models_are_unloaded_and_loaded_by_request()
    {
        await using Served own = await Served.StartAsync(new ServerOptions { Models = [Served.ModelPath("de-en")] });
        Answer unloaded = await PostAsync(own, "/v1/models/de-en/unload");
        Assert.Equal("unloaded", unloaded["state"].GetString());
        Answer loaded = await PostAsync(own, "/v1/models/de-en/load");
        Assert.Equal("ready", loaded["state"].GetString());
        Answer refused = await PostAsync(own, "/v1/models/de-en/load", """{"path": "/tmp"}""");
        Assert.Equal(400, refused.Status);
        Assert.Equal(404, (await PostAsync(own, "/v1/models/xx/unload")).Status);
    }

    [Fact]
    public async Task Models_are_not_managed_by_requests_where_that_is_forbidden()
    {
        await using Served own = await Served.StartAsync(new ServerOptions { Models = [Served.ModelPath("de-en")], ManageModels = false });
        Assert.Equal(403, (await PostAsync(own, "/v1/models/de-en/unload")).Status);
        Assert.Equal(403, (await PostAsync(own, "/v1/models/de-en/load")).Status);
    }

    [Fact]
    public async Task An_unknown_model_is_told_the_nearest_one()
    {
        Answer answer = await served.GetAsync("/v1/models/en-du");
        Assert.Equal((404, "There is no model 'en-du'; did you mean 'en-de'?"), (answer.Status, answer.Error));
    }

    private static async Task<Answer> PostAsync(Served own, string path, string? json = null)
    {
        using StringContent? body = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await own.Client.PostAsync(path, body, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }
}
