using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

/// <summary>Scripts as in Scripts.txt of Unicode 14.0.0.</summary>
public sealed class UnicodeScriptsTests
{
    [Theory]
    [InlineData(0x0000, UnicodeScripts.Common)]
    [InlineData('@', UnicodeScripts.Common)]
    [InlineData('[', UnicodeScripts.Common)]
    [InlineData(0x00D7, UnicodeScripts.Common)]
    [InlineData(0x0300, UnicodeScripts.Inherited)]
    [InlineData(0x036F, UnicodeScripts.Inherited)]
    [InlineData(0x2581, UnicodeScripts.Common)]
    [InlineData(0x3041, UnicodeScripts.Hiragana)]
    [InlineData(0x30A2, UnicodeScripts.Katakana)]
    [InlineData(0x30FC, UnicodeScripts.Common)]
    [InlineData(0x4E00, UnicodeScripts.Han)]
    [InlineData(0x2A6DF, UnicodeScripts.Han)]
    [InlineData(0x1F600, UnicodeScripts.Common)]
    [InlineData(0x10FFFF, UnicodeScripts.Common)]
    public void A_code_point_has_the_script_of_the_standard(int codePoint, byte script) =>
        Assert.Equal(script, UnicodeScripts.Of(codePoint));

    [Theory]
    [InlineData("AZazªÀÖØöøʸḀﬀＡ")]
    [InlineData("ΑΩαωἀῼ")]
    [InlineData("АЯаяѐӿ")]
    [InlineData("את")]
    [InlineData("가힣")]
    public void Letters_of_one_script_share_a_number(string letters) =>
        Assert.Single(letters.Select(letter => UnicodeScripts.Of(letter)).Distinct());

    [Fact]
    public void Letters_of_different_scripts_differ() =>
        Assert.Equal(7, "aαаא가あ漢".Select(letter => UnicodeScripts.Of(letter)).Distinct().Count());

    [Fact]
    public void The_runs_ascend_and_begin_at_zero()
    {
        Assert.Equal(0u, UnicodeScriptTable.Runs[0]);
        for (int run = 1; run < UnicodeScriptTable.Runs.Length; run++)
            Assert.True(UnicodeScriptTable.Runs[run] >> 8 > UnicodeScriptTable.Runs[run - 1] >> 8);
    }
}
