using Sequor.Decoding;

namespace Sequor.Tests.Decoding;

/// <summary>Rules about what may be written, each in a case worked out by hand.</summary>
public sealed class RuleTests
{
    // Begin, end, then pieces 2 to 5; the model likes 2, then 3, 4, 5, and the end least.
    private static readonly float[] _liking = ScriptedModel.Logits(0.01, 0.05, 0.4, 0.3, 0.2, 0.04);

    public static TheoryData<SearchOptions> Searches => [new GreedySearchOptions(), new BeamSearchOptions { BeamSize = 1 }];

    [Theory, MemberData(nameof(Searches))]
    public void Without_rules_the_best_piece_comes_again_and_again(SearchOptions search) =>
        Assert.Equal([2, 2, 2, 2], Written(search, 4));

    [Theory, MemberData(nameof(Searches))]
    public void No_piece_comes_twice_when_runs_of_one_may_not(SearchOptions search) =>
        Assert.Equal([2, 3, 4], Written(search with { NoRepeatNgram = 1 }, 10));

    [Theory, MemberData(nameof(Searches))]
    public void No_pair_comes_twice_when_runs_of_two_may_not(SearchOptions search) =>
        Assert.Equal([2, 2, 3, 2, 4, 2], Written(search with { NoRepeatNgram = 2 }, 6));

    [Theory, MemberData(nameof(Searches))]
    public void Banned_pieces_are_never_written(SearchOptions search) =>
        Assert.Equal([3, 3, 3], Written(search with { BannedIds = [2, 5] }, 3));

    [Theory, MemberData(nameof(Searches))]
    public void Begin_and_padding_are_never_written(SearchOptions search)
    {
        var model = new ScriptedModel(4, (_, _) => ScriptedModel.Logits(0.5, 0.1, 0.1, 0.3));
        Hypothesis one = TinyModels.Search(
            model, search with { Length = new LengthLimits { Maximum = 2 } }, [[2, 1]], special: new SpecialIds(Begin: 0, End: 1, Pad: 3))[0][0];
        Assert.Empty(one.Ids);
    }

    [Fact]
    public void The_repetition_penalty_divides_positive_logits_and_multiplies_negative_ones()
    {
        var model = new ScriptedModel(4, (_, written) => written.Length < 3 ? [-9, -9, 3, -1] : [-9, 9, 0, 0]);
        var options = new GreedySearchOptions { RepetitionPenalty = 2 };
        Hypothesis one = TinyModels.Search(model, options, [[2, 1]], prefixes: [[3]])[0][0];

        // At first nothing is penalised; behind the prefix 3 its logit -1 becomes -2.
        Assert.Equal([3, 2], one.Ids);
        Assert.Equal(-1 - LogSumExp(-9, -9, 3, -1), one.TokenLogProbabilities[0], 5);
        Assert.Equal(3 - LogSumExp(-9, -9, 3, -2), one.TokenLogProbabilities[1], 5);
        Assert.Equal(9 - LogSumExp(-9, 9, 0, 0), one.TokenLogProbabilities[2], 5);

        // 2 is written with the logit 3; then it has 1.5 and is written again: a piece counts once however often it came.
        Hypothesis free = TinyModels.Search(new ScriptedModel(4, (_, _) => [-9, -9, 3, 1]), options with { Length = new LengthLimits { Maximum = 3 } }, [[2, 1]])[0][0];
        Assert.Equal([2, 2, 2], free.Ids);
        Assert.Equal(1.5 - LogSumExp(-9, -9, 1.5, 1), free.TokenLogProbabilities[2], 5);
    }

    [Theory, MemberData(nameof(Searches))]
    public void The_end_waits_for_the_shortest_length(SearchOptions search)
    {
        var model = new ScriptedModel(3, (_, _) => ScriptedModel.Logits(0, 0.9, 0.1));
        Assert.Empty(TinyModels.Search(model, search, [[2, 1]])[0][0].Ids);
        Hypothesis three = TinyModels.Search(model, search with { Length = new LengthLimits { Minimum = 3 } }, [[2, 1]])[0][0];
        Assert.Equal([2, 2, 2], three.Ids);
        Assert.Equal(StopReason.EndOfSentence, three.StoppedBy);
        Hypothesis half = TinyModels.Search(model, search with { Length = new LengthLimits { MinimumRatio = 0.5 } }, [[2, 2, 2, 1]])[0][0];
        Assert.Equal([2, 2], half.Ids);
    }

