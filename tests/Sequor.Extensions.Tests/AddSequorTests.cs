using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sequor.Extensions.Hosting;

namespace Sequor.Extensions.Tests;

public sealed class AddSequorTests : IDisposable
{
    private readonly Folder _folder = new();

    public AddSequorTests()
    {
        TinyModel.Write(_folder["en-de"], source: "en", target: "de");
        TinyModel.Write(_folder["de-en"], seed: 2, source: "de", target: "en");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_application_translates_with_all_its_models_by_default_by_key_and_by_language()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSequor(options =>
        {
            options.Models = [_folder["en-de"], _folder["de-en"]];
            options.CacheSentences = 10;
        });
        builder.Services.AddSequorChatClient().AddSequorChatClient(new() { Model = "de-en" }, "back");
        using IHost host = builder.Build();
        await host.StartAsync(Stop);

        var models = host.Services.GetRequiredService<ModelRegistry>();
        Assert.All(models.Models, model => Assert.Equal(ModelState.Ready, model.State));
        var usual = host.Services.GetRequiredService<ITranslator>();
        var back = host.Services.GetRequiredKeyedService<ITranslator>("de-en");
        Assert.Equal("en-de", (await usual.TranslateAsync("one two", cancellation: Stop)).ModelId);
        Assert.Equal("de-en", (await back.TranslateAsync("one two", cancellation: Stop)).ModelId);
        Assert.Equal("de-en", (await usual.TranslateAsync("one two", new() { TargetLanguage = "en" }, Stop)).ModelId);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => host.Services.GetRequiredKeyedService<ITranslator>("fr-en").TranslateAsync("one", cancellation: Stop));
        Assert.Equal("en-de", (await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("one two", cancellationToken: Stop)).ModelId);
        Assert.Equal(
            "An ITranslator is asked for under the key '7' of the type System.Int32; its key is the name of a model, a string.",
            Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredKeyedService<ITranslator>(7)).Message);
        Assert.Equal("de-en", (await host.Services.GetRequiredKeyedService<IChatClient>("back").GetResponseAsync("one two", cancellationToken: Stop)).ModelId);
        await host.StopAsync(Stop);
    }

    [Fact]
    public void A_configuration_sets_every_option()
    {
        IServiceCollection services = new ServiceCollection().AddSequor(Configured(new()
        {
            ["Sequor:Models:0"] = _folder["en-de"],
            ["sequor:models:1"] = _folder["de-en"],
            ["Sequor:ModelsDirectory"] = _folder.Path,
            ["Sequor:DefaultModel"] = "de-en",
            ["Sequor:LoadLazily"] = "true",
            ["Sequor:IdleTimeout"] = "00:10:00",
            ["Sequor:WarmUp"] = "True",
            ["Sequor:ComputeType"] = "int8",
            ["Sequor:BatchSentences"] = "8",
            ["Sequor:BatchTokens"] = "512",
            ["Sequor:Workers"] = "2",
            ["Sequor:QueueLimit"] = "100",
            ["Sequor:MaximumWait"] = "00:00:00.002",
            ["Sequor:CacheSentences"] = "1000",
            ["Sequor:CacheMegabytes"] = "16",
        }));
        using ServiceProvider provider = services.BuildServiceProvider();
        SequorOptions options = provider.GetRequiredService<IOptions<SequorOptions>>().Value;
        Assert.Equal([_folder["en-de"], _folder["de-en"]], options.Models);
        Assert.Equal((_folder.Path, "de-en", true, TimeSpan.FromMinutes(10), true), (options.ModelsDirectory, options.DefaultModel, options.LoadLazily, options.IdleTimeout, options.WarmUp));
        Assert.Equal(("int8", 8, 512, 2, 100), (options.ComputeType, options.BatchSentences, options.BatchTokens, options.Workers, options.QueueLimit));
        Assert.Equal((TimeSpan.FromMilliseconds(2), 1000, 16), (options.MaximumWait, options.CacheSentences, options.CacheMegabytes));

        var models = provider.GetRequiredService<ModelRegistry>();
        Assert.Equal(("de-en", ModelState.Unloaded), (models.Default!.Id, models.Default.State));
        Assert.Equal(typeof(SequorOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal), SequorOptionsBinding.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_fault_of_the_options_stops_the_application_and_names_its_key()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSequor(Configured(new()
        {
            ["Sequor:Models:0"] = _folder["en-de"],
            ["Sequor:Models:1"] = _folder["none"],
            ["Sequor:Models:2"] = _folder.Path,
            ["Sequor:DefaultModel"] = "en-da",
            ["Sequor:BatchTokns"] = "12",
            ["Sequor:BatchSentences"] = "many",
            ["Sequor:BatchTokens"] = "0",
            ["Sequor:LoadLazily"] = "perhaps",
            ["Sequor:MaximumWait"] = "00:02:00",
            ["Sequor:ComputeType"] = "int4",
            ["Sequor:ModelsDirectory"] = _folder["none"],
        }));
        using IHost host = builder.Build();
        OptionsValidationException fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        Assert.Equal(
            [
                "Sequor:BatchSentences is 'many'; it must be a whole number.",
                "Sequor:BatchTokens is 0; it must be 1 or more.",
                "Sequor:BatchTokns is no setting. Did you mean BatchTokens?",
                "Sequor:ComputeType is 'int4'; it must be one of float32, float16, bfloat16, int8, int7, or left out.",
                "Sequor:DefaultModel is 'en-da', which is none of the models. Did you mean 'en-de'?",
                "Sequor:LoadLazily is 'perhaps'; it must be true or false.",
                "Sequor:MaximumWait is 00:02:00; it must be 00:00:00 to 00:01:00 (days.hours:minutes:seconds).",
                $"Sequor:Models:1 is '{_folder["none"]}', and there is no such directory.",
                $"Sequor:Models:2 is '{_folder.Path}', which holds no model: config.yaml is missing.",
                $"Sequor:ModelsDirectory is '{_folder["none"]}', and there is no such directory.",
            ],
            fault.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_models_and_without_a_place_for_them_there_is_nothing_to_serve()
    {
        Assert.StartsWith("Sequor:Models is empty.", Assert.Single(new SequorOptions().Validate()), StringComparison.Ordinal);
        Assert.Empty(new SequorOptions { ModelsDirectory = _folder.Path, DefaultModel = "en-de" }.Validate());
        Assert.Contains(
            "two directories called 'en-de'", Assert.Single(new SequorOptions { Models = [_folder["en-de"], _folder["en-de"]] }.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_stops_the_application_when_it_starts()
    {
        await File.WriteAllBytesAsync(_folder["en-de/weights.safetensors"], new byte[9], Stop);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSequor(options => options.Models = [_folder["en-de"]]);
        using IHost host = builder.Build();
        Assert.Contains("weights.safetensors", (await Assert.ThrowsAsync<ModelFormatException>(() => host.StartAsync(Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_tells_which_models_answer()
    {
        IServiceCollection services = new ServiceCollection().AddLogging();
        services.AddSequor(options =>
        {
            options.Models = [_folder["en-de"], _folder["de-en"]];
            options.LoadLazily = true;
        });
        services.AddHealthChecks().AddSequorHealthCheck();
        await using ServiceProvider provider = services.BuildServiceProvider();
        var models = provider.GetRequiredService<ModelRegistry>();
        async Task<HealthReportEntry> Check() => (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Stop)).Entries["sequor"];

        (await models.AcquireAsync("en-de", Stop)).Dispose();
        HealthReportEntry healthy = await Check();
        Assert.Equal((HealthStatus.Healthy, "1 of 2 models are in memory."), (healthy.Status, healthy.Description));
        Assert.Equal(("Ready", "Unloaded"), (healthy.Data["en-de"], healthy.Data["de-en"]));

        await File.WriteAllBytesAsync(_folder["de-en/weights.safetensors"], new byte[9], Stop);
        await Assert.ThrowsAsync<ModelUnavailableException>(async () => await models.AcquireAsync("de-en", Stop));
        Assert.Equal(HealthStatus.Degraded, (await Check()).Status);

        await models.UnloadAsync("en-de", Stop);
        await File.WriteAllBytesAsync(_folder["en-de/weights.safetensors"], new byte[9], Stop);
        await Assert.ThrowsAsync<ModelUnavailableException>(async () => await models.AcquireAsync("en-de", Stop));
        HealthReportEntry unhealthy = await Check();
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
        Assert.Contains("The model 'en-de' could not be loaded: ", unhealthy.Description, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configured(Dictionary<string, string?> keys) => new ConfigurationBuilder().AddInMemoryCollection(keys).Build();
}
