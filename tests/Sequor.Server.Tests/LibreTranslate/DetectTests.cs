using System.Text.Json;

namespace Sequor.Server.Tests.LibreTranslate;

public class DetectTests(ServedModels served)
{
    [Theory]
    [InlineData("Where is the next station, please?", "en")]
    [InlineData("Wo ist denn hier der nächste Bahnhof?", "de")]
    [InlineData("Où est la prochaine gare, s'il vous plaît ?", "fr")]
    [InlineData("车站在哪里？", "zh")]
    public async Task A_language_is_told_with_its_confidence_in_percent(string text, string language)
    {
        Answer answer = await served.PostAsync("/detect", JsonSerializer.Serialize(new { q = text }));
        JsonElement[] found = [.. answer.Json.EnumerateArray()];
        Assert.Equal(language, found[0].GetProperty("language").GetString());
        Assert.InRange(found[0].GetProperty("confidence").GetDouble(), 50, 100);
        double[] confidences = [.. found.Select(one => one.GetProperty("confidence").GetDouble())];
        Assert.Equal(confidences.OrderDescending(), confidences);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123 !?")]
    public async Task Where_nothing_can_be_said_the_confidence_is_nothing(string text) =>
        Assert.Equal("""[{"confidence":0,"language":"en"}]""", (await served.PostAsync("/detect", JsonSerializer.Serialize(new { q = text }))).Body);

    [Fact]
    public async Task A_form_is_read_too()
    {
        using FormUrlEncodedContent form = new([new("q", "Wo ist denn hier der nächste Bahnhof?")]);
        Assert.Equal("de", (await served.SendAsync("/detect", form)).Json[0].GetProperty("language").GetString());
    }

    [Fact]
    public async Task Auto_translates_from_what_the_text_is_in()
    {
        Answer english = await served.PostAsync("/translate", """{"q": "Where is the station?", "source": "auto", "target": "de"}""");
        Assert.Equal("Wo ist der Bahnhof?", english["translatedText"].GetString());
        Assert.Equal("en", english["detectedLanguage"].GetProperty("language").GetString());
        Assert.InRange(english["detectedLanguage"].GetProperty("confidence").GetDouble(), 50, 100);
        Answer german = await served.PostAsync("/translate", """{"q": "Wo ist der Bahnhof?", "source": "auto", "target": "en"}""");
        Assert.Equal("de", german["detectedLanguage"].GetProperty("language").GetString());
        Assert.Contains("station", german["translatedText"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_tells_the_language_of_every_text_and_leaves_those_as_they_are_that_need_nothing()
    {
        Answer answer = await served.PostAsync("/translate", """{"q": ["Wo ist der Bahnhof?", "Where is the station?", "12"], "source": "auto", "target": "de", "alternatives": 1}""");
        Assert.Equal(["Wo ist der Bahnhof?", "Wo ist der Bahnhof?"], answer["translatedText"].EnumerateArray().Take(2).Select(one => one.GetString()));
        Assert.Equal(["de", "en", "en"], answer["detectedLanguage"].EnumerateArray().Select(one => one.GetProperty("language").GetString()));
        Assert.Equal(0, answer["detectedLanguage"][2].GetProperty("confidence").GetDouble());
        Assert.Equal([0, 1], answer["alternatives"].EnumerateArray().Take(2).Select(one => one.GetArrayLength()));
    }

    [Fact]
    public async Task Suggestions_are_refused_and_health_answers()
    {
        Assert.Equal(403, (await served.PostAsync("/suggest", """{"q": "a", "s": "b", "source": "en", "target": "de"}""")).Status);
        Assert.Equal("""{"status":"ok"}""", (await served.GetAsync("/health")).Body);
        Assert.Equal("""{"status":"ok"}""", (await served.SendAsync("/health", null)).Body);
    }
}
