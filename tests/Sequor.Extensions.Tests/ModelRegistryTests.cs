namespace Sequor.Extensions.Tests;

public class ModelRegistryTests
{
    [Fact]
    public async Task A_model_that_is_not_there_is_refused_with_the_names_of_those_that_are()
    {
        using var models = new ModelRegistry([]);
        KeyNotFoundException fault = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await models.AcquireAsync("en-xx", TestContext.Current.CancellationToken));
        Assert.StartsWith("There is no model 'en-xx'", fault.Message, StringComparison.Ordinal);
    }
}
