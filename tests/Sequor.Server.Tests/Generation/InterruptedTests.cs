using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Extensions;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Generation;

public class InterruptedTests
{
    [Fact]
    public async Task Whoever_hangs_up_ends_the_work()
    {
        StrangeTranslator translator = new(async stop => await Task.Delay(Timeout.Infinite, stop));
        await using Served served = await ServedBy(translator);
        using CancellationTokenSource patience = new();
        using HttpRequestMessage request = Stream();
        HttpResponseMessage response = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        byte[] beginning = new byte[11];
        Stream body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(beginning, TestContext.Current.CancellationToken);
        Assert.Equal("event: part", Encoding.UTF8.GetString(beginning));
        Assert.False(translator.Ended.IsCompleted);
        response.Dispose();
        await translator.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Whoever_hangs_up_before_the_first_part_ends_the_work()
    {
        StrangeTranslator translator = new(async stop => await Task.Delay(Timeout.Infinite, stop)) { HasPart = false };
        await using Served served = await ServedBy(translator);
        using CancellationTokenSource patience = new();
        using HttpRequestMessage request = Stream();
        Task<HttpResponseMessage> answer = served.Client.SendAsync(request, patience.Token);
        await translator.Begun.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await patience.CancelAsync();
        await translator.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_fault_behind_the_first_part_is_an_event()
    {
        await using Served served = await ServedBy(new StrangeTranslator(_ => throw new QueueFullException("Too many wait.")));
        Answer answer = await AskAsync(served);
        Assert.Equal(200, answer.Status);
        Assert.Equal("event: part\ndata: {\"text\":\"Guten \"}\n\nevent: error\ndata: {\"error\":\"Too many wait.\"}\n\n", answer.Body);
    }

    [Fact]
    public async Task A_stream_that_takes_too_long_ends_with_an_event()
    {
        ServerOptions options = new() { Models = [Served.ModelPath("en-de")], RequestTimeout = TimeSpan.FromMilliseconds(500) };
        StrangeTranslator translator = new(async stop => await Task.Delay(Timeout.Infinite, stop));
        await using Served served = await Served.StartAsync(options, builder => builder.Services.AddSingleton<ITranslator>(translator));
        Answer answer = await AskAsync(served);
        Assert.Equal("event: part\ndata: {\"text\":\"Guten \"}\n\nevent: error\ndata: {\"error\":\"The request took longer than 500ms, "
            + "the most that this server gives it. Send less at once, or try again when fewer ask.\"}\n\n", answer.Body);
    }

    [Fact]
    public async Task A_fault_before_the_first_part_is_a_status()
    {
        await using Served served = await ServedBy(new StrangeTranslator(_ => throw new QueueFullException("Too many wait.")) { HasPart = false });
        Answer answer = await AskAsync(served);
        Assert.Equal((503, "Too many wait."), (answer.Status, answer.Error));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task What_a_version_wrote_is_not_told_by_another()
    {
        PassageTranslation ofAnother = new()
        {
            ModelId = "en-de",
            ModelVersion = "another",
            Source = "Good morning.",
            Text = "Guten ",
            Sentences = [],
        };
        await using Served served = await ServedBy(new StrangeTranslator(_ => Task.CompletedTask) { Whole = ofAnother });
        Answer answer = await AskAsync(served);
        Assert.EndsWith("event: error\ndata: {\"error\":\"The model 'en-de' was replaced while it worked. Ask again.\"}\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bug_shows_nothing_of_the_inside(bool hasPart)
    {
        await using Served served = await ServedBy(new StrangeTranslator(_ => throw new InvalidOperationException("secret of StrangeTranslator.cs")) { HasPart = hasPart });
        Answer answer = await AskAsync(served);
        Assert.Equal(hasPart ? 200 : 500, answer.Status);
        Assert.Contains("\"error\":\"The server failed", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Strange", answer.Body, StringComparison.Ordinal);
    }

    private static Task<Served> ServedBy(ITranslator translator) => Served.StartAsync(change: builder => builder.Services.AddSingleton(translator));

    private static HttpRequestMessage Stream() => new(HttpMethod.Post, "/v1/generate")
    {
        Content = new StringContent("""{"input": "Good morning.", "stream": true}""", Encoding.UTF8, "application/json"),
    };

    private static async Task<Answer> AskAsync(Served served)
    {
        using HttpRequestMessage request = Stream();
        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }

    /// <summary>Says one part and then does what a test wants.</summary>
    private sealed class StrangeTranslator(Func<CancellationToken, Task> then) : ITranslator
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool HasPart { get; init; } = true;

        internal PassageTranslation? Whole { get; init; }

        internal Task Begun => _begun.Task;

        internal Task Ended => _ended.Task;

        public Task<PassageTranslation> TranslateAsync(string text, TranslationOptions? options, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<PassageTranslation>> TranslateAsync(IReadOnlyList<string> texts, TranslationOptions? options, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<TranslationPart> StreamAsync(
            string text, TranslationOptions? options, [EnumeratorCancellation] CancellationToken cancellation)
        {
            try
            {
                _begun.SetResult();
                if (HasPart)
                {
                    yield return new TranslationPart("Guten ");
                }

                await then(cancellation);
                yield return new TranslationPart("") { Whole = Whole };
            }
            finally
            {
                _ended.SetResult();
            }
        }
    }
}
