using System.Text;
using Sequor.Decoding.Constraints;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>What pieces spell, against what the tokenizers decode.</summary>
public sealed class PieceTextsTests
{
    public static TheoryData<string> Tokenizers => [.. SomeTokenizers.All.Keys];

    [Theory, MemberData(nameof(Tokenizers))]
    public void Pieces_read_one_by_one_spell_what_the_tokenizer_decodes(string kind)
    {
        Tokenizer tokenizer = SomeTokenizers.All[kind];
        var texts = new PieceTexts(tokenizer, text => text);
        int compared = 0;
        for (ulong draw = 0; draw < 400; draw++)
        {
            int length = 1 + (int)(6 * RandomKeys.Uniform(RandomKeys.Mix(1, draw)));
            int[] ids = [.. Enumerable.Range(0, length).Select(i => (int)(texts.Count * RandomKeys.Uniform(RandomKeys.Mix(RandomKeys.Mix(2, draw), (ulong)i)))).Where(id => !texts.IsUnknown(id))];
            List<byte> bytes = [];
            TextPlace place = texts.Start;
            foreach (int id in ids)
            {
                bytes.AddRange(texts.Bytes(id, place));
                place = texts.Next(id, place);
            }

            if (System.Text.Unicode.Utf8.IsValid([.. bytes]))
            {
                Assert.Equal(tokenizer.Decode(ids), Encoding.UTF8.GetString([.. bytes]));
                compared++;
            }
        }

        Assert.True(compared > 40);
    }

    [Theory]
    [InlineData('a', true)]
    [InlineData('7', true)]
    [InlineData('é', true)]
    [InlineData('я', true)]
    [InlineData('\u0301', true)]
    [InlineData('.', false)]
    [InlineData(' ', false)]
    [InlineData('猫', false)]
    [InlineData('ね', false)]
    [InlineData('ท', false)]
    public void Words_end_between_letters_and_other_signs_and_everywhere_in_scripts_without_spaces(char character, bool isInWord) =>
        Assert.Equal(isInWord, PieceTexts.IsInWord(new Rune(character)));
}