    [Theory, MemberData(nameof(Searches))]
    public void An_output_that_reaches_the_greatest_length_says_so(SearchOptions search)
    {
        Hypothesis one = TinyModels.Search(
            new ScriptedModel(6, (_, _) => _liking), search with { Length = new LengthLimits { Maximum = null, MaximumRatio = 1, MaximumExtra = 1 } }, [[4, 4, 1]])[0][0];
        Assert.Equal([2, 2, 2], one.Ids);
        Assert.Equal(StopReason.MaximumLength, one.StoppedBy);
        Assert.Equal(3, one.TokenLogProbabilities.Length);
    }

    [Fact]
    public void Each_sentence_of_a_batch_has_the_limits_of_its_own_source()
    {
        var options = new BeamSearchOptions { BeamSize = 2, Length = new LengthLimits { MaximumRatio = 1, MaximumExtra = 0 } };
        var found = TinyModels.Search(new ScriptedModel(6, (_, _) => _liking), options, [[4, 4, 4, 1], [4, 1], [4, 4, 1]]);
        Assert.Equal([3, 1, 2], found.Select(outputs => outputs[0].Ids.Length));
    }

    [Theory]
    [InlineData(10, 100, 0, 40)]
    [InlineData(0, 100, 0, 20)]
    [InlineData(400, 100, 0, 99)]
    [InlineData(400, int.MaxValue, 0, 256)]
    [InlineData(1, 2, 0, 1)]
    public void Limits_are_the_tightest_of_absolute_relative_and_the_models_own(int source, int longest, int minimum, int maximum) =>
        Assert.Equal((minimum, maximum), new LengthLimits().For(source, longest));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_forced_prefix_is_written_against_all_other_rules(bool beam)
    {
        SearchOptions options = beam ? new BeamSearchOptions { BeamSize = 3 } : new GreedySearchOptions();
        options = options with { BannedIds = [5], NoRepeatNgram = 1, Length = new LengthLimits { Maximum = 5 } };
        var found = TinyModels.Search(new ScriptedModel(6, (_, _) => _liking), options, [[2, 1], [2, 1]], prefixes: [[5, 5, 4], []]);

        Assert.Equal([5, 5, 4, 2, 3], found[0][0].Ids);
        Assert.Equal(Math.Log(0.04), found[0][0].TokenLogProbabilities[0], 5);
        Assert.DoesNotContain(5, found[1][0].Ids);
    }

    [Fact]
    public void A_prefix_that_the_model_would_have_written_changes_nothing()
    {
        using var model = TinyModels.Make(30, 6);
        int[][] sources = TinyModels.Sentences(4, 30, 8, 9);
        var options = new GreedySearchOptions { Length = new LengthLimits { Minimum = 4 } };
        var free = TinyModels.Search(model, options, sources);
        var forced = TinyModels.Search(model, options, sources, prefixes: [.. free.Select(outputs => outputs[0].Ids[..3])]);
        for (int i = 0; i < sources.Length; i++)
        {
            Assert.Equal(free[i][0].Ids, forced[i][0].Ids);
            Assert.Equal(TinyModels.Bits(free[i][0].TokenLogProbabilities), TinyModels.Bits(forced[i][0].TokenLogProbabilities));
        }
    }

    [Fact]
    public void Prefixes_must_be_as_many_as_sentences()
    {
        var model = new ScriptedModel(6, (_, _) => _liking);
        Assert.Contains(
            "2 sentences were given 1 prefixes",
            Assert.Throws<ArgumentException>(() => TinyModels.Search(model, new GreedySearchOptions(), [[2, 1], [3, 1]], prefixes: [[2]])).Message);
    }

    private static int[] Written(SearchOptions search, int most) => TinyModels.Search(
        new ScriptedModel(6, (_, _) => _liking), search with { Length = new LengthLimits { Maximum = most } }, [[2, 1]])[0][0].Ids;

    private static double LogSumExp(params double[] values) => Math.Log(values.Sum(Math.Exp));
}
