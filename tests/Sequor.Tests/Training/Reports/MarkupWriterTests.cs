using Sequor.Training.Reports.Markup;

namespace Sequor.Tests.Training.Reports;

public class MarkupWriterTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\"a\" & 'b'", "&quot;a&quot; &amp; &#39;b&#39;")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("שלום 🙂 水", "שלום 🙂 水")]
    [InlineData("a\0b\u0001\u007F\u0085", "a\uFFFDb\uFFFD\uFFFD\uFFFD")]
    [InlineData("tab\tline\nreturn\r", "tab\tline\nreturn\u240D")]
    public void Text_is_escaped_alike_in_elements_and_attributes(string text, string escaped)
    {
        StringWriter output = new();
        MarkupWriter markup = new(output);
        markup.TextElement("p", text, ("title", text), ("lang", null));

        Assert.Equal($"<p title=\"{escaped}\">{escaped}</p>", output.ToString());
    }

    [Fact]
    public void A_surrogate_without_its_other_half_is_replaced()
    {
        StringWriter output = new();
        new MarkupWriter(output).Text("a\uD83Db");

        Assert.Equal("a\uFFFDb", output.ToString());
    }

    [Fact]
    public void Elements_close_in_the_order_in_which_they_were_opened()
    {
        StringWriter output = new();
        MarkupWriter markup = new(output);
        using (markup.Element("ul", ("class", "a")))
        using (markup.Element("li"))
        {
            markup.EmptyElement("br");
        }

        Assert.Equal("<ul class=\"a\"><li><br/></li></ul>", output.ToString());
    }

    [Theory]
    [InlineData(1.005, "1")]
    [InlineData(-0.001, "0")]
    [InlineData(12.3456, "12.35")]
    [InlineData(1e6, "1000000")]
    public void Coordinates_have_at_most_two_digits_after_the_point(double value, string text) =>
        Assert.Equal(text, MarkupWriter.Number(value));
}
