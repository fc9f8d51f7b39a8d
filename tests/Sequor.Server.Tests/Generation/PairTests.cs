using System.Text.Json;

namespace Sequor.Server.Tests.Generation;

public class PairTests(ServedModels served)
{
    [Fact]
    public async Task Attention_is_told_by_layer_and_head()
    {
        Answer answer = await served.PostAsync("/v1/attention", """{"source": "Where is the station?", "target": "Wo ist der Bahnhof?"}""");
        string[] source = Texts(answer["source_tokens"]);
        string[] target = Texts(answer["target_tokens"]);
        Assert.Equal(["▁Where", "▁is", "▁the", "▁station", "?", "</s>"], source);
        Assert.Equal(["▁Wo", "▁ist", "▁der", "▁Bahnhof", "?", "</s>"], target);
        JsonElement[] layers = [.. answer["layers"].EnumerateArray()];
        Assert.Equal(4, layers.Length);
        foreach (JsonElement head in layers.SelectMany(layer => layer.EnumerateArray()))
        {
            Assert.Equal(target.Length, head.GetArrayLength());
            Assert.All(head.EnumerateArray(), row => Assert.Equal(1, row.EnumerateArray().Sum(weight => weight.GetDouble()), 4));
            Assert.All(head.EnumerateArray(), row => Assert.Equal(source.Length, row.GetArrayLength()));
        }

        Assert.All(layers, layer => Assert.Equal(4, layer.GetArrayLength()));
    }

    [Fact]
    public async Task The_attention_that_decoding_records_is_the_mean_of_the_heads_of_one_layer()
    {
        Answer generated = await served.PostAsync("/v1/generate", """{"input": "Where is the station?", "attention": true}""");
        Answer told = await served.PostAsync("/v1/attention", """{"source": "Where is the station?", "target": "Wo ist der Bahnhof?"}""");
        JsonElement recorded = generated["outputs"][0].GetProperty("attention");
        Assert.Single(told["layers"].EnumerateArray(), layer => Enumerable.Range(0, 5).All(t => Enumerable.Range(0, 6).All(
            s => Math.Abs(recorded[t][s].GetDouble() - layer.EnumerateArray().Average(head => head[t][s].GetDouble())) < 1e-5)));
    }

    [Fact]
    public async Task Alternatives_go_on_from_a_beginning()
    {
        Answer answer = await served.PostAsync("/v1/alternatives", """{"input": "The house is big.", "prefix": "Das", "count": 3}""");
        JsonElement[] found = [.. answer["alternatives"].EnumerateArray()];
        Assert.Equal(3, found.Length);
        Assert.Equal("Haus", found[0].GetProperty("continuation").GetString());
        Assert.Equal("Das Haus ist groß.", found[0].GetProperty("text").GetString());
        double[] likely = [.. found.Select(one => one.GetProperty("log_probability").GetDouble())];
        Assert.Equal(likely.OrderDescending(), likely);
        Assert.All(found, one => Assert.StartsWith("Das ", one.GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.All(likely, one => Assert.InRange(one, -20, 0));
    }

    [Fact]
    public async Task A_score_is_that_of_the_search()
    {
        Answer generated = await served.PostAsync("/v1/generate", """{"input": "Where is the station?", "tokens": true}""");
        Answer scored = await served.PostAsync("/v1/score", """{"pairs": [{"source": "Where is the station?", "target": "Wo ist der Bahnhof?"}, {"source": "Where is the station?", "target": "Gute Nacht!"}]}""");
        JsonElement best = generated["outputs"][0].GetProperty("hypotheses")[0];
        JsonElement given = scored["scores"][0];
        Assert.Equal(best.GetProperty("score").GetDouble(), given.GetProperty("score").GetDouble());
        Assert.Equal(best.GetProperty("log_probability").GetDouble(), given.GetProperty("log_probability").GetDouble());
        Assert.Equal(
            best.GetProperty("tokens").EnumerateArray().Select(token => (token.GetProperty("piece").GetString(), token.GetProperty("log_probability").GetDouble())),
            given.GetProperty("tokens").EnumerateArray().Select(token => (token.GetProperty("piece").GetString(), token.GetProperty("log_probability").GetDouble())));
        Assert.True(scored["scores"][1].GetProperty("score").GetDouble() < given.GetProperty("score").GetDouble() - 1);
    }

    [Theory]
    [InlineData("/v1/score", """{"pairs": []}""", 400, "'pairs' holds no text.")]
    [InlineData("/v1/score", """{"pairs": [{"source": "a", "traget": "b"}]}""", 400, "There is no field 'pairs[0].traget'; did you mean 'target'? 'pairs[0].target' is missing; it must be a text.")]
    [InlineData("/v1/score", """{"pairs": [null, 5]}""", 400, "'pairs[0]' must be an object, but is null. 'pairs[1]' must be an object, but is 5.")]
    [InlineData("/v1/score", """{"pairs": {"source": "a"}}""", 400, "'pairs' must be an array, but is an object.")]
    [InlineData("/v1/alternatives", """{"input": "a", "count": 0}""", 400, "'count' is 0; this server takes 1 to 64.")]
    [InlineData("/v1/alternatives", """{"input": ["a"]}""", 400, "'input' must be a text, but is an array.")]
    [InlineData("/v1/attention", """{"source": "a"}""", 400, "'target' is missing; it must be a text.")]
    [InlineData("/v1/attention", """{"source": "a", "target": "b", "model": "x"}""", 404, "There is no model 'x'; there are en-de, de-en.")]
    public async Task What_cannot_be_is_refused_with_a_sentence(string path, string request, int status, string sentence)
    {
        Answer answer = await served.PostAsync(path, request);
        Assert.Equal((status, sentence), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("/v1/score", "{{\"pairs\": [{{\"source\": \"a\", \"target\": \"{0}\"}}]}}")]
    [InlineData("/v1/alternatives", "{{\"input\": \"a\", \"prefix\": \"{0}\"}}")]
    [InlineData("/v1/attention", "{{\"source\": \"a\", \"target\": \"{0}\"}}")]
    public async Task What_is_longer_than_the_model_can_write_is_refused(string path, string request)
    {
        string tooLong = string.Concat(Enumerable.Repeat("Haus ", 2000));
        Answer answer = await served.PostAsync(path, string.Format(System.Globalization.CultureInfo.InvariantCulture, request, tooLong));
        Assert.Equal(400, answer.Status);
        Assert.Contains("1023", answer.Error.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/score", """{"pairs": [{"source": "", "target": ""}]}""")]
    [InlineData("/v1/alternatives", """{"input": ""}""")]
    [InlineData("/v1/attention", """{"source": "", "target": ""}""")]
    public async Task Nothing_is_no_fault(string path, string request) => Assert.Equal(200, (await served.PostAsync(path, request)).Status);

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];
}
