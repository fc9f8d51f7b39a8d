using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tests.Models.Recurrent;

namespace Sequor.Tests.Decoding;

/// <summary>
/// A decoding in its stride leaves the managed heap alone, so that no step waits for a collection. Alone: a pool that is busy for others or changes its size is first used late.
/// </summary>
[Collection(nameof(ThreadCounts))]
public sealed class DecodingAllocationTests
{
    private const int Vocabulary = 50;
    private const int Sentences = 4;
    private const int Pieces = 40;

    // Code is compiled again and pools grow for a while, later on a busy machine; what a step allocates itself, it allocates in every round.
    private const int MostRounds = 200;

    [Theory]
    [InlineData("float32", 1)]
    [InlineData("float32", 4)]
    [InlineData("int8", 1)]
    [InlineData("int8", 4)]
    public void A_step_of_a_transformer_allocates_nothing(string type, int beam)
    {
        Assert.True(WeightTypes.TryParse(type, out WeightType held));
        using EncoderDecoder model = TinyModels.Make(Vocabulary, seed: 3);
        model.Parameters.Pack(held);
        AllocatesNothing(Ensemble.Of(model), beam);
    }

    [Theory]
    [InlineData("bahdanau", "float32", 1)]
    [InlineData("bahdanau", "float32", 4)]
    [InlineData("bahdanau", "int8", 4)]
    [InlineData("luong", "float32", 4)]
    [InlineData("luong", "int8", 1)]
    [InlineData("cho", "float32", 4)]
    public void A_step_of_a_recurrent_model_allocates_nothing(string variant, string type, int beam)
    {
        Assert.True(WeightTypes.TryParse(type, out WeightType held));
        using var model = new RecurrentModel(RecurrentVariants.Of(variant, Vocabulary), 7);
        model.Parameters.Pack(held);
        AllocatesNothing(Ensemble.Of(model), beam);
    }

    [Theory]
    [InlineData(EnsembleMode.Linear, 1)]
    [InlineData(EnsembleMode.Linear, 4)]
    [InlineData(EnsembleMode.LogLinear, 4)]
    public void A_step_of_an_ensemble_with_a_language_model_allocates_nothing(EnsembleMode mode, int beam)
    {
        using EncoderDecoder model = TinyModels.Make(Vocabulary, seed: 3);
        using EncoderDecoder other = TinyModels.Make(Vocabulary, seed: 4);
        using EncoderDecoder language = TinyModels.Make(Vocabulary, seed: 5);
        AllocatesNothing(new Ensemble { Models = [model, other], Mode = mode, LanguageModels = [new FusedLanguageModel(language, TinyModels.End, 0.2f)] }, beam);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_step_with_a_shortlist_allocates_nothing(int beam)
    {
        using EncoderDecoder model = TinyModels.Make(Vocabulary, seed: 3);
        AllocatesNothing(Ensemble.Of(model) with { Shortlist = new OutputShortlist(ShortlistTests.Table(Vocabulary)) }, beam);
    }

    private static void AllocatesNothing(Ensemble ensemble, int beam)
    {
        using var step = new Step();
        using var predictor = new Recorded(EnsemblePredictors.For(ensemble, TinyModels.End, step));
        DecodingLoop loop = new DecodingLoop(predictor, TinyModels.Special);
        long[] ofSteps = [];
        for (int round = 0; round < MostRounds && !ofSteps.AsSpan().SequenceEqual(new long[Pieces - 1]); round++)
        {
            IReadOnlyList<SentenceRequest> waiting = Requests(predictor, beam);
            predictor.Forget();
            loop.Run(_ => Interlocked.Exchange(ref waiting, []), new BatchRoom(Sentences, int.MaxValue), (_, _) => { }, TestContext.Current.CancellationToken);

            // From the beginning of each step to that of the next; in the last one outputs are made.
            ofSteps = predictor.ManagedBytes;
        }

        Assert.Equal(new long[Pieces - 1], ofSteps);
    }

    private static SearchOptions Options(int beam)
    {
        LengthLimits limits = new() { Minimum = Pieces, Maximum = Pieces, MaximumExtra = Pieces };
        return beam == 1 ? new GreedySearchOptions { Length = limits } : new BeamSearchOptions { BeamSize = beam, Length = limits };
    }

    private static SentenceRequest[] Requests(Predictor predictor, int beam)
    {
        var requests = new SentenceRequests(Options(beam), predictor.VocabularySize, predictor.LongestSequence);
        return [.. TinyModels.Sentences(Sentences, Vocabulary, longest: 9, seed: 5).Select((source, place) => requests.Make(place, source, place, []))];
    }

    /// <summary>Looks at the heap whenever a step begins.</summary>
    private sealed class Recorded(Predictor predictor) : Predictor
    {
        private readonly long[] _bytes = new long[Pieces];
        private int _steps;

        internal long[] ManagedBytes => [.. Enumerable.Range(1, _steps - 1).Select(step => _bytes[step] - _bytes[step - 1])];

        internal override int VocabularySize => predictor.VocabularySize;

        internal override int LongestSequence => predictor.LongestSequence;

        internal override int Rows => predictor.Rows;

        public override void Dispose() => predictor.Dispose();

        internal void Forget() => _steps = 0;

        internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted) => predictor.Add(source, wanted);

        internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
        {
            _bytes[_steps++] = GC.GetAllocatedBytesForCurrentThread();
            predictor.Advance(lastIds, needs);
        }

        internal override BestPieces Best(int row) => predictor.Best(row);

        internal override Span<float> Row(int row) => predictor.Row(row);

        internal override float[]? Attention(int row) => predictor.Attention(row);

        internal override void Reorder(ReadOnlySpan<int> parents) => predictor.Reorder(parents);
    }
}
