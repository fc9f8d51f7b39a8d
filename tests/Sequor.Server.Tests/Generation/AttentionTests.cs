namespace Sequor.Server.Tests.Generation;

public class AttentionTests(ServedModels served)
{
    [Fact]
    public async Task Every_layer_and_head_says_what_each_piece_looked_at()
    {
        Answer answer = await served.PostAsync("/v1/attention", """{"source": "The house is big.", "target": "Das Haus ist groß."}""");

        Assert.Equal(200, answer.Status);
        int sources = answer["source_tokens"].GetArrayLength();
        int targets = answer["target_tokens"].GetArrayLength();
        Assert.Equal("</s>", answer["source_tokens"][sources - 1].GetString());
        Assert.Equal("▁Das", answer["target_tokens"][0].GetString());
        Assert.Equal(4, answer["layers"].GetArrayLength());
        Assert.All(answer["layers"].EnumerateArray(), layer =>
        {
            Assert.Equal(4, layer.GetArrayLength());
            Assert.All(layer.EnumerateArray(), head =>
            {
                Assert.Equal(targets, head.GetArrayLength());
                Assert.All(head.EnumerateArray(), row =>
                {
                    Assert.Equal(sources, row.GetArrayLength());
                    Assert.Equal(1, row.EnumerateArray().Sum(share => share.GetDouble()), 1e-4);
                });
            });
        });
    }

    [Fact]
    public async Task More_pairs_of_pieces_than_an_answer_can_hold_are_refused()
    {
        string Sentence(string words) => string.Join(' ', Enumerable.Repeat(words, 110));
        Answer answer = await served.PostAsync("/v1/attention", $$"""{"source": "{{Sentence("The house is big.")}}", "target": "{{Sentence("Das Haus ist groß.")}}"}""");

        Assert.Equal(413, answer.Status);
        Assert.Matches("^'source' has [0-9,]+ pieces and 'target' [0-9,]+; this server tells this model's attention of 250,000 pairs of pieces. Ask for one sentence at a time.$", answer.Error);
    }
}
