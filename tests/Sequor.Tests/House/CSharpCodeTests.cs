namespace Sequor.Tests.House;

public class CSharpCodeTests
{
    [Theory]
    [InlineData("a // b\nc", "a  \nc")]
    [InlineData("a /* b\n */ c", "a  \n c")]
    [InlineData("a(\"b \\\" c\") d", "a( ) d")]
    [InlineData("a = \"\"; b", "a =  ; b")]
    [InlineData("a = @\"b\\\"; c", "a = @ ; c")]
    [InlineData("a = @\"b\"\"c\"; d", "a = @ ; d")]
    [InlineData("a = \"\"\"b \"c\" // d\"\"\"; e", "a =  ; e")]
    [InlineData("a = $\"b {c(\"d\")} e\"; f", "a = $ ; f")]
    [InlineData("a = '\"'; b = '\\''; c", "a =  ; b =  ; c")]
    [InlineData("a // never ends", "a  ")]
    public void Only_code_is_left(string text, string code) => Assert.Equal(code, CSharpCode.Of(text));
}
