using Sequor.Cli.Faults;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Tests.Lines;

public sealed class LineSourceTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\n\nb\n", new[] { "a", "", "b" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    [InlineData("a\r", new[] { "a\r" })]
    [InlineData("a\r\r\n", new[] { "a\r" })]
    [InlineData("\uFEFFa\n\uFEFFb\n", new[] { "a", "\uFEFFb" })]
    [InlineData("\uFEFF", new string[0])]
    [InlineData("a\u2028b\u0085c\vd\fe\n", new[] { "a\u2028b\u0085c\vd\fe" })]
    [InlineData("\n", new[] { "" })]
    public void Only_a_line_feed_ends_a_line(string text, string[] lines)
    {
        using LineSource file = LineSource.Open(_folder.Write("f", text), Terminals.None);
        using LineSource slow = LineSource.Open(null, Terminals.Typing(new SlowStream(text)));

        Assert.Equal(lines, file.Rest());
        Assert.Equal(lines, slow.Rest());
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        string text = new('x', 300_000);
        using LineSource source = LineSource.Open(_folder.Write("f", $"a\n{text}é\nb"), Terminals.None);

        Assert.Equal(["a", text + "é", "b"], source.Rest());
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x63, 0xE9, 0x0A }, "line 2, byte 3 of the line (0xE9). Convert it to UTF-8 or repair the line.")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, "line 1, byte 1 of the line (0xFF). It begins like UTF-16; convert it to UTF-8.")]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08 }, "line 1, byte 2 of the line (0x8B). It begins like gzip; unpack it first.")]
    [InlineData(new byte[] { 0xC3 }, "line 1, byte 1 of the line (0xC3).")]
    public void Bytes_that_are_no_text_are_named_by_file_line_and_byte(byte[] bytes, string fault)
    {
        string path = _folder.Write("f", bytes);
        using LineSource source = LineSource.Open(path, Terminals.None);
        InputException thrown = Assert.Throws<InputException>(() => source.Rest().Count());

        Assert.StartsWith($"{path} is not UTF-8: {fault}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_holds_what_is_here_and_waits_for_no_more()
    {
        using LineSource source = LineSource.Open(null, Terminals.Typing(new SlowStream("one\n", "two\nthree\nfo", "ur\n", "five")));

        Assert.Equal(["one"], source.ReadWindow(10));
        Assert.Equal(["two", "three"], source.ReadWindow(10));
        Assert.Equal(["four"], source.ReadWindow(10));
        Assert.Equal(["five"], source.ReadWindow(10));
        Assert.Empty(source.ReadWindow(10));
    }

    [Fact]
    public void A_window_has_its_limit()
    {
        using LineSource source = LineSource.Open(_folder.Write("f", "1\n2\n3\n4\n5\n"), Terminals.None);

        Assert.Equal(["1", "2"], source.ReadWindow(2));
        Assert.Equal(["3", "4"], source.ReadWindow(2));
        Assert.Equal(["5"], source.ReadWindow(2));
        Assert.Equal(5, source.Line);
    }
}
