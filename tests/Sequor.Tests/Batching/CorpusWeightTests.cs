using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class CorpusWeightTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CorpusMode.InMemory)]
    [InlineData(CorpusMode.Streaming)]
    public void A_pair_comes_weight_times_per_epoch_and_fractions_take_turns(CorpusMode mode)
    {
        Corpus[] corpora =
        [
            _folder.WritePairs("a", CorpusFolder.NamedPairs(60)),
            _folder.WritePairs("b", CorpusFolder.NamedPairs(40, first: 100)) with { Weight = 2 },
            _folder.WritePairs("c", CorpusFolder.NamedPairs(80, first: 200)) with { Weight = 0.25 },
        ];
        TrainingCorpus corpus = TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder, new CorpusOptions { Mode = mode });
        using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 512, PoolSentences = 64 });

        Dictionary<long, int> seen = [];
        int[] thirdPerEpoch = new int[4];
        while (batches.Position.Epoch < 4)
        {
            TrainingBatch batch = batches.Next();
            foreach (long number in batch.Source.SentenceNumbers)
            {
                seen[number] = seen.GetValueOrDefault(number) + 1;
                thirdPerEpoch[batch.Epoch] += new NumberedPair(number, "", "").Corpus == 2 ? 1 : 0;
            }
        }

        Assert.Equal(180, seen.Count);
        Assert.All(seen, pair => Assert.Equal(new[] { 4, 8, 1 }[new NumberedPair(pair.Key, "", "").Corpus], pair.Value));
        Assert.All(thirdPerEpoch, count => Assert.InRange(count, 8, 34));
    }

    [Fact]
    public void Batches_of_an_epoch_are_counted_in_memory_and_estimated_in_streaming()
    {
        Corpus[] corpora = [_folder.WritePairs("a", CorpusFolder.NamedPairs(600)), _folder.WritePairs("b", CorpusFolder.NamedPairs(200)) with { Weight = 2 }];
        TrainingCorpus inMemory = TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder);
        TrainingCorpus streamed = TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder, new CorpusOptions { Mode = CorpusMode.Streaming, MaxSourceTokens = 20, MaxTargetTokens = 20 });
        BatchOptions options = new() { Size = 100 };

        using BatchSequence batches = inMemory.Batches(options);
        int counted = 0;
        for (; batches.Position.Epoch == 0; counted++)
            batches.Next();

        Assert.Equal(1000, inMemory.PairsPerEpoch);
        Assert.Equal([600L, 200], inMemory.Report.PairsKeptOf);
        Assert.Equal(counted, inMemory.EstimateBatchesPerEpoch(options));
        Assert.InRange(streamed.EstimateBatchesPerEpoch(options), (long)(0.8 * counted), (long)(1.2 * counted));
    }

    [Fact]
    public void Epochs_that_a_small_weight_leaves_empty_are_passed_over()
    {
        Corpus corpus = _folder.WritePairs("a", [("1", "2")]) with { Weight = 0.01 };
        using BatchSequence batches = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder).Batches();
        long first = batches.Next().Epoch;
        Assert.Equal(first + 100, batches.Next().Epoch);
    }
}
