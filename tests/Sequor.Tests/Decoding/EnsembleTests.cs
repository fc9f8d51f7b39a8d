using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>Several models predict together, as the formulas say.</summary>
public sealed class EnsembleTests
{
    private const int Vocabulary = 61;

    private static readonly SpecialIds _special = new(0, 1);

    [Fact]
    public void The_linear_mean_is_that_of_probabilities()
    {
        using Pair pair = Opposed();
        Hypothesis even = Greedy(pair.With(EnsembleMode.Linear));
        Assert.Equal([3], even.Ids);
        Assert.Equal(Math.Log(0.45), even.TokenLogProbabilities[0], 1e-6);
        Assert.Equal(Math.Log(1), even.TokenLogProbabilities[1], 1e-6);

        // 3 : 1 of (0.1, 0.6, 0.3) and (0.2, 0.2, 0.6) is (0.125, 0.5, 0.375); weights are divided by their sum.
        Hypothesis weighed = Greedy(pair.With(EnsembleMode.Linear, 6, 2));
        Assert.Equal([2], weighed.Ids);
        Assert.Equal(Math.Log(0.5), weighed.TokenLogProbabilities[0], 1e-6);
    }

    [Fact]
    public void The_log_linear_mean_is_that_of_log_probabilities_renormalized()
    {
        using Pair pair = Opposed();
        double sum = Math.Sqrt(0.1 * 0.2) + Math.Sqrt(0.6 * 0.2) + Math.Sqrt(0.3 * 0.6);
        Hypothesis even = Greedy(pair.With(EnsembleMode.LogLinear));
        Assert.Equal([3], even.Ids);
        Assert.Equal(Math.Log(Math.Sqrt(0.3 * 0.6) / sum), even.TokenLogProbabilities[0], 1e-6);

        double weighed = Math.Pow(0.1, 0.9) * Math.Pow(0.2, 0.1) + Math.Pow(0.6, 0.9) * Math.Pow(0.2, 0.1) + Math.Pow(0.3, 0.9) * Math.Pow(0.6, 0.1);
        Hypothesis first = Greedy(pair.With(EnsembleMode.LogLinear, 0.9f, 0.1f));
        Assert.Equal([2], first.Ids);
        Assert.Equal(Math.Log(Math.Pow(0.6, 0.9) * Math.Pow(0.2, 0.1) / weighed), first.TokenLogProbabilities[0], 1e-6);
    }

    [Fact]
    public void What_one_model_forbids_is_possible_linearly_and_impossible_log_linearly()
    {
        using var sure = Model(ScriptedModel.Logits(0, 0.3, 0, 0.7));
        using var other = Model(ScriptedModel.Logits(0, 0.05, 0.9, 0.05));
        var both = new Ensemble { Models = [sure, other] };
        Assert.Equal([2], Greedy(both).Ids);
        Assert.Equal([3], Greedy(both with { Mode = EnsembleMode.LogLinear }).Ids);
    }

    [Fact]
    public void Probabilities_beyond_single_precision_keep_their_logarithms()
    {
        using var model = Model([0, 200, 0, 0]);
        var twice = new Ensemble { Models = [model, model] };
        Hypothesis forced = Assert.Single(Search(twice, new GreedySearchOptions(), [[1]], prefixes: [[3]])[0]);
        Assert.Equal(-200, forced.TokenLogProbabilities[0], 1e-3);
    }

