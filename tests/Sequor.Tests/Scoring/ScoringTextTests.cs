using Sequor.Scoring;

namespace Sequor.Tests.Scoring;

public class ScoringTextTests
{
    // Python: "ΟΔΟΣ ΣΑΣ' Σ".lower(), "İI".lower(), "ÅK".lower() with the Ångström and Kelvin signs.
    [Theory]
    [InlineData("ΟΔΟΣ ΣΑΣ' Σ", "οδος σας' σ")]
    [InlineData("İI", "i\u0307i")]
    [InlineData("\u212B\u212A", "åk")]
    [InlineData("ÄÖÜẞ", "äöüß")]
    [InlineData("\U00010400", "\U00010428")]
    public void Lower_case_is_pythons(string text, string expected) => Assert.Equal(expected, LowerCase.Of(text));

    [Fact]
    public void White_space_is_pythons()
    {
        int[] expected =
        [
            0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
            0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
        ];

        Assert.Equal(expected, Enumerable.Range(0, 0x110000).Where(Whitespace.IsSpace));
    }
}
