using Sequor.Server.Generation;
using Sequor.Text;

namespace Sequor.Server.Tests.Generation;

public class TokenSpansTests
{
    [Fact]
    public void A_piece_has_its_characters_without_the_space_before_them()
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(Served.ModelPath("en-de"), "vocabulary.model"));
        int[] ids = tokenizer.Encode("Das Haus ist groß.");
        Assert.Equal(["▁Das", "▁Haus", "▁ist", "▁groß", "."], ids.Select(id => tokenizer.Vocabulary[id]));
        Assert.Equal([(0, 3), (4, 4), (9, 3), (13, 4), (17, 1)], TokenSpans.Of(ids, "Das Haus ist groß.", tokenizer));
    }

    [Fact]
    public void A_character_of_several_pieces_belongs_to_the_last()
    {
        ByteTokenizer tokenizer = new();
        const string Text = "aé😀b";
        (int Start, int Length)[] spans = TokenSpans.Of(tokenizer.Encode(Text), Text, tokenizer);
        Assert.Equal([(0, 1), (1, 0), (1, 1), (2, 0), (2, 0), (2, 0), (2, 2), (4, 1)], spans);
    }

    [Fact]
    public void Nothing_has_no_spans() => Assert.Empty(TokenSpans.Of([], "", new ByteTokenizer()));
}
