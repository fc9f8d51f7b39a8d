using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class PieceRulesTests
{
    private static readonly PieceRules Default = new(new SubwordTrainingOptions());

    [Theory]
    [InlineData("a")]
    [InlineData("▁the")]
    [InlineData("...")]
    [InlineData("1987")]
    [InlineData("コーヒーを飲む")]
    [InlineData("e\u0301a")]
    [InlineData("\u0301a")]
    [InlineData("abcdefghijklmnop")]
    public void These_are_pieces(string text) => Assert.True(Default.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("F1")]
    [InlineData("aб")]
    [InlineData("e\u0301б")]
    [InlineData("a▁")]
    [InlineData("a▁b")]
    [InlineData("▁▁")]
    [InlineData("a\t")]
    [InlineData("▅")]
    [InlineData("a\0")]
    [InlineData("abcdefghijklmnopq")]
    public void These_are_not(string text) => Assert.False(Default.IsValid(text));

    [Fact]
    public void Each_split_can_be_switched_off()
    {
        SubwordTrainingOptions options = new();
        Assert.True(new PieceRules(options with { SplitByNumber = false }).IsValid("F1б"));
        Assert.True(new PieceRules(options with { SplitByUnicodeScript = false }).IsValid("aб."));
        Assert.True(new PieceRules(options with { SplitByWhitespace = false }).IsValid("in▁the"));
        Assert.False(new PieceRules(options with { SplitByWhitespace = false }).IsValid("in▁"));
    }

    [Fact]
    public void Single_digits_stand_alone()
    {
        PieceRules rules = new(new SubwordTrainingOptions { SplitDigits = true });
        Assert.True(rules.IsValid("7"));
        Assert.True(rules.IsValid("７"));
        Assert.False(rules.IsValid("▁7"));
        Assert.False(rules.IsValid("77"));
    }

    [Fact]
    public void A_length_counts_code_points() =>
        Assert.True(new PieceRules(new SubwordTrainingOptions { MaxPieceLength = 2 }).IsValid("😀😀"));

    // Training cuts the text at boundaries first, which is sound only while no piece can hold one.
    [Theory]
    [InlineData(true, true, true, false)]
    [InlineData(true, false, true, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, true, false)]
    [InlineData(false, false, false, true)]
    public void No_piece_of_up_to_four_characters_holds_a_boundary(bool byScript, bool byNumber, bool byWhitespace, bool digits)
    {
        PieceRules rules = new(new SubwordTrainingOptions
        {
            SplitByUnicodeScript = byScript,
            SplitByNumber = byNumber,
            SplitByWhitespace = byWhitespace,
            SplitDigits = digits,
        });
        const string Alphabet = "aб1▁あー漢\u0301.▅";
        int valid = 0;
        for (int number = 0; number < 10_000; number++)
        {
            int[] text = [Alphabet[number / 1000], Alphabet[number / 100 % 10], Alphabet[number / 10 % 10], Alphabet[number % 10]];
            if (!rules.IsValid(string.Concat(text.Select(codePoint => (char)codePoint))))
                continue;
            valid++;
            for (int i = 1; i < text.Length; i++)
                Assert.False(rules.IsBoundary(text[i - 1], text[i]), $"{text[i - 1]:X4} {text[i]:X4}");
        }
        Assert.InRange(valid, 100, 9_000);
    }

    [Theory]
    [InlineData('a', '.')]
    [InlineData('a', 'б')]
    [InlineData('a', '▁')]
    [InlineData('a', '1')]
    [InlineData('a', '▅')]
    [InlineData('\t', 'a')]
    public void Neighbours_that_never_share_a_piece_are_cut_apart(int left, int right) =>
        Assert.True(Default.IsBoundary(left, right));
}
