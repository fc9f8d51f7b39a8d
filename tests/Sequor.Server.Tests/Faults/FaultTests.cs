using System.Text;
using Sequor.Server.Faults;

namespace Sequor.Server.Tests.Faults;

public class FaultTests(ServedModels served)
{
    [Fact]
    public async Task An_unknown_path_is_a_sentence()
    {
        Answer answer = await served.GetAsync("/nope");
        Assert.Equal((404, """{"error":"There is nothing at /nope. /openapi/v1.json lists every path."}"""), (answer.Status, answer.Body));
        Assert.Equal("application/json; charset=utf-8", answer.Response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_wrong_method_is_a_sentence()
    {
        Answer answer = await served.GetAsync("/v1/generate");
        Assert.Equal((405, "/v1/generate does not answer GET, but POST."), (answer.Status, answer.Error));
        Assert.Equal(["POST"], answer.Response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain", "The content type is 'text/plain; charset=utf-8', which /v1/generate does not read; send JSON as application/json.")]
    [InlineData("application/x-www-form-urlencoded", "The content type is 'application/x-www-form-urlencoded; charset=utf-8', which /v1/generate does not read; send JSON as application/json.")]
    public async Task A_wrong_content_type_is_a_sentence(string type, string sentence)
    {
        using StringContent body = new("""{"input": "a"}""", Encoding.UTF8, type);
        Answer answer = await served.SendAsync("/v1/generate", body);
        Assert.Equal((400, sentence), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_missing_body_is_a_sentence()
    {
        Answer answer = await served.SendAsync("/v1/generate", null);
        Assert.Equal((400, "The content type is missing; /v1/generate reads application/json."), (answer.Status, answer.Error));
    }

    [Fact]
    public void A_full_queue_says_when_to_come_again()
    {
        Assert.Equal((503, "Full.", TimeSpan.FromSeconds(1)), FaultSentence.Of(new QueueFullException("Full.")));
        Assert.Equal((429, "Slowly.", TimeSpan.FromSeconds(9)), FaultSentence.Of(new RequestFaultException(429, "Slowly.") { RetryAfter = TimeSpan.FromSeconds(9) }));
    }

    [Fact]
    public void A_sentence_is_json_whatever_it_quotes() =>
        Assert.Equal("""{"error":"\"ü\" <b> \n"}""", Encoding.UTF8.GetString(FaultAnswer.Body("\"ü\" <b> \n")));
}
