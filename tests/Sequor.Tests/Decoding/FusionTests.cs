using Sequor.Batching;
using Sequor.Decoding;
using Sequor.LanguageModels;
using Sequor.Models.Transformer;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Decoding;

/// <summary>Language models beside a translation model: log p + weight · log p of the language model.</summary>
public sealed class FusionTests
{
    private const int Vocabulary = 61;

    [Fact]
    public void A_language_model_is_added_with_its_weight()
    {
        // First step, model: 2 with 0.5, 3 with 0.4, end with 0.1. Language model behind the beginning: 2 with 0.1, 3 with 0.8, end with 0.1.
        using var model = new ScriptedModel(4, (_, written) => written.Length == 1 ? ScriptedModel.Logits(0, 0.1, 0.5, 0.4) : ScriptedModel.Logits(0, 0.9, 0.05, 0.05));
        var bigrams = new Bigrams(4, last => last switch
        {
            0 => [0.0001, 0.0999, 0.1, 0.8],
            3 => [0.0001, 0.1999, 0.4, 0.4],
            _ => [0.25, 0.25, 0.25, 0.25],
        });

        Hypothesis alone = Best(model);
        Assert.Equal([2], alone.Ids);
        Hypothesis light = Best(model, new FusedLanguageModel(bigrams, 0.05f));
        Assert.Equal([2], light.Ids);
        Assert.Equal(Math.Log(0.5) + 0.05 * Math.Log(0.1), light.TokenLogProbabilities[0], 1e-6);
        Hypothesis heavy = Best(model, new FusedLanguageModel(bigrams, 0.5f));
        Assert.Equal([3], heavy.Ids);
        Assert.Equal(Math.Log(0.4) + 0.5 * Math.Log(0.8), heavy.TokenLogProbabilities[0], 1e-6);
        Assert.Equal(Math.Log(0.9) + 0.5 * Math.Log(0.1999), heavy.TokenLogProbabilities[1], 1e-6);
        Assert.Equal(heavy.TokenLogProbabilities.Sum(score => (double)score), heavy.LogProbability, 1e-12);

        // Two language models, one of which marks down what the other marks up.
        Hypothesis none = Best(model, new FusedLanguageModel(bigrams, 0.5f), new FusedLanguageModel(bigrams, -0.5f));
        Assert.Equal([2], none.Ids);
        Assert.Equal(alone.LogProbability, none.LogProbability, 1e-6);
    }

    // The sums are above 0: log 0.5 + 2 · 4.6, log 0.4 + 2 · 1.6 and log 0.1 + 2 · 2.3.
    [Fact]
    public void Cuts_of_sampling_keep_the_best_where_a_language_model_that_is_taken_away_lifts_sums_above_zero()
    {
        using var model = new ScriptedModel(4, (_, written) => written.Length == 1 ? ScriptedModel.Logits(0, 0.1, 0.4, 0.5) : ScriptedModel.Logits(0, 1, 0, 0));
        var bigrams = new Bigrams(4, last => last == 0 ? [0.69, 0.1, 0.2, 0.01] : [0.25, 0.25, 0.25, 0.25]);
        var ensemble = new Ensemble { Models = [model], LanguageModels = [new FusedLanguageModel(bigrams, -2)] };
        using var step = new Step(model.Parameters.Device);
        foreach (SamplingSearchOptions cut in (SamplingSearchOptions[])[new() { TopK = 1, NBest = 20 }, new() { TopP = 0.5f, NBest = 20 }])
        {
            Assert.All(
                Searches.For(ensemble, TinyModels.Special, cut).Search(step, SequenceBatch.From([[2, 1]]), cancellation: TestContext.Current.CancellationToken)[0],
                one => Assert.Equal([3], one.Ids));
        }
    }

    [Fact]
    public void A_neural_language_model_reads_an_end_sign_as_its_source()
    {
        List<int[]> read = [];
        using var model = new ScriptedModel(4, (_, written) => written.Length == 1 ? ScriptedModel.Logits(0, 0.1, 0.5, 0.4) : ScriptedModel.Logits(0, 0.9, 0.05, 0.05));
        using var language = new ScriptedModel(4, (source, written) =>
        {
            read.Add(source);
            return written.Length == 1 ? ScriptedModel.Logits(0, 0.1, 0.1, 0.8) : ScriptedModel.Logits(0, 0.2, 0.4, 0.4);
        });
        Hypothesis fused = Best(model, new FusedLanguageModel(language, 1, 0.5f));
        Assert.Equal([3], fused.Ids);
        Assert.Equal(Math.Log(0.4) + 0.5 * Math.Log(0.8), fused.TokenLogProbabilities[0], 1e-6);
        Assert.NotEmpty(read);
        Assert.All(read, source => Assert.Equal([1], source));
    }

