using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Generation;

public class RequestedSearchTests
{
    private static readonly RequestLimits _limits = RequestLimits.Of(new ServerOptions());
    private static readonly GenerateRequest _nothing = new() { Input = TextOrTexts.One("a") };

    [Fact]
    public void Nothing_asked_is_the_models_own_search()
    {
        var search = Assert.IsType<BeamSearchOptions>(Of(_nothing, new DecodingConfiguration { Beam = 7, LengthPenalty = 0.5, MaxLength = 99 }));
        Assert.Equal(7, search.BeamSize);
        Assert.Equal(0.5f, search.LengthPenalty);
        Assert.Equal(99, search.Length.Maximum);
        Assert.False(search.RecordAttention);
    }

    [Fact]
    public void Every_field_reaches_the_beam()
    {
        var search = Assert.IsType<BeamSearchOptions>(Of(_nothing with
        {
            Decode = "beam",
            Beam = 8,
            Nbest = 3,
            LengthPenalty = 0.7,
            MaxLength = 50,
            MinLength = 2,
            NoRepeatNgram = 3,
            RepetitionPenalty = 1.2,
            Alignments = true,
        }));
        Assert.Equal((8, 3, 0.7f, 50, 2, 3, 1.2f, true),
            (search.BeamSize, search.NBest, search.LengthPenalty, search.Length.Maximum, search.Length.Minimum, search.NoRepeatNgram, search.RepetitionPenalty, search.RecordAttention));
    }

    [Fact]
    public void Every_field_reaches_sampling()
    {
        var search = Assert.IsType<SamplingSearchOptions>(Of(_nothing with { Decode = "sample", Temperature = 0.8, TopK = 10, TopP = 0.9, Seed = 7, Nbest = 4 }));
        Assert.Equal((0.8f, 10, 0.9f, 7UL, 4), (search.Temperature, search.TopK, search.TopP, search.Seed, search.NBest));
        Assert.Equal(0.8f, Assert.IsType<MinimumBayesRiskOptions>(Of(_nothing with { Decode = "mbr", Temperature = 0.8 })).Sampling.Temperature);
    }

    [Fact]
    public void Greedy_is_a_beam_of_one() => Assert.Equal(1, Assert.IsType<BeamSearchOptions>(Of(_nothing with { Decode = "greedy" })).BeamSize);

    [Theory]
    [InlineData(1, 10, false, 10)]
    [InlineData(5, 1, true, 5)]
    [InlineData(1, 1, true, 5)]
    [InlineData(1, 1, false, 1)]
    public void A_beam_that_nobody_named_is_wide_enough(int own, int nBest, bool withTerms, int beam)
    {
        GenerateRequest request = _nothing with { Nbest = nBest, Glossary = withTerms ? new Dictionary<string, string> { ["a"] = "b" } : null };
        Assert.Equal(beam, Assert.IsType<BeamSearchOptions>(Of(request, new DecodingConfiguration { Beam = own })).BeamSize);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { """{"decode": "beem"}""", "'decode' is 'beem', but must be greedy, beam, sample or mbr. Did you mean beam?" },
        { """{"decode": "telepathy"}""", "'decode' is 'telepathy', but must be greedy, beam, sample or mbr." },
        { """{"beam": 0}""", "'beam' is 0; this server takes 1 to 64." },
        { """{"nbest": 65}""", "'nbest' is 65; this server takes 1 to 64." },
        { """{"temperature": 2}""", "'temperature' has no effect without sampling; set 'decode' to sample or mbr, or leave it out." },
        { """{"seed": 2}""", "'seed' has no effect without sampling; set 'decode' to sample or mbr, or leave it out." },
        { """{"decode": "sample", "beam": 5}""", "'beam' has no effect on sample; set 'decode' to beam, or leave it out." },
        { """{"decode": "greedy", "beam": 5}""", "'decode' is greedy, which is a beam of 1, but 'beam' is 5." },
        { """{"decode": "mbr", "glossary": {"a": "b"}}""", "'glossary' needs a beam; set 'decode' to beam." },
        { """{"decode": "greedy", "glossary": {"a": "b"}}""", "'glossary' needs a beam; set 'decode' to beam." },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_cannot_be_is_told_by_the_name_of_the_field(string fields, string sentence) => Assert.StartsWith(sentence, Fault(fields), StringComparison.Ordinal);

    [Fact]
    public void What_is_beyond_the_limits_is_told_once() => Assert.Equal("'nbest' is 10000; this server takes 1 to 64.", Fault("""{"nbest": 10000}"""));

    [Theory]
    [InlineData("""{"length_penalty": 11}""", "'length_penalty': ")]
    [InlineData("""{"max_length": 0}""", "'max_length': ")]
    [InlineData("""{"min_length": -1}""", "'min_length': ")]
    [InlineData("""{"decode": "sample", "temperature": 0}""", "'temperature': ")]
    [InlineData("""{"decode": "sample", "top_k": -1}""", "'top_k': ")]
    [InlineData("""{"decode": "sample", "top_p": 1.5}""", "'top_p': ")]
    [InlineData("""{"decode": "sample", "seed": -1}""", "'seed': ")]
    [InlineData("""{"no_repeat_ngram": -1}""", "'no_repeat_ngram': ")]
    [InlineData("""{"repetition_penalty": 0}""", "'repetition_penalty': ")]
    [InlineData("""{"beam": 2, "nbest": 3}""", "'nbest': ")]
    [InlineData("""{"min_length": 9, "max_length": 8}""", "'min_length': ")]
    public void What_is_out_of_range_is_told_by_the_name_of_the_field(string fields, string beginning) => Assert.StartsWith(beginning, Fault(fields), StringComparison.Ordinal);

    private static string Fault(string fields)
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes("{\"input\": \"a\", " + fields[1..]);
        GenerateRequest request = JsonRequest.Parse(body, GenerationJson.Default.GenerateRequest, true);
        RequestFaultException fault = Assert.Throws<RequestFaultException>(() => Of(request));
        Assert.Equal(400, fault.Status);
        return fault.Message;
    }

    private static SearchOptions Of(GenerateRequest request, DecodingConfiguration? own = null) => RequestedSearch.Of(request, own ?? new DecodingConfiguration(), _limits);
}
