using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Sequor.Server.Tests.Generation;

public class StreamTests(ServedModels served)
{
    [Theory]
    [InlineData("""{"input": "I have never seen such a big house.", "stream": true, "decode": "greedy"}""")]
    [InlineData("""{"input": "I have never seen such a big house.", "stream": true}""")]
    [InlineData("""{"input": "\n Good morning. I am hungry.\n\nWhere is the station?\n", "stream": true, "tokens": true}""")]
    [InlineData("""{"input": ["Good morning."], "stream": true, "decode": "sample", "seed": 3}""")]
    [InlineData("""{"input": "Where is the station?", "stream": true, "glossary": {"station": "Haltestelle"}}""")]
    [InlineData("""{"input": "", "stream": true}""")]
    public async Task The_parts_laid_end_to_end_are_the_final_text(string request)
    {
        List<SseItem<string>> events = await EventsAsync(request);
        Assert.Equal("done", events[^1].EventType);
        Assert.All(events[..^1], one => Assert.Equal("part", one.EventType));
        string parts = string.Concat(events[..^1].Select(one => Json(one).GetProperty("text").GetString()));
        JsonElement streamed = Json(events[^1]);
        Assert.Equal(parts, streamed.GetProperty("outputs")[0].GetProperty("text").GetString());
        Answer whole = await served.PostAsync("/v1/generate", request.Replace("\"stream\": true", "\"stream\": false", StringComparison.Ordinal));
        Assert.Equal(whole.Json.GetRawText(), streamed.GetRawText());
    }

    [Fact]
    public async Task A_long_sentence_comes_in_more_than_one_part() =>
        Assert.True((await EventsAsync("""{"input": "I have never seen such a big house in my life.", "stream": true, "decode": "greedy"}""")).Count > 3);

    [Theory]
    [InlineData("""{"input": "a", "stream": true, "nbest": 2}""", 400)]
    [InlineData("""{"input": "a", "stream": true, "decode": "mbr"}""", 400)]
    [InlineData("""{"input": "a", "stream": true, "model": "no"}""", 404)]
    public async Task What_cannot_be_streamed_is_told_by_its_status(string request, int status)
    {
        Answer answer = await served.PostAsync("/v1/generate", request);
        Assert.Equal(status, answer.Status);
        Assert.EndsWith(status == 404 ? "." : "before the end.", answer.Error, StringComparison.Ordinal);
    }

    private async Task<List<SseItem<string>>> EventsAsync(string request)
    {
        using StringContent body = new(request, Encoding.UTF8, "application/json");
        using HttpRequestMessage message = new(HttpMethod.Post, "/v1/generate") { Content = body };
        using HttpResponseMessage response = await served.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        List<SseItem<string>> events = [];
        await foreach (SseItem<string> one in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(one);
        }

        return events;
    }

    private static JsonElement Json(SseItem<string> one)
    {
        using JsonDocument document = JsonDocument.Parse(one.Data);
        return document.RootElement.Clone();
    }
}
