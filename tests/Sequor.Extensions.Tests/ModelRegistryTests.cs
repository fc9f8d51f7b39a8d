namespace Sequor.Extensions.Tests;

public sealed class ModelRegistryTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly CountingLoader _loader = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_that_is_not_there_is_refused_with_the_names_of_those_that_are()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["en-de"]), TinyModel.Write(_folder["de-en"])], new() { LoadLazily = true });
        KeyNotFoundException fault = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await models.AcquireAsync("en-xx", Stop));
        Assert.Equal("There is no model 'en-xx'; there are en-de, de-en.", fault.Message);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => models.UnloadAsync("en-xx", Stop));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => models.LoadAsync("en-xx", null, Stop));
    }

    [Fact]
    public async Task Without_any_model_nothing_can_be_acquired()
    {
        using var models = new ModelRegistry([]);
        Assert.Equal(
            "There is no model; none was given.",
            (await Assert.ThrowsAsync<KeyNotFoundException>(async () => await models.AcquireAsync(null, Stop))).Message);
        Assert.Null(models.Default);
    }

    [Fact]
    public async Task Models_are_named_after_their_directories_and_the_first_is_meant_when_none_is_named()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"]) + Path.DirectorySeparatorChar, TinyModel.Write(_folder["b"])]);
        Assert.Equal(["a", "b"], models.Models.Select(model => model.Id));
        Assert.Equal([true, false], models.Models.Select(model => model.IsDefault));
        Assert.All(models.Models, model => Assert.Equal(ModelState.Ready, model.State));
        Assert.All(models.Models, model => Assert.True(model is { Parameters: > 0, HasAttention: true, WeightBytes: > 0, LoadSeconds: > 0, Card.Name: "tiny", Version.Length: 16 }));
        using ModelLease lease = await models.AcquireAsync(null, Stop);
        Assert.Equal("a", lease.Id);
        Assert.Equal("a", models.Default!.Id);
    }

    [Fact]
    public void What_cannot_be_opened_at_the_start_is_refused_at_once()
    {
        TinyModel.Write(_folder["one/a"]);
        TinyModel.Write(_folder["two/a"]);
        Assert.Equal(
            "Two models are called 'a', the name of their directories. Rename one of them.",
            Assert.Throws<ArgumentException>(() => new ModelRegistry([_folder["one/a"], _folder["two/a"]])).Message);
        Assert.Throws<DirectoryNotFoundException>(() => new ModelRegistry([_folder["none"]]));
        Assert.Contains("does not hold a model", Assert.Throws<ModelFormatException>(() => new ModelRegistry([_folder["one"]])).Message, StringComparison.Ordinal);
        Assert.Equal(
            "The default model 'b' is none of the models; there are a.",
            Assert.Throws<ArgumentException>(() => new ModelRegistry([_folder["one/a"]], new ModelRegistryOptions { DefaultModel = "b" })).Message);
        Assert.Contains("0.001 s to 24 days", Assert.Single(new ModelRegistryOptions { IdleTimeout = TimeSpan.Zero }.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_for_a_model_that_is_not_in_memory_load_it_once_for_all()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"])], new() { LoadLazily = true });
        Assert.Equal(ModelState.Unloaded, models.Models[0].State);
        _loader.Gate.Reset();
        Task<ModelLease>[] waiting = [.. Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await models.AcquireAsync("a", Stop), Stop))];
        Assert.True(SpinWait.SpinUntil(() => models.Models[0].State == ModelState.Loading, TimeSpan.FromSeconds(30)));
        using var impatient = new CancellationTokenSource();
        Task<ModelLease> cancelled = models.AcquireAsync("a", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        _loader.Gate.Set();
        ModelLease[] leases = await Task.WhenAll(waiting);
        Assert.Single(_loader.Loaded);
        Assert.Single(leases.Select(lease => lease.Translator).Distinct());
        Assert.Equal(ModelState.Ready, models.Models[0].State);
        Array.ForEach(leases, lease => lease.Dispose());
    }

    [Fact]
    public async Task A_replaced_model_serves_its_last_lease_and_the_new_one_all_that_come_after()
    {
        TinyModel.Write(_folder["a"], seed: 1);
        string next = TinyModel.Write(_folder["versions/2"], seed: 2);
        using ModelRegistry models = _loader.Registry([_folder["a"]], new() { ModelsDirectory = _folder.Path });
        ModelLease first = await models.AcquireAsync("a", Stop);
        ModelLease second = await models.AcquireAsync("a", Stop);
        string before = await Output(first);

        ModelEntry replaced = await models.LoadAsync("a", "versions/2", Stop);
        Assert.Equal((ModelState.Ready, next), (replaced.State, replaced.Path));
        using ModelLease third = await models.AcquireAsync("a", Stop);
        Assert.NotSame(first.Translator, third.Translator);
        Assert.NotEqual(first.Version, third.Version);
        Assert.Equal(before, await Output(first));
        Assert.NotEqual(before, await Output(third));

        first.Dispose();
        first.Dispose();
        Assert.Equal(before, await Output(second));
        BatchingTranslator old = second.Translator;
        second.Dispose();
        await UntilDisposed(old);
        Assert.NotEqual(before, await Output(third));
    }

    [Fact]
    public async Task A_model_whose_files_have_changed_is_replaced_and_one_whose_files_have_not_is_left()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"], seed: 1)]);
        string version = models.Models[0].Version;
        await models.LoadAsync("a", null, Stop);
        await models.LoadAsync("a", _folder["a"], Stop);
        await File.WriteAllTextAsync(_folder["a/log.jsonl"], "the log of a training", Stop);
        await models.LoadAsync("a", null, Stop);
        Assert.Single(_loader.Loaded);

        TinyModel.Write(_folder["a"], seed: 2);
        ModelEntry[] entries = await Task.WhenAll(models.LoadAsync("a", null, Stop), models.LoadAsync("a", null, Stop), models.LoadAsync("a", null, Stop));
        Assert.Equal(2, _loader.Loaded.Count);
        Assert.All(entries, entry => Assert.NotEqual(version, entry.Version));
    }

    [Fact]
    public async Task A_replacement_that_fails_leaves_the_old_model_serving_and_says_why()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"], seed: 1)]);
        using ModelLease lease = await models.AcquireAsync("a", Stop);
        string before = await Output(lease);
        File.WriteAllBytes(Path.Combine(_folder["a"], "weights.safetensors"), new byte[100]);

        ModelUnavailableException fault = await Assert.ThrowsAsync<ModelUnavailableException>(() => models.LoadAsync("a", null, Stop));
        Assert.StartsWith("The model 'a' could not be loaded: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ModelState.Ready, models.Models[0].State);
        Assert.Equal(fault.Message, models.Models[0].Fault);
        using ModelLease next = await models.AcquireAsync("a", Stop);
        Assert.Equal(before, await Output(next));
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_not_tried_again_at_once_unless_its_files_change()
    {
        var time = new ManualTime();
        string path = TinyModel.Write(_folder["a"]);
        byte[] weights = File.ReadAllBytes(Path.Combine(path, "weights.safetensors"));
        File.WriteAllBytes(Path.Combine(path, "weights.safetensors"), new byte[100]);
        int tried = 0;
        using var models = new ModelRegistry([path], new() { LoadLazily = true }, time, null, (from, options) =>
        {
            tried++;
            return _loader.Load(from, options);
        });
        ModelUnavailableException fault = await Assert.ThrowsAsync<ModelUnavailableException>(async () => await models.AcquireAsync("a", Stop));
        Assert.Equal((ModelState.Failed, fault.Message), (models.Models[0].State, models.Models[0].Fault!));
        await Assert.ThrowsAsync<ModelUnavailableException>(async () => await models.AcquireAsync("a", Stop));
        Assert.Equal(1, tried);
        time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<ModelUnavailableException>(async () => await models.AcquireAsync("a", Stop));
        Assert.Equal(2, tried);

        File.WriteAllBytes(Path.Combine(path, "weights.safetensors"), weights);
        using ModelLease lease = await models.AcquireAsync("a", Stop);
        Assert.Equal((ModelState.Ready, null), (models.Models[0].State, models.Models[0].Fault));
    }

    [Fact]
    public async Task A_model_is_unloaded_when_it_is_idle_but_not_while_it_is_leased_and_loads_again_when_it_is_asked_for()
    {
        var time = new ManualTime();
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"])], new() { IdleTimeout = TimeSpan.FromMinutes(1) }, time);
        ModelLease lease = await models.AcquireAsync("a", Stop);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ModelState.Ready, models.Models[0].State);
        BatchingTranslator first = lease.Translator;
        lease.Dispose();
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(ModelState.Ready, models.Models[0].State);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((ModelState.Unloaded, 0L), (models.Models[0].State, models.Models[0].WeightBytes));
        await UntilDisposed(first);
        using ModelLease again = await models.AcquireAsync("a", Stop);
        Assert.Equal(2, _loader.Loaded.Count);
        Assert.NotEqual("", await Output(again));
    }

    [Fact]
    public async Task Unloading_lets_leases_end_and_the_next_request_loads_again()
    {
        using ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"])]);
        ModelLease lease = await models.AcquireAsync("a", Stop);
        Assert.True(await models.UnloadAsync("a", Stop));
        Assert.False(await models.UnloadAsync("a", Stop));
        Assert.Equal(ModelState.Unloaded, models.Models[0].State);
        string before = await Output(lease);
        BatchingTranslator old = lease.Translator;
        lease.Dispose();
        await UntilDisposed(old);
        using ModelLease again = await models.AcquireAsync("a", Stop);
        Assert.Equal(before, await Output(again));
    }

    [Fact]
    public async Task A_registry_that_is_disposed_refuses_and_frees_what_is_leased_with_the_last_lease()
    {
        ModelRegistry models = _loader.Registry([TinyModel.Write(_folder["a"]), TinyModel.Write(_folder["b"])]);
        ModelLease lease = await models.AcquireAsync("a", Stop);
        BatchingTranslator unleased;
        using (ModelLease other = await models.AcquireAsync("b", Stop))
        {
            unleased = other.Translator;
        }

        models.Dispose();
        models.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => unleased.GenerateAsync(new GenerationJob("one"), Stop));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await models.AcquireAsync("a", Stop));
        Assert.NotEqual("", await Output(lease));
        BatchingTranslator translator = lease.Translator;
        lease.Dispose();
        await UntilDisposed(translator);
    }

    [Fact]
    public void Models_are_found_by_their_languages()
    {
        using ModelRegistry models = _loader.Registry(
            [
                TinyModel.Write(_folder["small"], source: "en", target: "de"), TinyModel.Write(_folder["large"], source: "en", target: "de"),
                TinyModel.Write(_folder["zh"], source: "en", target: "zh-Hans"), TinyModel.Write(_folder["back"], source: "de", target: "en"),
                TinyModel.Write(_folder["words"]),
            ],
            new() { LoadLazily = true, DefaultModel = "large" });
        Assert.Equal("large", models.Find("EN", "de")?.Id);
        Assert.Equal("zh", models.Find("en-GB", "zh")?.Id);
        Assert.Null(models.Find("de", "zh"));
        Assert.Null(models.Find("fr", "en"));
        Assert.Equal(["en -> de zh-Hans", "de -> en"], models.Languages.Select(language => $"{language.Code} -> {string.Join(' ', language.Targets)}"));
    }

    private static async Task<string> Output(ModelLease lease) => TinyModel.Told(await lease.Translator.GenerateAsync(new GenerationJob("one two three four"), Stop));

    private static async Task UntilDisposed(BatchingTranslator translator)
    {
        for (int i = 0; i < 10_000; i++)
        {
            try
            {
                await translator.GenerateAsync(new GenerationJob("one"), Stop);
                await Task.Delay(1, Stop);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }

        Assert.Fail("The model's memory was not freed.");
    }
}
