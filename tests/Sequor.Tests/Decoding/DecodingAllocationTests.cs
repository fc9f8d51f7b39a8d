using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Decoding;

/// <summary>A decoding in its stride leaves the managed heap alone, so that no step waits for a collection.</summary>
public sealed class DecodingAllocationTests
{
    private const int Vocabulary = 50;
    private const int Sentences = 4;
    private const int Short = 20;
    private const int Long = 60;

    // An output holds an id and a log-probability for each of its pieces, and nothing else grows with its length.
    private const int BytesOfAPiece = sizeof(int) + sizeof(float);

    public static TheoryData<string, int> Searched => new()
    {
        { "transformer", 1 }, { "transformer", 4 }, { "gru-bahdanau", 1 }, { "gru-bahdanau", 4 },
    };

    [Theory]
    [MemberData(nameof(Searched))]
    public void A_step_allocates_nothing_but_what_its_outputs_hold(string kind, int beam)
    {
        using EncoderDecoder model = Model(kind);
        using var step = new Step(model.Parameters.Device);
        SequenceBatch source = SequenceBatch.From(TinyModels.Sentences(Sentences, Vocabulary, longest: 9, seed: 5));
        ISearch ofLong = Search(model, beam, Long);
        ISearch ofShort = Search(model, beam, Short);
        Allocated(ofLong, step, source);
        Allocated(ofShort, step, source);

        // The least of several: a collection may empty pools, and code may be compiled again, better.
        long bytes = Least(ofLong, step, source) - Least(ofShort, step, source);
        Assert.InRange(bytes / (double)(Long - Short), 0, Sentences * BytesOfAPiece);
    }

    private static EncoderDecoder Model(string kind) => kind == "transformer"
        ? TinyModels.Make(Vocabulary, seed: 3)
        : SequorConfiguration.Parse(
            $"model: {{preset: {kind}, embedding_width: 12, encoder: {{width: 12}}, decoder: {{width: 12}}, attention: {{width: 12}}, readout_width: 12}}")
            .Model.Build(Vocabulary, Vocabulary, seed: 3);

    private static ISearch Search(EncoderDecoder model, int beam, int length)
    {
        LengthLimits limits = new() { Minimum = length, Maximum = length, MaximumExtra = length };
        return Searches.For(model, TinyModels.Special, beam == 1
            ? new GreedySearchOptions { Length = limits }
            : new BeamSearchOptions { BeamSize = beam, Length = limits });
    }

    private static long Least(ISearch search, Step step, SequenceBatch source) =>
        Enumerable.Range(0, 9).Min(_ => Allocated(search, step, source));

    private static long Allocated(ISearch search, Step step, SequenceBatch source)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        search.Search(step, source);
        return GC.GetAllocatedBytesForCurrentThread() - bytes;
    }
}
