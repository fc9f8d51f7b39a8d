using System.Text.Json;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.LibreTranslate;

public class TranslateTests(ServedModels served)
{
    [Fact]
    public async Task A_text_is_answered_by_a_text()
    {
        Answer answer = await served.PostAsync("/translate", """{"q": "Good morning.", "source": "en", "target": "de"}""");
        Assert.Equal((200, """{"translatedText":"Guten Morgen!"}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task An_array_is_answered_by_an_array()
    {
        Assert.Equal("""{"translatedText":["Guten Morgen!","","Danke."]}""",
            (await served.PostAsync("/translate", """{"q": ["Good morning.", "", "Thank you."], "source": "en", "target": "de", "format": "text"}""")).Body);
        Assert.Equal("""{"translatedText":["Guten Morgen!"]}""", (await served.PostAsync("/translate", """{"q": ["Good morning."], "source": "en", "target": "de"}""")).Body);
    }

    [Fact]
    public async Task Alternatives_are_other_translations()
    {
        Answer answer = await served.PostAsync("/translate", """{"q": "Thank you.", "source": "en", "target": "de", "alternatives": 3}""");
        string[] all = [answer["translatedText"].GetString()!, .. answer["alternatives"].EnumerateArray().Select(one => one.GetString()!)];
        Assert.Equal("Danke.", all[0]);
        Assert.InRange(all.Length, 2, 4);
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
        answer = await served.PostAsync("/translate", """{"q": ["Thank you.", "Good morning."], "source": "en", "target": "de", "alternatives": 1}""");
        Assert.Equal([1, 1], answer["alternatives"].EnumerateArray().Select(one => one.GetArrayLength()));
    }

    [Fact]
    public async Task A_form_is_read_like_json()
    {
        using FormUrlEncodedContent form = new([new("q", "Good morning."), new("source", "en"), new("target", "de"), new("alternatives", "1"), new("api_key", "")]);
        Answer answer = await served.SendAsync("/translate", form);
        Assert.Equal("Guten Morgen!", answer["translatedText"].GetString());
        Assert.Single(answer["alternatives"].EnumerateArray());
    }

    [Fact]
    public async Task A_form_with_several_texts_is_answered_by_an_array()
    {
        using FormUrlEncodedContent form = new([new("q", "Good morning."), new("q", "Thank you."), new("source", "en"), new("target", "de")]);
        Assert.Equal("""{"translatedText":["Guten Morgen!","Danke."]}""", (await served.SendAsync("/translate", form)).Body);
    }

    [Fact]
    public async Task A_form_in_parts_is_read_like_json()
    {
        using MultipartFormDataContent form = new() { { new StringContent("Good morning."), "q" }, { new StringContent("en"), "source" }, { new StringContent("de"), "target" } };
        Assert.Equal("""{"translatedText":"Guten Morgen!"}""", (await served.SendAsync("/translate", form)).Body);
    }

    [Fact]
    public async Task Paragraphs_stay()
    {
        Answer answer = await served.PostAsync("/translate", """{"q": "Good morning.\n\n\tThank you. Good morning.\n", "source": "en", "target": "de"}""");
        Assert.Equal("Guten Morgen!\n\n\tDanke. Guten Morgen!\n", answer["translatedText"].GetString());
    }

    [Theory]
    [InlineData("en-US", "de")]
    [InlineData("EN", "de-AT")]
    [InlineData("en_GB", "DE")]
    public async Task Codes_may_name_regions(string source, string target)
    {
        Answer answer = await served.PostAsync("/translate", $$"""{"q": "Good morning.", "source": "{{source}}", "target": "{{target}}"}""");
        Assert.Equal("Guten Morgen!", answer["translatedText"].GetString());
    }

    [Fact]
    public async Task From_a_language_to_itself_nothing_changes() =>
        Assert.Equal("""{"translatedText":"Good  morning."}""", (await served.PostAsync("/translate", """{"q": "Good  morning.", "source": "en", "target": "en-GB"}""")).Body);

    [Fact]
    public async Task Fields_that_nobody_knows_are_passed_over() =>
        Assert.Equal(200, (await served.PostAsync("/translate", """{"q": "a", "source": "en", "target": "de", "apiKey": "", "secret": null, "x": {"y": [1]}}""")).Status);

    [Theory]
    [InlineData("""{"source": "en", "target": "de"}""", 400, "'q' is missing; it must be a text or an array of texts.")]
    [InlineData("""{"q": "a", "source": "en"}""", 400, "'target' is missing; it must be a text.")]
    [InlineData("""{"q": "a", "target": "de"}""", 400, "'source' is missing; it must be a text.")]
    [InlineData("""{"q": 5, "source": "en", "target": "de"}""", 400, "'q' must be a text or an array of texts, but is 5.")]
    [InlineData("""{"q": [], "source": "en", "target": "de"}""", 400, "'q' holds no text.")]
    [InlineData("""{"q": "a", "source": "xx", "target": "de"}""", 400, "'source' is 'xx', which is not supported; there are en, de.")]
    [InlineData("""{"q": "a", "source": "en", "target": "zh"}""", 400, "'target' is 'zh', which is not supported; there are en, de.")]
    [InlineData("""{"q": "a", "source": "en", "target": "de", "format": "pdf"}""", 400, "'format' is 'pdf', but must be text or html.")]
    [InlineData("""{"q": "a", "source": "en", "target": "de", "alternatives": 64}""", 400, "'alternatives' is 64; this server gives 0 to 63.")]
    [InlineData("""{"q": "a", "source": "en", "target": "de", "alternatives": -1}""", 400, "'alternatives' is -1; this server gives 0 to 63.")]
    public async Task What_cannot_be_is_refused_with_a_sentence(string request, int status, string sentence)
    {
        Answer answer = await served.PostAsync("/translate", request);
        Assert.Equal((status, sentence), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_form_that_lacks_a_field_is_refused_with_a_sentence()
    {
        using FormUrlEncodedContent form = new([new("q", "a"), new("source", "en"), new("target", "de"), new("alternatives", "two")]);
        Assert.Equal("'alternatives' must be a whole number, but is 'two'.", (await served.SendAsync("/translate", form)).Error);
        using FormUrlEncodedContent without = new([new("source", "en")]);
        Assert.Equal("'q' is missing; it must be a text.", (await served.SendAsync("/translate", without)).Error);
        using StringContent damaged = new("x", System.Text.Encoding.UTF8, "multipart/form-data");
        Assert.Equal(400, (await served.SendAsync("/translate", damaged)).Status);
    }

    [Fact]
    public async Task Languages_are_those_of_the_models() =>
        Assert.Equal("""[{"code":"en","name":"English","targets":["de","en"]},{"code":"de","name":"German","targets":["en","de"]}]""", (await served.GetAsync("/languages")).Body);

    [Fact]
    public async Task Settings_have_the_fields_that_clients_read()
    {
        JsonElement settings = (await served.GetAsync("/frontend/settings")).Json;
        Assert.Equal(50_000, settings.GetProperty("charLimit").GetInt32());
        Assert.False(settings.GetProperty("keyRequired").GetBoolean());
        Assert.False(settings.GetProperty("suggestions").GetBoolean());
        Assert.Equal("de", settings.GetProperty("language").GetProperty("target").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("auto", "auto", "Auto Detect")]
    [InlineData("de", "de", "German")]
    public async Task Settings_say_the_language_to_begin_with_and_that_it_is_to_be_found_out(string setting, string code, string name)
    {
        await using Served own = await Served.StartAsync(new ServerOptions { Models = [Served.ModelPath("en-de")], DefaultSource = setting });
        using HttpResponseMessage response = await own.Client.GetAsync("/frontend/settings", TestContext.Current.CancellationToken);
        Assert.Equal($$"""{"code":"{{code}}","name":"{{name}}"}""", (await Answer.OfAsync(response))["language"].GetProperty("source").GetRawText());
    }
}
