using System.Text.Json;
using Sequor.Cli.Mcp;
using Sequor.Extensions;

namespace Sequor.Cli.Tests.Mcp;

public sealed class TranslateToolTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"text": "I have a red house."}""")]
    [InlineData("""{"text": "I have a red house.", "alternatives": 2}""")]
    [InlineData("""{"text": "I have a red house.", "glossary": {"house": "Haus"} }""")]
    public async Task Alternatives_and_a_glossary_leave_the_models_own_settings_as_they_are(string given)
    {
        using var models = new ModelRegistry([Model("\n  max_length: 256", "\n  max_length: 1")]);
        string text = (await Call(models, given)).GetProperty("text").GetString()!;
        Assert.DoesNotContain(" ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_glossary_is_met_where_the_model_itself_searches_without_a_beam()
    {
        using var models = new ModelRegistry([Model("  search: beam", "  search: sample")]);
        JsonElement answer = await Call(models, """{"text": "The dog sleeps.", "glossary": {"dog": "Köter"} }""");
        Assert.Contains("Köter", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        answer = await Call(models, """{"text": "The dog sleeps.", "alternatives": 2}""");
        Assert.Equal(2, answer.GetProperty("alternatives").GetArrayLength());
    }

    private static async Task<JsonElement> Call(ModelRegistry models, string given)
    {
        var tool = new TranslateTool(models, new RegistryTranslator(models));
        var arguments = JsonDocument.Parse(given).RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
        return await tool.CallAsync(new ToolArguments(arguments, tool), TestContext.Current.CancellationToken);
    }

    /// <summary>The contained model with another setting.</summary>
    private string Model(string setting, string other)
    {
        string from = McpVerbTests.Assistant.Model("en-de");
        string to = Directory.CreateDirectory(_folder["en-de"]).FullName;
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        string path = Path.Combine(to, "config.yaml");
        string text = File.ReadAllText(path);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(setting, other, StringComparison.Ordinal));
        return to;
    }
}
