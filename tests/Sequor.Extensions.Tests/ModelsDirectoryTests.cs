namespace Sequor.Extensions.Tests;

/// <summary>What may be loaded while the program runs, and what may not.</summary>
public sealed class ModelsDirectoryTests : IDisposable
{
    private readonly Folder _folder = new();

    public ModelsDirectoryTests()
    {
        TinyModel.Write(_folder["inside/a"]);
        TinyModel.Write(_folder["inside/deep/b"], seed: 2);
        TinyModel.Write(_folder["outside/c"]);
        Directory.CreateDirectory(_folder["inside-too"]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ModelRegistry Open() => new([_folder["inside/a"]], new ModelRegistryOptions { ModelsDirectory = _folder["inside"], LoadLazily = true });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_model_is_loaded_by_its_name_or_by_a_path()
    {
        TinyModel.Write(_folder["inside/d"]);
        using ModelRegistry models = Open();
        Assert.Equal(ModelState.Ready, (await models.LoadAsync("d", null, Stop)).State);
        Assert.Equal(_folder["inside/deep/b"], (await models.LoadAsync("b", "deep/b", Stop)).Path);
        Assert.Equal(_folder["inside/deep/b"], (await models.LoadAsync("e", _folder["inside/deep/b"], Stop)).Path);
        Assert.Equal(["a", "d", "b", "e"], models.Models.Select(model => model.Id));
        using ModelLease lease = await models.AcquireAsync("e", Stop);
        Assert.Equal("e", lease.Id);
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_read_makes_a_model_unavailable_however_often_it_is_asked_for()
    {
        using ModelRegistry models = Open();
        File.Delete(_folder["inside/a/config.yaml"]);
        Directory.CreateDirectory(_folder["inside/a/config.yaml"]);
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<ModelUnavailableException>(() => models.AcquireAsync("a", Stop).AsTask());
            await Assert.ThrowsAsync<ModelUnavailableException>(() => models.LoadAsync("a", null, Stop));
        }
    }

    [Fact]
    public async Task Who_waits_for_a_new_model_that_cannot_be_loaded_loads_it_from_elsewhere_under_its_name()
    {
        TinyModel.Write(_folder["inside/damaged"]);
        await File.WriteAllTextAsync(_folder["inside/damaged/weights.safetensors"], "no weights", Stop);
        var loader = new CountingLoader();
        using ModelRegistry models = loader.Registry([], new() { ModelsDirectory = _folder["inside"] });
        loader.Gate.Reset();
        Task<ModelEntry> damaged = models.LoadAsync("new", "damaged", Stop);
        Task<ModelEntry> whole = models.LoadAsync("new", "deep/b", Stop);
        loader.Gate.Set();

        await Assert.ThrowsAsync<ModelUnavailableException>(() => damaged);
        Assert.Equal((ModelState.Ready, _folder["inside/deep/b"]), ((await whole).State, (await whole).Path));
        using ModelLease lease = await models.AcquireAsync("new", Stop);
        Assert.Equal(["new"], models.Models.Select(model => model.Id));
    }

    [Theory]
    [InlineData("../outside/c")]
    [InlineData("deep/../../outside/c")]
    [InlineData("deep\\..\\b")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public async Task A_path_out_of_the_models_directory_is_refused(string path)
    {
        using ModelRegistry models = Open();
        await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("a", path, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("new", path, Stop));
        Assert.Equal(["a"], models.Models.Select(model => model.Id));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("deep/b")]
    [InlineData("../outside/c")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_name_that_is_a_path_is_refused(string id)
    {
        using ModelRegistry models = Open();
        await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync(id, null, Stop));
    }

    [Fact]
    public async Task A_directory_beside_the_models_directory_is_outside_whatever_its_name_begins_with()
    {
        TinyModel.Write(_folder["inside-too/x"]);
        using ModelRegistry models = Open();
        await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("a", _folder["inside-too/x"], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("a", _folder["outside/c"], Stop));
    }

    [Fact]
    public async Task A_link_that_leads_out_is_refused_and_one_that_stays_inside_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        Directory.CreateSymbolicLink(_folder["inside/out"], _folder["outside/c"]);
        Directory.CreateSymbolicLink(_folder["inside/up"], _folder["outside"]);
        Directory.CreateSymbolicLink(_folder["inside/in"], _folder["inside/deep/b"]);
        Directory.CreateSymbolicLink(_folder["inside/round"], _folder["inside/round"]);
        TinyModel.Write(_folder["inside/file"]);
        File.Delete(_folder["inside/file/weights.safetensors"]);
        File.CreateSymbolicLink(_folder["inside/file/weights.safetensors"], _folder["outside/c/weights.safetensors"]);
        using ModelRegistry models = Open();
        foreach (string path in (string[])["out", "up/c", "file"])
        {
            ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("a", path, Stop));
            Assert.Contains("leads out of the models directory by a link", fault.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => models.LoadAsync("round", null, Stop));
        Assert.Equal(_folder["inside/deep/b"], (await models.LoadAsync("in", null, Stop)).Path);
    }

    [Fact]
    public async Task Without_a_models_directory_no_path_is_loaded_and_no_name_is_new()
    {
        using var models = new ModelRegistry([_folder["inside/a"]], new ModelRegistryOptions { LoadLazily = true });
        Assert.Contains(
            "No models directory was set",
            (await Assert.ThrowsAsync<ArgumentException>(() => models.LoadAsync("a", _folder["outside/c"], Stop))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => models.LoadAsync("b", _folder["inside/deep/b"], Stop));
        Assert.Equal(ModelState.Ready, (await models.LoadAsync("a", _folder["inside/a"], Stop)).State);
    }

    [Fact]
    public async Task A_new_model_that_cannot_be_loaded_is_not_listed()
    {
        using ModelRegistry models = Open();
        TinyModel.Write(_folder["inside/bad"]);
        File.WriteAllBytes(_folder["inside/bad/weights.safetensors"], new byte[10]);
        await Assert.ThrowsAsync<ModelUnavailableException>(() => models.LoadAsync("bad", null, Stop));
        await Assert.ThrowsAsync<ModelUnavailableException>(() => models.LoadAsync("deep", null, Stop));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => models.LoadAsync("absent", null, Stop));
        foreach (string id in (string[])["a", "new"])
        {
            KeyNotFoundException fault = await Assert.ThrowsAsync<KeyNotFoundException>(() => models.LoadAsync(id, "absent", Stop));
            Assert.Equal("There is no directory 'absent' below the models directory.", fault.Message);
        }

        Assert.Equal(["a"], models.Models.Select(model => model.Id));
    }

    [Fact]
    public void A_default_model_may_lie_in_the_models_directory()
    {
        TinyModel.Write(_folder["inside/d"]);
        using var models = new ModelRegistry([], new ModelRegistryOptions { ModelsDirectory = _folder["inside"], DefaultModel = "d" });
        Assert.Equal(("d", ModelState.Ready), (models.Default!.Id, models.Default.State));
    }
}
