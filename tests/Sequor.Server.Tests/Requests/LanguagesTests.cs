using Sequor.Server.Requests;

namespace Sequor.Server.Tests.Requests;

public class LanguagesTests
{
    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("EN", "en")]
    [InlineData(" pt_BR ", "pt")]
    [InlineData("zh-Hans", "zh")]
    [InlineData("zh_Hans_CN", "zh")]
    [InlineData("zh-CN", "zh")]
    [InlineData("zh-Hant", "zh-hant")]
    [InlineData("zh-Hant-TW", "zh-hant")]
    [InlineData("zt", "zh-hant")]
    [InlineData("iw", "he")]
    [InlineData("xx", "xx")]
    [InlineData("", "")]
    public void A_code_means_its_language(string code, string language) => Assert.Equal(language, Languages.Normalize(code));

    [Fact]
    public void The_two_ways_to_write_Chinese_are_two_languages()
    {
        Assert.True(Languages.Fits("zh-Hans", "zh"));
        Assert.False(Languages.Fits("zh-Hant", "zh"));
    }

    [Fact]
    public void A_language_that_nobody_stated_fits_only_those_who_do_not_ask()
    {
        Assert.True(Languages.Fits(null, null));
        Assert.False(Languages.Fits("en", null));
    }

    [Fact]
    public void Languages_have_names_and_unknown_ones_their_codes()
    {
        Assert.Equal("German", Languages.Name("de-AT"));
        Assert.Equal("Chinese (traditional)", Languages.Name("zh-TW"));
        Assert.Equal("tlh", Languages.Name("tlh"));
    }
}
