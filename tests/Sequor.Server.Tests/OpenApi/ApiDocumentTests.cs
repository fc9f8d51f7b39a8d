using System.Text.Json;

namespace Sequor.Server.Tests.OpenApi;

public class ApiDocumentTests(ServedModels served)
{
    private const string Contained = "en-de";

    [Fact]
    public async Task Every_route_is_documented()
    {
        JsonElement document = (await served.GetAsync("/openapi/v1.json")).Json;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string method, string path) in served.Routes)
        {
            Assert.True(document.GetProperty("paths").TryGetProperty(path, out JsonElement known) && known.TryGetProperty(method, out _), $"{method} {path} is not documented");
            JsonElement operation = known.GetProperty(method);
            Assert.True(names.Add(operation.GetProperty("operationId").GetString()!), $"{method} {path} has a name that another has");
            Assert.EndsWith(".", operation.GetProperty("summary").GetString(), StringComparison.Ordinal);
            Assert.EndsWith(".", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(operation.GetProperty("tags").EnumerateArray());
            Assert.All(operation.GetProperty("responses").EnumerateObject(), response => Assert.NotEmpty(response.Value.GetProperty("description").GetString()!));
            Assert.True(operation.GetProperty("responses").TryGetProperty("200", out _), $"{method} {path} never answers");
        }

        Assert.Contains(("post", "/v1/generate"), served.Routes);
        Assert.Contains(("post", "/translate"), served.Routes);
    }

    [Fact]
    public async Task Every_field_is_described()
    {
        JsonElement schemas = (await served.GetAsync("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas");
        foreach (JsonProperty schema in schemas.EnumerateObject())
        {
            if (schema.Value.TryGetProperty("format", out JsonElement format) && format.GetString() == "binary")
            {
                continue;
            }

            Assert.True(schema.Value.TryGetProperty("properties", out JsonElement fields), $"{schema.Name} is no object");
            foreach (JsonProperty field in fields.EnumerateObject())
            {
                // Of a field that may be null and has a schema of its own the description stands one level deeper.
                Assert.Matches("\"description\": *\"[^\"]+\\.\"", field.Value.GetRawText().Replace("\\\"", "", StringComparison.Ordinal));
                Assert.DoesNotMatch("[A-Z]", schema.Name.StartsWith("Generate", StringComparison.Ordinal) ? field.Name : "");
            }
        }
    }

    [Fact]
    public async Task Every_example_works()
    {
        JsonElement document = (await served.GetAsync("/openapi/v1.json")).Json;
        int tried = 0;
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty method in path.Value.EnumerateObject())
            {
                if (!method.Value.TryGetProperty("requestBody", out JsonElement body) || !body.GetProperty("content").TryGetProperty("application/json", out JsonElement json))
                {
                    continue;
                }

                Assert.True(json.TryGetProperty("examples", out JsonElement examples), $"{path.Name} has no example");
                foreach (JsonProperty example in examples.EnumerateObject())
                {
                    Answer answer = await served.PostAsync(path.Name.Replace("{id}", Contained, StringComparison.Ordinal), example.Value.GetProperty("value").GetRawText());
                    Assert.True(answer.Status == 200, $"{path.Name}, '{example.Name}': {answer.Body}");
                    Assert.DoesNotContain("event: error", answer.Body, StringComparison.Ordinal);
                    tried++;
                }
            }
        }

        Assert.True(tried >= 10, $"only {tried} examples");
    }
}