    [Theory]
    [InlineData(EnsembleMode.Linear)]
    [InlineData(EnsembleMode.LogLinear)]
    public void A_model_twice_is_the_model(EnsembleMode mode)
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        int[][] sources = TinyModels.Sentences(6, Vocabulary, 9, 3);
        var options = new BeamSearchOptions { BeamSize = 4, NBest = 3, RecordAttention = true };
        IReadOnlyList<IReadOnlyList<Hypothesis>> alone = TinyModels.Search(model, options, sources);
        IReadOnlyList<IReadOnlyList<Hypothesis>> twice = Search(new Ensemble { Models = [model, model], Mode = mode }, options, sources);
        foreach ((Hypothesis one, Hypothesis both) in alone.SelectMany(list => list).Zip(twice.SelectMany(list => list)))
        {
            Assert.Equal(one.Ids, both.Ids);
            Assert.Equal(one.LogProbability, both.LogProbability, 1e-5);
            Assert.Equal(one.Attention, both.Attention);
        }
    }

    [Fact]
    public void Attention_is_the_mean_of_those_models_that_have_some()
    {
        using var left = new ScriptedModel(4, (_, written) => Say(written, 2), (_, _) => [0.75f, 0.25f]);
        using var right = new ScriptedModel(4, (_, written) => Say(written, 2), (_, _) => [0.25f, 0.75f]);
        using var blind = new ScriptedModel(4, (_, written) => Say(written, 2));
        var ensemble = new Ensemble { Models = [left, blind, right] };
        Hypothesis found = Search(ensemble, new GreedySearchOptions { RecordAttention = true }, [[2, 1]])[0][0];
        Assert.Equal([[0.5f, 0.5f]], found.Attention);
    }

    [Theory]
    [InlineData(EnsembleMode.Linear, false)]
    [InlineData(EnsembleMode.LogLinear, false)]
    [InlineData(EnsembleMode.Linear, true)]
    public void N_best_scores_are_those_of_force_decoding_in_bits_for_models_of_different_kinds(EnsembleMode mode, bool ruled)
    {
        using Kinds kinds = new();
        Ensemble ensemble = kinds.With(mode);
        int[][] sources = TinyModels.Sentences(5, Vocabulary, 12, 8);
        var options = new BeamSearchOptions { BeamSize = 4, NBest = 4, NoRepeatNgram = ruled ? 3 : 0 };
        IReadOnlyList<IReadOnlyList<Hypothesis>> found = Search(ensemble, options, sources);
        using var step = new Step();
        var forced = new ForcedDecoding(ensemble);
        int compared = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            Hypothesis[] ended = [.. found[i].Where(one => one.StoppedBy == StopReason.EndOfSentence)];
            IReadOnlyList<float[]> scores = forced.TokenLogProbabilities(step, Pairs(sources[i], ended));
            Assert.Equal([.. ended.Select(one => TinyModels.Bits(one.TokenLogProbabilities))], scores.Select(TinyModels.Bits));
            compared += ended.Length;
        }

        Assert.True(compared > 10);
    }

    [Theory]
    [InlineData(EnsembleMode.Linear)]
    [InlineData(EnsembleMode.LogLinear)]
    public void Outputs_and_scores_do_not_depend_on_the_batch(EnsembleMode mode)
    {
        using Kinds kinds = new();
        int[][] sources = TinyModels.Sentences(9, Vocabulary, 17, 4);
        var options = new BeamSearchOptions { BeamSize = 3, NBest = 2, RecordAttention = true };
        string[] alone = [.. sources.Select(source => TextOf(Search(kinds.With(mode), options, [source])[0]))];
        Assert.Equal(alone, Search(kinds.With(mode), options, sources).Select(TextOf));
        Assert.Equal(alone.Reverse(), Search(kinds.With(mode), options, [.. sources.Reverse()]).Select(TextOf));
    }

    [Theory]
    [InlineData(EnsembleMode.Linear, false, 2, 1)]
    [InlineData(EnsembleMode.LogLinear, true, 3, 1)]
    [InlineData(EnsembleMode.Linear, true, 2, 2)]
    public void Outputs_do_not_depend_on_how_many_sentences_are_decoded_at_once_with_everything_beside_them(
        EnsembleMode mode, bool listed, int sentences, int workers)
    {
        Tokenizer words = WordTokenizer.Build([string.Join(' ', Enumerable.Range(0, 40).Select(i => $"w{i}"))], 60);
        int size = words.Vocabulary.Size;
        using TransformerModel first = TinyModels.Make(size, 5);
        using TransformerModel second = TinyModels.Make(size, 6);
        using TransformerModel language = TinyModels.Make(size, 7);
        var ensemble = new Ensemble
        {
            Models = [first, second],
            Mode = mode,
            LanguageModels = [new FusedLanguageModel(language, words.Vocabulary.EndId, 0.3f)],
            Shortlist = listed ? new OutputShortlist(ShortlistTests.Table(size)) : null,
        };
        string[] sources = [.. Enumerable.Range(0, 13).Select(i => string.Join(' ', Enumerable.Range(i, 1 + (i * 7 % 11)).Select(place => $"w{place * 5 % 40}")))];
        string[] prefixes = [.. sources.Select((_, i) => i % 3 == 0 ? "w3 w39" : "")];
        string[] Told(GeneratorOptions options)
        {
            using var generator = new Generator(ensemble, words, words, options);
            return [.. generator.Generate(
                sources, new BeamSearchOptions { BeamSize = 3, NBest = 2 }, DecodingRequest.WithPrefixes(prefixes), cancellation: TestContext.Current.CancellationToken)
                .Select(output => TextOf([.. output.Hypotheses.Select(found => found.Hypothesis)]))];
        }

        Assert.Equal(Told(new GeneratorOptions()), Told(new GeneratorOptions { BatchSentences = sentences, Workers = workers }));
    }

    [Fact]
    public void Scores_of_long_outputs_do_not_depend_on_how_they_are_cut_into_chunks()
    {
        using TransformerModel model = TinyModels.Make(Vocabulary, 5);
        int[] source = TinyModels.Sentences(1, Vocabulary, 9, 3)[0];
        int[][] outputs = TinyModels.Sentences(40, Vocabulary, 30, 12);
        IReadOnlyList<float[]> together = TinyModels.Force(model, source, outputs);
        Assert.True(together.Sum(scores => scores.Length) > 200);
        Assert.All(Enumerable.Range(0, outputs.Length), i => Assert.Equal(
            TinyModels.Bits(TinyModels.Force(model, source, [outputs[i]])[0]), TinyModels.Bits(together[i])));
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_refused_with_all_faults()
    {
        using var small = new ScriptedModel(4, (_, _) => new float[4]);
        using var large = new ScriptedModel(5, (_, _) => new float[5]);
        Assert.Contains(
            "the first has 4 pieces and another 5", Assert.Single(new Ensemble { Models = [small, large] }.Validate()), StringComparison.Ordinal);
        Assert.Equal(2, new Ensemble { Models = [small, small], Weights = [1, 0, 2] }.Validate().Count);
        Assert.Single(new Ensemble { Models = [] }.Validate());
        Assert.Throws<ArgumentException>(() => Searches.For(new Ensemble { Models = [small, large] }, _special, new GreedySearchOptions()));
    }

    internal static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
        Ensemble ensemble, SearchOptions options, IReadOnlyList<int[]> sources, IReadOnlyList<int[]>? prefixes = null)
    {
        using var step = new Step();
        return Searches.For(ensemble, _special, options).Search(step, SequenceBatch.From(sources), prefixes);
    }

    internal static TrainingBatch Pairs(int[] source, IReadOnlyList<Hypothesis> outputs) => new(
        SequenceBatch.From([.. outputs.Select(_ => source)]),
        SequenceBatch.From([.. outputs.Select(output => (int[])[0, .. output.Ids])]),
        [.. outputs.SelectMany(output => (int[])[.. output.Ids, 1])]);

    internal static string TextOf(IReadOnlyList<Hypothesis> outputs) => string.Join('\n', outputs.Select(one => string.Join(
        " | ", string.Join(' ', one.Ids), BitConverter.DoubleToInt64Bits(one.Score), string.Join(' ', TinyModels.Bits(one.TokenLogProbabilities)),
        string.Join(' ', TinyModels.Bits(one.Attention.SelectMany(row => row))))));

    private static Hypothesis Greedy(Ensemble ensemble) => Search(ensemble, new GreedySearchOptions(), [[1]])[0][0];

    /// <summary>Says some logits first, then that the output ends.</summary>
    private static ScriptedModel Model(float[] first) => new(4, (_, written) => written.Length == 1 ? first : ScriptedModel.Logits(0, 1, 0, 0));

    private static float[] Say(int[] written, int id) => written.Length == 1
        ? [.. Enumerable.Range(0, 4).Select(other => other == id ? 9f : 0)] : ScriptedModel.Logits(0, 1, 0, 0);

    private static Pair Opposed() => new(Model(ScriptedModel.Logits(0, 0.1, 0.6, 0.3)), Model(ScriptedModel.Logits(0, 0.2, 0.2, 0.6)));

    private sealed record Pair(ScriptedModel First, ScriptedModel Second) : IDisposable
    {
        internal Ensemble With(EnsembleMode mode, params float[] weights) => new() { Models = [First, Second], Mode = mode, Weights = weights };

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }

    /// <summary>A Transformer, a recurrent model and a Transformer of integers.</summary>
    internal sealed class Kinds : IDisposable
    {
        private readonly EncoderDecoder[] _models =
        [
            TinyModels.Make(Vocabulary, 5),
            new RecurrentModel(new RecurrentModelOptions { SourceVocabularySize = Vocabulary, TargetVocabularySize = Vocabulary, EmbeddingWidth = 12 }, 7),
            TinyModels.Make(Vocabulary, 21, width: 24),
        ];

        internal Kinds() => _models[2].Parameters.Pack(WeightType.Int8);

        internal Ensemble With(EnsembleMode mode) => new() { Models = _models, Mode = mode, Weights = [0.5f, 0.2f, 0.3f] };

        public void Dispose() => Array.ForEach(_models, model => model.Dispose());
    }
}
