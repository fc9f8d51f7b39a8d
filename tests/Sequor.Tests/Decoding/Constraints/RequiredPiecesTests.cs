using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Phrases that must be written, over pieces.</summary>
public sealed class RequiredPiecesTests
{
    // Begin, end, then pieces 2 to 6; the model likes 2 best, then 3, and so on; after four pieces it likes the end.
    private static readonly ScriptedModel _model = new(7, (_, written) => written.Length < 5
        ? ScriptedModel.Logits(0.001, 0.01, 0.5, 0.2, 0.15, 0.1, 0.039)
        : ScriptedModel.Logits(0.001, 0.9, 0.04, 0.03, 0.02, 0.005, 0.004));

    [Theory]
    [InlineData("5")]
    [InlineData("6 6")]
    [InlineData("3 4|4 5")]
    [InlineData("6|6")]
    [InlineData("6 6|6")]
    [InlineData("4 6 3|3 2")]
    public void Every_phrase_is_written(string list)
    {
        int[][] phrases = [.. list.Split('|').Select(phrase => phrase.Split(' ').Select(piece => piece[0] - '0').ToArray())];
        foreach (int beam in new[] { 1, 2, 5, 20 })
        {
            Hypothesis best = Search(beam, 12, [.. phrases.Select(phrase => Require(phrase))])[0];
            Assert.All(phrases, phrase => Assert.True(Occurrences(best.Ids, phrase) > 0));
            Assert.All(best.Constraints, outcome => Assert.True(outcome.IsMet));
            Assert.Equal(phrases.Length, best.Constraints.Count);
            Assert.Equal(StopReason.EndOfSentence, best.StoppedBy);
        }
    }

    [Fact]
    public void A_phrase_asked_for_twice_is_written_twice_and_its_occurrences_do_not_overlap()
    {
        Hypothesis best = Search(8, 12, Require([6, 6]), Require([6, 6]))[0];
        Assert.True(Occurrences(best.Ids, [6, 6, 6, 6]) > 0 || Occurrences(best.Ids, [6, 6]) == 2, string.Join(' ', best.Ids));
    }

    [Theory]
    [InlineData("22", false)]
    [InlineData("222", false)]
    [InlineData("2222", true)]
    [InlineData("22322", true)]
    [InlineData("2232", false)]
    [InlineData("32232233", true)]
    public void Occurrences_of_one_phrase_are_counted_without_overlap(string written, bool isTwice)
    {
        var machine = new PhraseMachine([new Phrase(0, [[-1, 2, -1, 2, -1]], 2), new Phrase(1, [[-1, 2, -1, 2, -1]], 2)], null);
        int state = machine.Start;
        foreach (char piece in written)
        {
            state = machine.Next(state, 2, piece - '0');
        }

        Assert.Equal(isTwice, machine.MayEnd(state));
    }

    [Fact]
    public void Phrases_may_overlap()
    {
        Hypothesis best = Search(30, 3, Require([5, 6]), Require([6, 4]))[0];
        Assert.Equal([5, 6, 4], best.Ids);
        Assert.All(best.Constraints, outcome => Assert.True(outcome.IsMet));
    }

    [Fact]
    public void Where_the_room_is_just_enough_every_hypothesis_writes_what_is_missing()
    {
        IReadOnlyList<Hypothesis> found = TinyModels.Search(
            _model, new BeamSearchOptions { BeamSize = 6, NBest = 6, Length = new LengthLimits { Maximum = 4 } }, [[2, 1]], constraints: [[Require([5, 6])]])[0];
        Assert.Equal(6, found.Count);
        Assert.All(found, one => Assert.True(Occurrences(one.Ids, [5, 6]) > 0 && one.Constraints[0].IsMet, string.Join(' ', one.Ids)));
    }

    [Fact]
    public void Of_several_alternatives_the_likeliest_is_written()
    {
        Hypothesis best = Search(10, 12, Require([6], [3, 3], [5]))[0];
        Assert.True(best.Ids.Contains(6) || best.Ids.Contains(5) || Occurrences(best.Ids, [3, 3]) > 0);
        Assert.DoesNotContain(6, best.Ids);
    }

    [Fact]
    public void A_phrase_without_room_is_reported_and_the_output_is_the_best_there_is()
    {
        Hypothesis best = Search(5, 2, Require([4, 5, 6]), Require([3]))[0];
        Assert.Equal(2, best.Ids.Length);
        ConstraintOutcome missed = Assert.Single(best.Constraints, outcome => !outcome.IsMet);
        Assert.Equal("Asked for was that the pieces 4 5 6 be written; the greatest length was reached before.", missed.Reason);
        Assert.True(best.Constraints[1].IsMet);
    }

