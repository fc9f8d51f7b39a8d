using System.Text;
using Sequor.Cli.Mcp;

namespace Sequor.Cli.Tests.Mcp;

public sealed class WatchedStreamTests
{
    private readonly List<string> _lines = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_shown_whole_however_they_are_cut_and_pass_unchanged()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("one\r\n\ntwo\nthree");
        var written = new MemoryStream();
        using var watched = new WatchedStream(written, Note);
        foreach (byte one in bytes)
            await watched.WriteAsync(new[] { one }, Stop);
        Assert.Equal(["one\r", "", "two"], _lines);
        Assert.Equal(bytes, written.ToArray());

        _lines.Clear();
        int ends = 0;
        using var read = new WatchedStream(new MemoryStream(bytes), Note, _ => Task.FromResult(ends++));
        using var copy = new MemoryStream();
        await read.CopyToAsync(copy, bufferSize: 2, Stop);
        Assert.Equal(["one\r", "", "two"], _lines);
        Assert.Equal(1, ends);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task A_line_that_cannot_be_written_is_shown_for_nobody_must_wait_for_it()
    {
        using var watched = new WatchedStream(new MemoryStream(new byte[5]), Note);
        await watched.WriteAsync("{\"id"u8.ToArray(), Stop);
        await Assert.ThrowsAsync<NotSupportedException>(() => watched.WriteAsync("\": 1}"u8.ToArray(), Stop).AsTask());
        Assert.Equal(["{\"id\": 1}"], _lines);
    }

    private void Note(ReadOnlyMemory<byte> line) => _lines.Add(Encoding.UTF8.GetString(line.Span));
}
