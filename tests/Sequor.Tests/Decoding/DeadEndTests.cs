using Sequor.Decoding;

namespace Sequor.Tests.Decoding;

/// <summary>Every search ends, with an output or with a sentence, whatever the model says and the rules forbid.</summary>
public sealed class DeadEndTests
{
    public static TheoryData<SearchOptions> Searches =>
        [new GreedySearchOptions(), new BeamSearchOptions { BeamSize = 3 }, new SamplingSearchOptions()];

    [Theory, MemberData(nameof(Searches))]
    public void Predictions_that_are_not_numbers_are_named(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, written) => written.Length < 3 ? ScriptedModel.Logits(0, 0, 0.5, 0.5) : [float.NaN, 0, 0, 0]);
        var fault = Assert.Throws<ModelFormatException>(() => TinyModels.Search(model, search, [[2, 1]]));
        Assert.Equal("Decoding, piece 3: the model's predictions are not numbers (NaN). Its weights are damaged, or its training diverged.", fault.Message);
    }

    [Theory, MemberData(nameof(Searches))]
    public void An_output_that_may_not_go_on_ends(SearchOptions search)
    {
        // Two pieces, none twice, and at least five in all: after both have come nothing is left but the end.
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 0.2, 0.5, 0.3));
        SearchOptions options = search with { NoRepeatNgram = 1, Length = new LengthLimits { Minimum = 5 } };
        Hypothesis one = TinyModels.Search(model, options, [[2, 1]])[0][0];
        Assert.Equal([2, 3], one.Ids.Order());
        Assert.Equal(StopReason.EndOfSentence, one.StoppedBy);
        Assert.Equal(Math.Log(0.2), one.TokenLogProbabilities[2], 5);
    }

    [Theory, MemberData(nameof(Searches))]
    public void A_ban_on_everything_gives_an_empty_output(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 0.2, 0.5, 0.3));
        Assert.Empty(TinyModels.Search(model, search with { BannedIds = [1, 2, 3] }, [[2, 1]])[0][0].Ids);
    }

    [Theory, MemberData(nameof(Searches))]
    public void A_prefix_is_written_even_where_the_model_holds_it_for_impossible(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, written) => written.Length < 3 ? ScriptedModel.Logits(0, 0, 1, 0) : ScriptedModel.Logits(0, 1, 0, 0));
        Hypothesis one = TinyModels.Search(model, search, [[2, 1]], prefixes: [[3, 2]])[0][0];
        Assert.Equal([3, 2], one.Ids);
        Assert.Equal(StopReason.EndOfSentence, one.StoppedBy);
    }

    [Theory, MemberData(nameof(Searches))]
    public void Ids_that_the_vocabulary_does_not_hold_are_refused(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 1, 0, 0));
        Assert.Contains("the id 4", Assert.Throws<ArgumentException>(() => TinyModels.Search(model, search with { BannedIds = [4] }, [[2, 1]])).Message, StringComparison.Ordinal);
        Assert.Contains("the id -1", Assert.Throws<ArgumentException>(() => TinyModels.Search(model, search, [[2, 1]], prefixes: [[-1]])).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Searches))]
    public void A_prefix_longer_than_the_limit_is_written_whole(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 0.1, 0.5, 0.4));
        Hypothesis one = TinyModels.Search(model, search with { Length = new LengthLimits { Maximum = 1 } }, [[2, 1]], prefixes: [[3, 3, 2]])[0][0];
        Assert.Equal([3, 3, 2], one.Ids);
        Assert.Equal(StopReason.MaximumLength, one.StoppedBy);
    }

    [Fact]
    public void A_beam_wider_than_the_vocabulary_and_a_limit_of_one_piece_give_what_there_is()
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0, 0.2, 0.5, 0.3));
        var options = new BeamSearchOptions { BeamSize = 9, NBest = 9, Normalization = LengthNormalization.None, Length = new LengthLimits { Maximum = 1 } };
        Assert.Equal([[2], [3], []], TinyModels.Search(model, options, [[2, 1]])[0].Select(one => one.Ids));
    }

    [Fact]
    public void Outputs_of_one_score_keep_the_order_of_their_pieces()
    {
        var model = new ScriptedModel(5, (_, _) => ScriptedModel.Logits(0, 0.25, 0.25, 0.25, 0.25));
        var options = new BeamSearchOptions { BeamSize = 4, NBest = 4, Normalization = LengthNormalization.None, Length = new LengthLimits { Maximum = 1 } };
        Assert.Equal([[], [2], [3], [4]], TinyModels.Search(model, options, [[2, 1]])[0].Select(one => one.Ids));
    }
}
