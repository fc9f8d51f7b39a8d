namespace Sequor.Extensions.Tests;

/// <summary>What becomes of work that nobody waits for any more.</summary>
public sealed class LeftStreamTests : IDisposable
{
    private static readonly string _long = string.Join(' ', Enumerable.Range(0, 400).Select(number => $"We have {number} red houses and they like it."));

    private readonly ModelRegistry _models = new([Contained.Model("en-de")]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Leaving_a_stream_frees_the_model_and_its_queue()
    {
        BatchingTranslator model = await Model();
        await foreach (TranslationPart part in new RegistryTranslator(_models).StreamAsync(_long, cancellation: Stop))
        {
            Assert.NotEqual("", part.Text);
            break;
        }

        await RequireFree(model);
    }

    [Fact]
    public async Task Cancelling_a_passage_frees_the_model_and_its_queue()
    {
        BatchingTranslator model = await Model();
        using var stop = new CancellationTokenSource();
        Task<PassageTranslation> work = new RegistryTranslator(_models).TranslateAsync(_long, cancellation: stop.Token);
        Assert.True(SpinWait.SpinUntil(() => model.QueueLength > 0 || work.IsCompleted, TimeSpan.FromSeconds(30)));
        await stop.CancelAsync();
        OperationCanceledException ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(stop.Token, ended.CancellationToken);
        await RequireFree(model);
    }

    private async Task<BatchingTranslator> Model()
    {
        using ModelLease lease = await _models.AcquireAsync("en-de", Stop);
        return lease.Translator;
    }

    // Nothing waits any more, and with no lease out the memory goes as soon as the registry lets it.
    private async Task RequireFree(BatchingTranslator model)
    {
        Assert.Equal(0, model.QueueLength);
        Assert.True(await _models.UnloadAsync("en-de", Stop));
        for (int i = 0; i < 10_000; i++)
        {
            try
            {
                await model.GenerateAsync(new GenerationJob("Hello."), Stop);
                await Task.Delay(1, Stop);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }

        Assert.Fail("A lease was not given back.");
    }
}
