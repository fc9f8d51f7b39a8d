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
    public void Epochs_that_a_small_weight_leaves_empty_are_passed_over()
    {
        Corpus corpus = _folder.WritePairs("a", [("1", "2")]) with { Weight = 0.01 };
        using BatchSequence batches = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder).Batches();
        long first = batches.Next().Epoch;
        Assert.Equal(first + 100, batches.Next().Epoch);
    }
}
