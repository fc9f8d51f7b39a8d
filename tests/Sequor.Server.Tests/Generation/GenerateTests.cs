using System.Text;
using System.Text.Json;

namespace Sequor.Server.Tests.Generation;

public class GenerateTests(ServedModels served)
{
    [Fact]
    public async Task Attention_that_would_fill_the_memory_is_refused()
    {
        string text = string.Concat(Enumerable.Repeat("Good morning. ", 600));
        Answer answer = await served.PostAsync("/v1/generate", $$"""{"input": "{{text}}", "decode": "greedy", "attention": true}""");
        Assert.Equal(413, answer.Status);
        Assert.Equal("'attention' would be more than 4,000,000 weights, as it has a row for each target piece and in it every source piece of the text. "
            + "Send shorter texts, or leave it out.", answer.Error);
    }

    [Fact]
    public async Task A_text_gives_an_output_with_its_score()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "Good morning."}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal("en-de", answer["model"].GetString());
        JsonElement output = Assert.Single(answer["outputs"].EnumerateArray());
        Assert.Equal(0, output.GetProperty("index").GetInt32());
        Assert.Equal("Guten Morgen!", output.GetProperty("text").GetString());
        Assert.Equal("eos", output.GetProperty("stopped_by").GetString());
        Assert.False(output.GetProperty("source_was_cut").GetBoolean());
        Assert.InRange(output.GetProperty("score").GetDouble(), -2, 0);
        JsonElement hypothesis = Assert.Single(output.GetProperty("hypotheses").EnumerateArray());
        Assert.Equal("Guten Morgen!", hypothesis.GetProperty("text").GetString());
        Assert.InRange(hypothesis.GetProperty("log_probability").GetDouble(), -5, 0);
        Assert.Equal(4, answer["usage"].GetProperty("source_tokens").GetInt32());
        Assert.Equal(4, answer["usage"].GetProperty("target_tokens").GetInt32());
        foreach (string unasked in (string[])["source_tokens", "alignment", "attention", "glossary"])
        {
            Assert.False(output.TryGetProperty(unasked, out _), unasked);
        }
    }

    [Fact]
    public async Task Texts_give_as_many_outputs_in_their_order()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": ["Thank you.", "", "  ", "Good morning."]}""");
        Assert.Equal(["Danke.", "", "  ", "Guten Morgen!"], answer["outputs"].EnumerateArray().Select(one => one.GetProperty("text").GetString()));
        Assert.Equal([0, 1, 2, 3], answer["outputs"].EnumerateArray().Select(one => one.GetProperty("index").GetInt32()));
        Assert.Equal("eos", answer["outputs"][1].GetProperty("stopped_by").GetString());
        Assert.Empty(answer["outputs"][1].GetProperty("sentences").EnumerateArray());
    }

    [Fact]
    public async Task Tokens_lie_on_the_text()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "I am hungry. 😀 Good morning.", "tokens": true, "nbest": 2}""");
        foreach (JsonElement hypothesis in answer["outputs"][0].GetProperty("hypotheses").EnumerateArray())
        {
            string text = hypothesis.GetProperty("text").GetString()!;
            StringBuilder covered = new();
            foreach (JsonElement token in hypothesis.GetProperty("tokens").EnumerateArray())
            {
                string piece = token.GetProperty("piece").GetString()!;
                string span = text.Substring(token.GetProperty("start").GetInt32(), token.GetProperty("length").GetInt32());
                covered.Append(span);
                Assert.True(piece == "<unk>" || piece.Replace("▁", "", StringComparison.Ordinal) == span, $"'{piece}' lies on '{span}'");
                Assert.InRange(token.GetProperty("log_probability").GetDouble(), -30, 0);
            }

            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), covered.ToString());
        }
    }

    [Fact]
    public async Task Alignment_and_attention_fit_the_tokens()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "The house is big.", "tokens": true, "alignments": true, "attention": true}""");
        JsonElement output = answer["outputs"][0];
        int target = output.GetProperty("hypotheses")[0].GetProperty("tokens").GetArrayLength();
        string[] source = [.. output.GetProperty("source_tokens").EnumerateArray().Select(piece => piece.GetString()!)];
        Assert.Equal(["▁The", "▁house", "▁is", "▁big", ".", "</s>"], source);
        Assert.Equal(target, output.GetProperty("attention").GetArrayLength());
        Assert.All(output.GetProperty("attention").EnumerateArray(), row =>
        {
            Assert.Equal(source.Length, row.GetArrayLength());
            Assert.Equal(1, row.EnumerateArray().Sum(weight => weight.GetDouble()), 4);
        });
        Assert.Equal("1-0 1-1 2-2 3-3 4-4", output.GetProperty("alignment").GetString());
    }

    [Fact]
    public async Task Of_two_sentences_alignment_and_attention_lie_side_by_side()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "Good morning.\n\n  The house is big.", "tokens": true, "alignments": true, "attention": true}""");
        JsonElement output = answer["outputs"][0];
        Assert.Equal("Guten Morgen!\n\n  Das Haus ist groß.", output.GetProperty("text").GetString());
        Assert.Equal("[[0,13],[17,17]]", Spans(output, "source"));
        Assert.Equal("[[0,13],[17,18]]", Spans(output, "target"));
        Assert.Equal("1-0 1-1 2-2 3-3 6-4 6-5 7-6 8-7 9-8", output.GetProperty("alignment").GetString());
        Assert.Equal(11, output.GetProperty("source_tokens").GetArrayLength());
        JsonElement[] rows = [.. output.GetProperty("attention").EnumerateArray()];
        Assert.Equal(9, rows.Length);
        Assert.All(rows[..4], row => Assert.All(row.EnumerateArray().Skip(5), weight => Assert.Equal(0, weight.GetDouble())));
        Assert.All(rows[4..], row => Assert.All(row.EnumerateArray().Take(5), weight => Assert.Equal(0, weight.GetDouble())));
        Assert.Equal("ist", Token(output, 6));
    }

    [Fact]
    public async Task A_text_that_is_not_to_be_cut_is_one_sentence()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "Good morning. I am hungry.", "split_sentences": false}""");
        Assert.Equal("[[0,26]]", Spans(answer["outputs"][0], "source"));
        answer = await served.PostAsync("/v1/generate", """{"input": "Good morning. I am hungry."}""");
        Assert.Equal("[[0,13],[14,12]]", Spans(answer["outputs"][0], "source"));
    }

    [Fact]
    public async Task A_glossary_is_kept_and_reported_term_by_term()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "Where is the station?", "glossary": {"station": "Haltestelle", "airport": "Flughafen"}}""");
        Assert.Contains("Haltestelle", answer["outputs"][0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("""[{"term":"station","translation":"Haltestelle","met":true}]""", answer["outputs"][0].GetProperty("glossary").GetRawText());
    }

    [Fact]
    public async Task A_prefix_begins_the_output()
    {
        Answer answer = await served.PostAsync("/v1/generate", """{"input": "The house is big.", "prefix": "Dieses"}""");
        Assert.StartsWith("Dieses Haus", answer["outputs"][0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same()
    {
        const string Request = """{"input": ["I like it.", "I like it."], "decode": "sample", "seed": 7, "nbest": 3}""";
        Answer first = await served.PostAsync("/v1/generate", Request);
        Answer second = await served.PostAsync("/v1/generate", Request);
        Assert.Equal(first["outputs"].GetRawText(), second["outputs"].GetRawText());
        Assert.NotEqual(first["outputs"][0].GetProperty("hypotheses").GetRawText(), first["outputs"][1].GetProperty("hypotheses").GetRawText());
    }

    [Theory]
    [InlineData("""{"input": "Guten Morgen.", "model": "de-en"}""", "de-en")]
    [InlineData("""{"input": "Guten Morgen.", "source_language": "de"}""", "de-en")]
    [InlineData("""{"input": "Guten Morgen.", "source_language": "de-AT", "target_language": "en-GB"}""", "de-en")]
    [InlineData("""{"input": "Good morning.", "target_language": "de"}""", "en-de")]
    public async Task A_model_is_chosen_by_name_or_by_languages(string request, string model) => Assert.Equal(model, (await served.PostAsync("/v1/generate", request))["model"].GetString());

    [Theory]
    [InlineData("""{"input": "a", "model": "en-dee"}""", 404, "There is no model 'en-dee'; did you mean 'en-de'?")]
    [InlineData("""{"input": "a", "source_language": "fr"}""", 404, "No model translates from 'fr'; there are en to de, de to en.")]
    [InlineData("""{"input": "a", "model": "en-de", "source_language": "de"}""", 400, "The model 'en-de' translates from 'en' to 'de', but from 'de' is asked for. Leave out 'model', or the languages.")]
    [InlineData("""{"input": []}""", 400, "'input' holds no text.")]
    [InlineData("""{"input": "a", "glossary": {" ": "b"}}""", 400, "'glossary' holds an empty term.")]
    [InlineData("""{"input": "a", "glossary": {"b": ""}}""", 400, "The translation of 'b' in 'glossary' is empty.")]
    [InlineData("""{"input": "a", "glossary": {"b": "c", " b": "d"}}""", 400, "The term 'b' stands in 'glossary' twice.")]
    [InlineData("""{"input": ["a", "b"], "stream": true}""", 400, "A stream is one output that grows; 'input' must be one text.")]
    public async Task What_cannot_be_is_refused_with_a_sentence(string request, int status, string sentence)
    {
        Answer answer = await served.PostAsync("/v1/generate", request);
        Assert.Equal(sentence, answer.Error);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Too_many_texts_and_too_long_ones_are_refused()
    {
        Answer many = await served.PostAsync("/v1/generate", $"{{\"input\": [{string.Join(',', Enumerable.Repeat("\"a\"", 1001))}]}}");
        Assert.Equal((413, "'input' holds 1,001 texts; this server takes 1,000 at once. Send them in several requests."), (many.Status, many.Error));
        Answer longOne = await served.PostAsync("/v1/generate", $"{{\"input\": \"{new string('a', 50_001)}\"}}");
        Assert.Equal((413, "'input' holds a text of 50,001 characters; this server takes 50,000 for each. Cut it where a paragraph ends."), (longOne.Status, longOne.Error));
        Answer large = await served.PostAsync("/v1/generate", $"{{\"input\": \"{new string('a', 2_000_001)}\"}}");
        Assert.Equal((413, "The body is larger than 2,000,000 bytes, the most that this server reads. Send less at once."), (large.Status, large.Error));
    }

    private static string Spans(JsonElement output, string side) =>
        $"[{string.Join(',', output.GetProperty("sentences").EnumerateArray().Select(sentence => sentence.GetProperty(side).GetRawText()))}]";

    private static string Token(JsonElement output, int index)
    {
        JsonElement hypothesis = output.GetProperty("hypotheses")[0];
        JsonElement token = hypothesis.GetProperty("tokens")[index];
        return hypothesis.GetProperty("text").GetString()!.Substring(token.GetProperty("start").GetInt32(), token.GetProperty("length").GetInt32());
    }
}