    [Fact]
    public void A_phrase_that_is_banned_as_well_is_reported()
    {
        Hypothesis best = Search(4, 6, Require([5]), new BannedPieces([5]))[0];
        Assert.DoesNotContain(5, best.Ids);
        Assert.False(best.Constraints[0].IsMet);
        Assert.True(best.Constraints[1].IsMet);
    }

    [Fact]
    public void Searches_without_a_beam_say_that_they_cannot()
    {
        foreach (SearchOptions search in new SearchOptions[] { new GreedySearchOptions(), new SamplingSearchOptions() })
        {
            var fault = Assert.Throws<ArgumentException>(() => TinyModels.Search(_model, search with { Constraints = [Require([5])] }, [[2, 1]]));
            Assert.StartsWith("Asked for was that the pieces 5 be written: that takes a beam", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pieces_that_there_are_not_and_empty_constraints_are_refused()
    {
        Assert.Contains("the id 7", Assert.Throws<ArgumentException>(() => Search(4, 6, Require([2, 7]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RequiredPieces());
        Assert.Throws<ArgumentException>(() => new RequiredPieces([[]]));
        Assert.Contains("only a tokenizer knows", Assert.Throws<ArgumentException>(() => Search(4, 6, new RequiredPhrase("two"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void An_unbounded_beam_with_constraints_ranks_as_trying_every_output_and_leaving_out_the_wrong_ones(ulong seed)
    {
        const int Longest = 5;
        using TransformerModel model = TinyModels.Make(5, seed);
        int[] source = [3, 2, 4, 4, TinyModels.End];
        OutputConstraint[] constraints = [Require([4, 3], [2, 2, 3]), Require([2]), new BannedPieces([4, 4])];
        List<int[]> outputs = [[]];
        for (int first = 0; outputs[first].Length < Longest; first++)
        {
            outputs.AddRange(Enumerable.Range(2, 3).Select(id => (int[])[.. outputs[first], id]));
        }

        IReadOnlyList<float[]> forced = TinyModels.Force(model, source, outputs);
        (int[] Ids, double Score)[] expected = [.. outputs.Select((ids, i) => (ids, Score: Score(forced[i], ids.Length == Longest ? Longest : ids.Length + 1)))
            .Where(one => (Occurrences(one.ids, [4, 3]) > 0 || Occurrences(one.ids, [2, 2, 3]) > 0) && one.ids.Contains(2) && Occurrences(one.ids, [4, 4]) == 0)
            .OrderByDescending(one => one.Score)];

        IReadOnlyList<Hypothesis> found = TinyModels.Search(
            model, new BeamSearchOptions { BeamSize = 1000, NBest = expected.Length, Length = new LengthLimits { Maximum = Longest } }, [source], constraints: [constraints])[0];
        Assert.True(expected.Length > 20);
        Assert.Equal(expected.Select(one => one.Score), found.Select(one => one.Score));
        Assert.Equal(expected[0].Ids, found[0].Ids);
        Assert.Equal(expected.Select(one => string.Join(' ', one.Ids)).Order(), found.Select(one => string.Join(' ', one.Ids)).Order());
    }

    [Fact]
    public void Counting_phrases_allocates_nothing_once_it_has_been_everywhere()
    {
        var machine = new PhraseMachine([new Phrase(0, [[-1, 2, -1, 3, -1]], 2), new Phrase(1, [[-1, 3, -1, 3, -1]], 2), new Phrase(2, [[-1, 2, -1, 3, -1]], 2)], null);
        int[] written = [2, 2, 3, 3, 3, 2, 3, 4, 3, 3, 2, 3, 2, 2, 2, 3, 3];
        long before = 0;
        int met = 0;
        for (int round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            int state = machine.Start;
            foreach (int id in written)
            {
                state = machine.Next(state, 2, id);
                met += machine.Forward(state).Length + machine.Left(state) + (machine.MayEnd(state) ? 1 : 0);
            }

            Assert.True(machine.MayEnd(state));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(met > 0);
    }

    private static double Score(float[] tokens, int count) => tokens.Take(count).Sum(value => (double)value) / count;

    private static RequiredPieces Require(params int[][] alternatives) => new([.. alternatives]);

    private static IReadOnlyList<Hypothesis> Search(int beam, int longest, params OutputConstraint[] constraints) => TinyModels.Search(
        _model, new BeamSearchOptions { BeamSize = beam, Length = new LengthLimits { Maximum = longest } }, [[2, 1]], constraints: [constraints])[0];

    internal static int Occurrences(int[] ids, int[] run)
    {
        int count = 0;
        for (int i = 0; i + run.Length <= ids.Length; i++)
        {
            count += ids.AsSpan(i, run.Length).SequenceEqual(run) ? 1 : 0;
        }

        return count;
    }
}