    [Theory]
    [InlineData(false, EnsembleMode.Linear)]
    [InlineData(true, EnsembleMode.Linear)]
    [InlineData(true, EnsembleMode.LogLinear)]
    public void N_best_scores_are_those_of_force_decoding_in_bits(bool several, EnsembleMode mode)
    {
        using Parts parts = new();
        Ensemble ensemble = parts.With(several, mode);
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 12, 8);
        IReadOnlyList<IReadOnlyList<Hypothesis>> found = EnsembleTests.Search(ensemble, new BeamSearchOptions { BeamSize = 4, NBest = 4 }, sources);
        using var step = new Step();
        int compared = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            Hypothesis[] ended = [.. found[i].Where(one => one.StoppedBy == StopReason.EndOfSentence)];
            IReadOnlyList<ForcedScores> scores = new ForcedDecoding(ensemble).Score(step, EnsembleTests.Pairs(sources[i], ended));
            Assert.Equal([.. ended.Select(one => TinyModels.Bits(one.TokenLogProbabilities))], scores.Select(one => TinyModels.Bits(one.TokenLogProbabilities)));
            Assert.All(scores, one => Assert.Equal(
                one.OfModels[0] + (0.3 * one.OfLanguageModels[0][0]) + (0.2 * one.OfLanguageModels[1][0]), one.TokenLogProbabilities[0], 1e-5));
            compared += ended.Length;
        }

        Assert.True(compared > 10);
    }

    [Fact]
    public void Outputs_and_scores_do_not_depend_on_the_batch()
    {
        using Parts parts = new();
        int[][] sources = TinyModels.Sentences(9, Vocabulary, 17, 4);
        var options = new BeamSearchOptions { BeamSize = 3, NBest = 2 };
        string[] alone = [.. sources.Select(source => EnsembleTests.TextOf(EnsembleTests.Search(parts.With(true), options, [source])[0]))];
        Assert.Equal(alone, EnsembleTests.Search(parts.With(true), options, sources).Select(EnsembleTests.TextOf));
        Assert.Equal(alone.Reverse(), EnsembleTests.Search(parts.With(true), options, [.. sources.Reverse()]).Select(EnsembleTests.TextOf));
    }

    [Fact]
    public void Sampling_draws_from_the_fused_distribution_and_rules_hold()
    {
        using Parts parts = new();
        int[][] sources = TinyModels.Sentences(4, Vocabulary, 12, 8);
        var sampling = new SamplingSearchOptions { NBest = 3, NoRepeatNgram = 1, RepetitionPenalty = 1.2f };
        Assert.All(
            EnsembleTests.Search(parts.With(true), sampling, sources).SelectMany(list => list),
            one => Assert.Equal(one.Ids.Distinct(), one.Ids));
    }

    [Fact]
    public void A_language_model_of_another_vocabulary_is_refused()
    {
        using var model = new ScriptedModel(4, (_, _) => new float[4]);
        var ensemble = new Ensemble { Models = [model], LanguageModels = [new FusedLanguageModel(new Bigrams(5, _ => []), float.NaN)] };
        Assert.Equal(2, ensemble.Validate().Count);
        Assert.Contains("which has 4 pieces, but it knows 5", ensemble.Validate()[0], StringComparison.Ordinal);
    }

    private static Hypothesis Best(ScriptedModel model, params FusedLanguageModel[] languages) =>
        EnsembleTests.Search(new Ensemble { Models = [model], LanguageModels = languages }, new GreedySearchOptions(), [[1]])[0][0];

    /// <summary>Models and language models of both kinds.</summary>
    private sealed class Parts : IDisposable
    {
        private readonly TransformerModel[] _models = [TinyModels.Make(Vocabulary, 5), TinyModels.Make(Vocabulary, 6)];
        private readonly TransformerModel _language = TinyModels.Make(Vocabulary, 31);

        internal Ensemble With(bool several, EnsembleMode mode = EnsembleMode.Linear) => new()
        {
            Models = several ? _models : [_models[0]],
            Mode = mode,
            LanguageModels = [new FusedLanguageModel(new Bigrams(Vocabulary, Even), 0.3f), new FusedLanguageModel(_language, TinyModels.End, 0.2f)],
        };

        public void Dispose()
        {
            Array.ForEach(_models, model => model.Dispose());
            _language.Dispose();
        }

        private static double[] Even(int last) => [.. Enumerable.Range(0, Vocabulary).Select(id => (1 + ((id * 7) + last) % 13) / 400.0)];
    }

    /// <summary>A language model that looks at the last piece and says what the test tells it to; the begin sign is piece 0.</summary>
    private sealed class Bigrams(int size, Func<int, double[]> probabilities) : ILanguageModel
    {
        public int VocabularySize => size;

        public NgramState Start => new(0);

        public NgramState Advance(NgramState state, int id) => new(id);

        public float Score(NgramState state, int id, out NgramState next)
        {
            next = new NgramState(id);
            return (float)Math.Log(probabilities(state.Context)[id]);
        }

        public void ScoreAll(NgramState state, Span<float> logProbs)
        {
            for (int id = 0; id < size; id++)
            {
                logProbs[id] = Score(state, id, out _);
            }
        }
    }
}
