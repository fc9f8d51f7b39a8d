using Sequor.Alignments;
using Sequor.Decoding;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding;

/// <summary>Each sentence chooses among its own part of the vocabulary.</summary>
public sealed class ShortlistTests
{
    private const int Vocabulary = 61;

    [Theory]
    [InlineData("greedy")]
    [InlineData("beam")]
    [InlineData("ruled")]
    [InlineData("sampling")]
    public void A_shortlist_of_all_pieces_changes_no_bit(string search)
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        int[][] sources = TinyModels.Sentences(7, Vocabulary, 12, 8);
        Ensemble all = Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) { Always = [.. Enumerable.Range(0, Vocabulary)] } };
        Assert.Equal(
            EnsembleTests.Search(Ensemble.Of(model), OptionsOf(search), sources).Select(EnsembleTests.TextOf),
            EnsembleTests.Search(all, OptionsOf(search), sources).Select(EnsembleTests.TextOf));
    }

    [Theory]
    [InlineData("greedy", false)]
    [InlineData("beam", false)]
    [InlineData("ruled", false)]
    [InlineData("sampling", false)]
    [InlineData("beam", true)]
    public void Outputs_hold_listed_pieces_only_and_do_not_depend_on_the_batch(string search, bool several)
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        using TransformerModel other = TinyModels.Make(Vocabulary, 9);
        var ensemble = new Ensemble { Models = several ? [model, other] : [model], Shortlist = new OutputShortlist(Table()) };
        int[][] sources = TinyModels.Sentences(9, Vocabulary, 12, 8);
        IReadOnlyList<IReadOnlyList<Hypothesis>> together = EnsembleTests.Search(ensemble, OptionsOf(search), sources);
        var lists = new LexicalShortlist(Table(), [TinyModels.End]);
        for (int i = 0; i < sources.Length; i++)
        {
            int[] allowed = lists.For(sources[i].AsSpan()[..^1]).ToArray();
            Assert.True(allowed.Length < Vocabulary);
            Assert.All(together[i], output => Assert.Subset(allowed.ToHashSet(), output.Ids.ToHashSet()));
        }

        if (search != "sampling")
        {
            string[] alone = [.. sources.Select(source => EnsembleTests.TextOf(EnsembleTests.Search(ensemble, OptionsOf(search), [source])[0]))];
            Assert.Equal(alone, together.Select(EnsembleTests.TextOf));
            Assert.Equal(alone.Reverse(), EnsembleTests.Search(ensemble, OptionsOf(search), [.. sources.Reverse()]).Select(EnsembleTests.TextOf));
        }
    }

    [Fact]
    public void Probabilities_are_over_the_listed_pieces()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        int[] source = TinyModels.Sentences(1, Vocabulary, 4, 8)[0];
        var options = new BeamSearchOptions { BeamSize = 40, NBest = 40, Length = new LengthLimits { Maximum = 1 } };
        IReadOnlyList<Hypothesis> found = EnsembleTests.Search(Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) }, options, [source])[0];

        // Every listed piece but the begin sign, and the end sign alone, is a hypothesis; together they are all there is.
        Assert.Equal(1, found.Sum(one => Math.Exp(one.TokenLogProbabilities[0])), 1e-5);
    }

    [Fact]
    public void A_prefix_may_hold_any_piece()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        var lists = new LexicalShortlist(Table(), [TinyModels.End]);
        int[] source = [4, TinyModels.End];
        int outside = Enumerable.Range(2, Vocabulary - 2).First(id => lists.For([4]).BinarySearch(id) < 0);
        Ensemble ensemble = Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) };
        Hypothesis found = EnsembleTests.Search(ensemble, new GreedySearchOptions(), [source], [[outside]])[0][0];
        Assert.Equal(outside, found.Ids[0]);
        Assert.True(found.TokenLogProbabilities[0] > -50);
    }

    [Fact]
    public void A_language_model_beside_a_shortlist_allows_nothing_more()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        using TransformerModel language = TinyModels.Make(Vocabulary, 6);
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 12, 8);
        Ensemble ensemble = Ensemble.Of(model) with
        {
            Shortlist = new OutputShortlist(Table()),
            LanguageModels = [new FusedLanguageModel(language, TinyModels.End, 0.5f)],
        };
        var lists = new LexicalShortlist(Table(), [TinyModels.End]);
        foreach ((int[] source, IReadOnlyList<Hypothesis> found) in sources.Zip(EnsembleTests.Search(ensemble, OptionsOf("beam"), sources)))
        {
            Assert.Subset(lists.For(source.AsSpan()[..^1]).ToArray().ToHashSet(), found.SelectMany(one => one.Ids).ToHashSet());
        }
    }

    [Fact]
    public void Exactness_is_counted_on_some_steps_and_changes_no_output()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        int[][] sources = TinyModels.Sentences(7, Vocabulary, 12, 8);
        var exactness = new ShortlistExactness();
        Ensemble counted = Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) { Exactness = exactness } };
        Ensemble plain = Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) };
        Assert.Equal(
            EnsembleTests.Search(plain, OptionsOf("beam"), sources).Select(EnsembleTests.TextOf),
            EnsembleTests.Search(counted, OptionsOf("beam"), sources).Select(EnsembleTests.TextOf));
        Assert.InRange(exactness.Steps, sources.Length, 1000);
        Assert.InRange(exactness.Outside, 1, exactness.Steps);
        Assert.InRange(exactness.MeanSize, 2, 30);
    }

    [Fact]
    public void A_table_of_another_vocabulary_is_refused()
    {
        using var model = new ScriptedModel(4, (_, _) => new float[4]);
        Ensemble ensemble = Ensemble.Of(model) with { Shortlist = new OutputShortlist(Table()) };
        Assert.Contains("which has 4 pieces, but its table knows 61", Assert.Single(ensemble.Validate()), StringComparison.Ordinal);
    }

    private static SearchOptions OptionsOf(string search) => search switch
    {
        "greedy" => new GreedySearchOptions { RecordAttention = true },
        "beam" => new BeamSearchOptions { BeamSize = 4, NBest = 3 },
        "ruled" => new BeamSearchOptions { BeamSize = 3, NBest = 2, RepetitionPenalty = 1.3f, NoRepeatNgram = 2 },
        _ => new SamplingSearchOptions { NBest = 2, Length = new LengthLimits { Maximum = 12 } },
    };

    /// <summary>Learns that piece i becomes the pieces 2i and 2i + 1, as far as there are such.</summary>
    internal static LexicalTable Table(int vocabulary = Vocabulary)
    {
        string[] pieces = [.. Enumerable.Range(0, vocabulary).Select(id => $"p{id}")];
        var corpus = new AlignmentCorpus(new WordNumbers(pieces), new WordNumbers(pieces), isOfPieces: true);
        for (int id = 2; id < vocabulary; id++)
        {
            corpus.Add([id], [Math.Min(vocabulary - 1, 2 * id), Math.Min(vocabulary - 1, (2 * id) + 1)]);
        }

        return LexicalTable.Of(WordAligner.Train(corpus, AlignerOptions.Model1, AlignmentDirections.Forward), corpus, top: 2, frequent: 3);
    }
}
