using System.Collections.Concurrent;

namespace Sequor.Extensions.Tests;

/// <summary>Many threads use models while others replace and unload them.</summary>
public sealed class ModelRegistryRaceTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_request_is_lost_or_meets_other_weights_while_models_are_replaced_and_unloaded()
    {
        const int rounds = 40;
        TinyModel.Write(_folder["one"], seed: 1);
        TinyModel.Write(_folder["two"], seed: 2);
        var loader = new CountingLoader();
        using ModelRegistry models = loader.Registry([_folder["one"]], new() { ModelsDirectory = _folder.Path, IdleTimeout = TimeSpan.FromMilliseconds(1) });
        string[] texts = ["one two three", "six five", "four four one two"];
        var outputs = new ConcurrentDictionary<(string Version, string Text), ConcurrentDictionary<string, bool>>();
        int finished = 0;
        bool isOver = false;

        Task[] users =
        [
            .. Enumerable.Range(0, 6).Select(user => Task.Run(
                async () =>
                {
                    for (int i = user; !Volatile.Read(ref isOver); i++)
                    {
                        using ModelLease lease = await models.AcquireAsync("one", Stop);
                        string text = texts[i % texts.Length];
                        string output = TinyModel.Told(await lease.Translator.GenerateAsync(new GenerationJob(text), Stop));
                        outputs.GetOrAdd((lease.Version, text), _ => new()).TryAdd(output, true);
                        Interlocked.Increment(ref finished);
                    }
                }, Stop)),
        ];
        Task[] changers =
        [
            Task.Run(
                async () =>
                {
                    for (int i = 0; i < rounds; i++)
                    {
                        await models.LoadAsync("one", i % 2 == 0 ? "two" : "one", Stop);
                    }
                }, Stop),
            Task.Run(
                async () =>
                {
                    for (int i = 0; i < rounds; i++)
                    {
                        await models.UnloadAsync("one", Stop);
                        await Task.Yield();
                    }
                }, Stop),
        ];
        await Task.WhenAll(changers);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(users);

        Assert.True(finished > 0);
        Assert.All(outputs.Values, set => Assert.Single(set));
        Assert.Equal(2, outputs.Keys.Select(key => key.Version).Distinct().Count());
        Assert.All(texts, text => Assert.Equal(2, outputs.Where(pair => pair.Key.Text == text).SelectMany(pair => pair.Value.Keys).Distinct().Count()));
    }
}
