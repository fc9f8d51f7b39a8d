using System.Text;
using Sequor.Cli.Mcp;

namespace Sequor.Cli.Tests.Mcp;

public sealed class OpenRequestsTests
{
    private readonly OpenRequests _open = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"id": 1, "result": {} }""", """{"method": "notifications/cancelled", "params": {"requestId": 1} }""")]
    [InlineData("""{"method": "notifications/cancelled", "params": {"requestId": 1} }""", """{"id": 1, "error": {} }""")]
    [InlineData("""{"id": 1, "result": {} }""", """{"method": "notifications/cancelled"}""")]
    [InlineData("""{"id": 1, "result": {} }""", """{"id": 1, "result": {} }""")]
    [InlineData("""{"id": 1, "result": {} }""", """{"id": "2", "result": {} }""")]
    public async Task What_ends_a_request_twice_ends_no_other(string first, string second)
    {
        Read("""{"id": 1, "method": "tools/call"}""");
        Read("""{"id": 2, "method": "tools/call"}""");
        foreach (string line in (string[])[first, second])
        {
            if (line.Contains("method", StringComparison.Ordinal))
                Read(line);
            else
                Write(line);
        }

        Task end = _open.EndAsync(Stop);
        Assert.False(end.IsCompleted);
        Write("""{"id": 2, "result": {} }""");
        await end.WaitAsync(TimeSpan.FromSeconds(60), Stop);
    }

    [Fact]
    public async Task Nothing_is_waited_for_where_all_is_answered_or_was_no_request()
    {
        Read("""{"id": "a", "method": "tools/call"}""");
        Write("""{"id": "a", "result": {} }""");
        foreach (string line in (string[])["", "no message", "[]", "3", """{"id": "\ud800", "method": "a"}""", """{"id": 5, "method": "\ud800"}""", """{"method": "notifications/initialized"}""", """{"id": 4, "result": {} }"""])
            Read(line);
        Task end = _open.EndAsync(Stop);
        Assert.True(end.IsCompletedSuccessfully);
        await end;
    }

    private void Read(string line) => _open.Read(Encoding.UTF8.GetBytes(line));

    private void Write(string line) => _open.Write(Encoding.UTF8.GetBytes(line));
}
