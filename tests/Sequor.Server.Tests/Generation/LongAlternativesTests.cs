using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sequor.Server.Settings;
using Sequor.Server.Tests.Page;

namespace Sequor.Server.Tests.Generation;

/// <summary>Sixty-four ways to go on in a sentence as long as the model can read: work of half a minute and more.</summary>
public sealed class LongAlternativesTests : IDisposable
{
    private const int Count = 64;

    private readonly CopiedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Whoever_hangs_up_ends_the_work()
    {
        await using Served served = await Served.StartAsync(new ServerOptions { Models = [_model.Path], CharactersPerText = null });
        using CancellationTokenSource patience = new();
        using StringContent body = Body();
        Task<HttpResponseMessage> answer = served.Client.PostAsync("/v1/alternatives", body, patience.Token);
        await Eventually.EqualAsync(true, async () => await Measured(served, "sequor_source_tokens_total{model=\"") > Count);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

        await Eventually.EqualAsync(true, async () => await Measured(served, "sequor_texts_total{model=\"", ",outcome=\"cancelled\"") > 0);
        await Eventually.EqualAsync(0, () => Measured(served, "sequor_queue_length{model=\""));
    }

    [Fact]
    public async Task It_has_the_time_of_a_request()
    {
        await using Served served = await Served.StartAsync(new ServerOptions { Models = [_model.Path], CharactersPerText = null, RequestTimeout = TimeSpan.FromSeconds(1) });
        using StringContent body = Body();
        using HttpResponseMessage response = await served.Client.PostAsync("/v1/alternatives", body, TestContext.Current.CancellationToken);
        Answer answer = await Answer.OfAsync(response);

        Assert.Equal(503, answer.Status);
        Assert.StartsWith("The request took longer than 1s", answer.Error, StringComparison.Ordinal);
    }

    private static StringContent Body() => new(
        $$"""{"input": "{{string.Join(", ", Enumerable.Repeat("the dog sleeps in the garden", 400))}}.", "count": {{Count}}}""", Encoding.UTF8, "application/json");

    private async Task<int> Measured(Served served, string beginning, string end = "")
    {
        string text = await served.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Match found = Regex.Match(text, $"^{Regex.Escape(beginning + _model.Name + "\"" + end)}}} (.*)$", RegexOptions.Multiline);
        return found.Success ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
