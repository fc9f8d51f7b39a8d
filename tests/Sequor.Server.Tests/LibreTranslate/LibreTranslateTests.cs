using System.Net.Http.Json;
using System.Text.Json;

namespace Sequor.Server.Tests.LibreTranslate;

public class LibreTranslateTests
{
    [Fact]
    public async Task A_text_is_translated()
    {
        await using Served served = await Served.StartAsync();
        using HttpResponseMessage answer = await served.Client.PostAsJsonAsync(
            "/translate", new { q = "Good morning.", source = "en", target = "de" }, TestContext.Current.CancellationToken);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Guten Morgen!", body.RootElement.GetProperty("translatedText").GetString());
    }
}
