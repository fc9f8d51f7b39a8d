using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Extensions;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.LibreTranslate;

public partial class FileEventsTests(ServedModels served)
{
    [Fact]
    public async Task Whoever_accepts_events_is_told_how_far_a_file_has_come()
    {
        Answer answer = await AskAsync(served.Client, "Good morning.\nWhere is the station?\nGood morning.\n", "text/event-stream");
        Assert.Equal("text/event-stream", answer.Response.Content.Headers.ContentType?.MediaType);
        (string Name, string Data)[] events = [.. Events().Matches(answer.Body).Select(one => (one.Groups[1].Value, one.Groups[2].Value))];
        Assert.Equal(("progress", """{"done":0,"total":2}"""), events[0]);
        Assert.All(events[..^1], one => Assert.Equal("progress", one.Name));
        Assert.Equal("done", events[^1].Name);
        string url = JsonDocument.Parse(events[^1].Data).RootElement.GetProperty("translatedFileUrl").GetString()!;
        Assert.Equal("Guten Morgen!\nWo ist der Bahnhof?\nGuten Morgen!\n", (await served.GetAsync(new Uri(url).PathAndQuery)).Body);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/event-stream;q=0, */*")]
    public async Task Whoever_does_not_is_answered_as_ever(string accept)
    {
        Answer answer = await AskAsync(served.Client, "Good morning.\n", accept);
        Assert.StartsWith("http://localhost/download_file/", answer["translatedFileUrl"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_behind_the_first_event_is_an_event_and_one_before_it_a_status()
    {
        await using Served own = await ServedBy(new CountingTranslator(_ => throw new QueueFullException("Too many wait.")));
        Answer answer = await AskAsync(own.Client, "Good morning.\n", "text/event-stream");
        Assert.Equal("event: progress\ndata: {\"done\":1,\"total\":2}\n\nevent: error\ndata: {\"error\":\"Too many wait.\"}\n\n", answer.Body);
        await using Served silent = await ServedBy(new CountingTranslator(_ => throw new QueueFullException("Too many wait.")) { Tells = false });
        answer = await AskAsync(silent.Client, "Good morning.\n", "text/event-stream");
        Assert.Equal((503, "Too many wait."), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Whoever_hangs_up_ends_the_work()
    {
        CountingTranslator translator = new(async stop => await Task.Delay(Timeout.Infinite, stop));
        await using Served own = await ServedBy(translator);
        using HttpRequestMessage request = Request("Good morning.\n", "text/event-stream");
        HttpResponseMessage response = await own.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.False(translator.Ended.IsCompleted);
        response.Dispose();
        await translator.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_file_that_takes_too_long_ends_with_an_event()
    {
        ServerOptions options = new() { Models = [Served.ModelPath("en-de")], RequestTimeout = TimeSpan.FromMilliseconds(500) };
        await using Served own = await ServedBy(new CountingTranslator(async stop => await Task.Delay(Timeout.Infinite, stop)), options);
        Answer answer = await AskAsync(own.Client, "Good morning.\n", "text/event-stream");
        Assert.Contains("event: error\ndata: {\"error\":\"The request took longer than 500ms", answer.Body, StringComparison.Ordinal);
    }

    private static Task<Served> ServedBy(ITranslator translator, ServerOptions? options = null) => Served.StartAsync(options, builder => builder.Services.AddSingleton(translator));

    private static async Task<Answer> AskAsync(HttpClient client, string content, string accept)
    {
        using HttpRequestMessage request = Request(content, accept);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    private static HttpRequestMessage Request(string content, string accept)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/translate_file")
        {
            Content = new MultipartFormDataContent
            {
                { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "a.txt" },
                { new StringContent("en"), "source" },
                { new StringContent("de"), "target" },
            },
        };
        request.Headers.Add("Accept", accept);
        return request;
    }

    [GeneratedRegex("event: (.*)\ndata: (.*)\n\n")]
    private static partial Regex Events();

    /// <summary>Says that one sentence of two is done and then does what a test wants.</summary>
    private sealed class CountingTranslator(Func<CancellationToken, Task> then) : ITranslator
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool Tells { get; init; } = true;

        internal Task Ended => _ended.Task;

        public Task<PassageTranslation> TranslateAsync(string text, TranslationOptions? options, CancellationToken cancellation) => throw new NotSupportedException();

        public async Task<IReadOnlyList<PassageTranslation>> TranslateAsync(IReadOnlyList<string> texts, TranslationOptions? options, CancellationToken cancellation)
        {
            try
            {
                if (Tells)
                {
                    options!.Progress!.Report(new TranslationProgress(1, 2));
                }

                await then(cancellation);
                return [];
            }
            finally
            {
                _ended.SetResult();
            }
        }

        public IAsyncEnumerable<TranslationPart> StreamAsync(string text, TranslationOptions? options, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
