using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>Pieces and ids.</summary>
public sealed class VocabularyTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Build_numbers_by_falling_frequency_behind_the_special_pieces()
    {
        Vocabulary vocabulary = Vocabulary.Build(["b", "c", "b", "a", "c", "d", "<s>"], maximumSize: 7);
        Assert.Equal(["<unk>", "<s>", "</s>", "<pad>", "b", "c", "a"], vocabulary.Pieces);
        Assert.Equal((0, 1, 2, 3), (vocabulary.UnknownId, vocabulary.BeginId, vocabulary.EndId, vocabulary.PadId));
        Assert.Equal(5, vocabulary.IdOf("c"));
        Assert.Equal(0, vocabulary.IdOf("d"));
        Assert.False(vocabulary.Contains("d"));
    }

    [Fact]
    public void Build_leaves_out_what_is_rare() =>
        Assert.Equal(5, Vocabulary.Build(["b", "c", "b"], maximumSize: 100, minimumCount: 2).Size);

    [Fact]
    public void What_was_saved_is_loaded()
    {
        var vocabulary = new Vocabulary(["<unk>", "a", "\\", "\\n", "\n", "\r", "a\\\nb", "\\\\", " ", "é", "\U0001F600", "\uFEFFx"]);
        vocabulary.Save(_path);
        Assert.Equal(vocabulary.Pieces, Vocabulary.Load(_path).Pieces);
    }

    [Theory]
    [InlineData("", "no piece")]
    [InlineData("a\n\nb\n", "Line 2")]
    [InlineData("a\nb\na\n", "line 1 holds already")]
    public void Damaged_files_are_refused_with_their_name(string content, string fault)
    {
        File.WriteAllText(_path, content);
        string message = Assert.Throws<ModelFormatException>(() => Vocabulary.Load(_path)).Message;
        Assert.Contains(_path, message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_the_byte()
    {
        File.WriteAllBytes(_path, [0x61, 0x0A, 0xFF, 0x0A]);
        Assert.Contains("byte 2", Assert.Throws<ModelFormatException>(() => Vocabulary.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_dropped()
    {
        File.WriteAllBytes(_path, [0xEF, 0xBB, 0xBF, .. "a\r\nb\r\n"u8]);
        Assert.Equal(["a", "b"], Vocabulary.Load(_path).Pieces);
    }

    [Fact]
    public void An_id_out_of_range_is_named()
    {
        var vocabulary = new Vocabulary(["a", "b"]);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary[2]).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "a"])).Message, StringComparison.Ordinal);
    }
}
