using System.Text;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Requests;

namespace Sequor.Server.Tests.Requests;

public class JsonRequestTests
{
    [Theory]
    [InlineData("", "line 1, column 1: it is empty")]
    [InlineData("{", "line 1, column 2")]
    [InlineData("{\"input\": \"é\", }", "line 1, column 16")]
    [InlineData("{\n  \"input\": \"a\",\n  \"beam\" 5\n}", "line 3, column 10")]
    [InlineData("{\"input\": \"a\"} x", "line 1, column 16")]
    [InlineData("{\"input\": 'a'}", "line 1, column 11")]
    public void What_is_no_json_is_told_with_line_and_column(string body, string place) => Assert.Contains(place, Fault(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "The body must be a JSON object, but is an array.")]
    [InlineData("null", "The body must be a JSON object, but is null.")]
    [InlineData("{}", "'input' is missing; it must be a text or an array of texts.")]
    [InlineData("{\"input\": null}", "'input' is null; it must be a text or an array of texts.")]
    [InlineData("{\"input\": 5}", "'input' must be a text or an array of texts, but is 5.")]
    [InlineData("{\"input\": [\"a\", [\"b\"]]}", "'input[1]' must be a text, but is an array.")]
    [InlineData("{\"input\": [null]}", "'input[0]' must be a text, but is null.")]
    [InlineData("{\"input\": \"a\", \"beam\": \"5\"}", "'beam' must be a whole number, but is a text.")]
    [InlineData("{\"input\": \"a\", \"beam\": 5.5}", "'beam' must be a whole number, but is 5.5.")]
    [InlineData("{\"input\": \"a\", \"beam\": 99999999999}", "'beam' must be a whole number, but is 99999999999.")]
    [InlineData("{\"input\": \"a\", \"top_p\": true}", "'top_p' must be a number, but is true.")]
    [InlineData("{\"input\": \"a\", \"length_penalty\": 1e999}", "'length_penalty' must be a number, but is 1e999.")]
    [InlineData("{\"input\": \"a\", \"stream\": 1}", "'stream' must be true or false, but is 1.")]
    [InlineData("{\"input\": \"a\", \"prefix\": {}}", "'prefix' must be a text, but is an object.")]
    [InlineData("{\"input\": \"a\", \"glossary\": [\"b\"]}", "'glossary' must be an object of texts, but is an array.")]
    [InlineData("{\"input\": \"a\", \"glossary\": {\"b\": 1}}", "'glossary' must hold texts, but 'b' is 1.")]
    [InlineData("{\"input\": \"a\", \"glossary\": {\"b\": \"c\", \"b\": \"d\"}}", "'b' stands in 'glossary' twice; leave one out.")]
    [InlineData("{\"input\": \"a\", \"input\": \"b\"}", "'input' stands in the request twice; leave one out.")]
    [InlineData("{\"input\": \"a\", \"lenght_penalty\": 1}", "There is no field 'lenght_penalty'; did you mean 'length_penalty'?")]
    [InlineData("{\"input\": \"a\", \"stream_\": true}", "There is no field 'stream_'; did you mean 'stream'?")]
    public void What_looks_otherwise_is_told_by_the_name_of_the_field(string body, string sentence) => Assert.Equal(sentence, Fault(body));

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal("There is no field 'inputs'; did you mean 'input'? 'beam' must be a whole number, but is true. 'input' is missing; it must be a text or an array of texts.",
            Fault("{\"inputs\": \"a\", \"beam\": true}"));

    [Fact]
    public void Of_many_faults_the_first_ten_are_told() =>
        Assert.EndsWith("'input[9]' must be a text, but is 0. And 90 more.", Fault($"{{\"input\": [{string.Join(',', Enumerable.Repeat('0', 100))}]}}"), StringComparison.Ordinal);

    [Fact]
    public void Of_a_huge_name_a_beginning_is_told_and_no_advice_is_looked_for()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string sentence = Fault($"{{\"{new string('i', 100_000)}\": 1}}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Contains("known are model", sentence, StringComparison.Ordinal);
        Assert.InRange(FaultAnswer.Body(sentence).Length, 4000, 4100);
    }

    [Fact]
    public void Deep_json_is_refused_before_it_is_looked_at() =>
        Assert.Contains("more than 16 levels deep", Fault("{\"input\": " + new string('[', 100_000)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_utf8_are_told_with_their_place() =>
        Assert.Equal("The body is no UTF-8: line 2, column 3 holds a byte that begins no character.",
            Fault([.. "{\n\"ü"u8, 0xFF, .. "\": 1}"u8]));

    [Theory]
    [InlineData("{\"input\": \"\\ud83d\"}")]
    [InlineData("{\"input\": [\"\\ude00\\ud83d\"]}")]
    [InlineData("{\"\\ud83d\": 1}")]
    [InlineData("{\"input\": \"a\", \"glossary\": {\"\\ud83d\": \"b\"}}")]
    [InlineData("{\"input\": \"a\", \"glossary\": {\"b\": \"\\ud83d\"}}")]
    public void Half_a_character_is_refused(string body) => Assert.Contains("half of a character", Fault(body), StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Equal("a", Read([0xEF, 0xBB, 0xBF, .. "{\"input\": \"a\"}"u8]).Input.All[0]);

    [Fact]
    public void What_is_left_out_or_null_is_not_given()
    {
        GenerateRequest request = Read("{\"input\": [\"\"], \"beam\": null, \"model\": null}"u8.ToArray());
        Assert.True(request.Input.IsArray);
        Assert.Equal([""], request.Input.All);
        Assert.Null(request.Beam);
        Assert.Null(request.Model);
        Assert.Null(request.SplitSentences);
        Assert.False(request.Stream);
    }

    [Fact]
    public void Every_character_arrives_as_it_was_sent()
    {
        Assert.Equal("e\u0301 👩‍👩‍👧 \u0000 𝄞", Read("{\"input\": \"e\\u0301 👩‍👩‍👧 \\u0000 \\ud834\\udd1e\"}"u8.ToArray()).Input.All[0]);
    }

    [Fact]
    public void Unknown_fields_are_passed_over_where_that_is_asked_for() =>
        Assert.Equal("a", JsonRequest.Parse("{\"input\": \"a\", \"apiKey\": {\"deep\": [1]}, \"apiKey\": 2}"u8.ToArray(), GenerationJson.Default.GenerateRequest, false).Input.All[0]);

    private static string Fault(string body) => Fault(Encoding.UTF8.GetBytes(body));

    private static string Fault(byte[] body)
    {
        RequestFaultException fault = Assert.Throws<RequestFaultException>(() => Read(body));
        Assert.Equal(400, fault.Status);
        return fault.Message;
    }

    private static GenerateRequest Read(byte[] body) => JsonRequest.Parse(body, GenerationJson.Default.GenerateRequest, true);
}
