using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class SubwordSamplingTests
{
    // A sampled sentence is its words and one more id that shows the key it was given.
    private static readonly PairEncoder Sampling = CorpusFolder.WordEncoder with
    {
        SampledSource = (text, key) => [.. CorpusFolder.Words(text), 1000 + (int)(key % 50_000)],
        SampledTarget = (text, key) => [.. CorpusFolder.Words(text), .. Enumerable.Repeat(6, (int)(key % 4))],
    };

    [Theory]
    [InlineData(CorpusMode.InMemory)]
    [InlineData(CorpusMode.Streaming)]
    public void Pieces_follow_from_seed_epoch_and_sentence(CorpusMode mode)
    {
        TrainingCorpus corpus = Corpus(mode);
        Dictionary<long, int> first = Keys(corpus, seed: 1, epoch: 0, poolSentences: 40);

        Assert.Equal(100, first.Count);
        Assert.Equal(first, Keys(corpus, seed: 1, epoch: 0, poolSentences: 1000));
        Assert.True(first.Values.Distinct().Count() > 90);
        Assert.True(Differing(first, Keys(corpus, seed: 1, epoch: 1, poolSentences: 40)) > 90);
        Assert.True(Differing(first, Keys(corpus, seed: 2, epoch: 0, poolSentences: 40)) > 90);
        Assert.Equal(first, Keys(Corpus(mode == CorpusMode.InMemory ? CorpusMode.Streaming : CorpusMode.InMemory), seed: 1, epoch: 0, poolSentences: 40));
    }

    [Theory]
    [InlineData(CorpusMode.InMemory)]
    [InlineData(CorpusMode.Streaming)]
    public void Going_on_at_any_batch_gives_the_uninterrupted_batches(CorpusMode mode) =>
        ResumeTests.AssertResumable(Corpus(mode), new BatchOptions { Size = 40, PoolSentences = 30 });

    [Fact]
    public void Sampled_pieces_over_the_limit_give_way_so_that_no_pair_is_lost()
    {
        TrainingCorpus corpus = TrainingCorpus.Load(
            [new PairsInMemory([.. CorpusFolder.NamedPairs(100).Select(pair => new SentencePair(pair.Source, pair.Target))])],
            Sampling,
            new CorpusOptions { MaxSourceTokens = 12, MaxTargetTokens = 12 });
        using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 13 });

        int pairs = 0;
        while (batches.Position.Epoch == 0)
        {
            TrainingBatch batch = batches.Next();
            pairs += batch.Count;
            Assert.InRange(batch.Source.Rows, 1, 13);
            Assert.InRange(batch.TargetTokens, 1, 13);
        }

        Assert.Equal(100, pairs);
    }

    [Fact]
    public void Sentences_are_cut_at_the_limit_when_asked()
    {
        TrainingCorpus corpus = TrainingCorpus.Load(
            [new PairsInMemory([new("1 x x x", "2 y"), new("3", "4")])],
            CorpusFolder.WordEncoder,
            new CorpusOptions { MaxSourceTokens = 2, LongSentences = LongSentences.Truncate });
        using BatchSequence batches = corpus.Batches(new BatchOptions { Shuffle = false, GroupByLength = false });

        Assert.Equal(1, corpus.Report.PairsTruncated);
        Assert.Equal([11, 4, 2, 13, 2], batches.Next().Source.Ids);
    }

    private static TrainingCorpus Corpus(CorpusMode mode) => TrainingCorpus.Load(
        [new PairsInMemory([.. CorpusFolder.NamedPairs(100).Select(pair => new SentencePair(pair.Source, pair.Target))])],
        Sampling,
        new CorpusOptions { Mode = mode, MaxSourceTokens = 20, MaxTargetTokens = 20 });

    private static Dictionary<long, int> Keys(TrainingCorpus corpus, ulong seed, long epoch, int poolSentences)
    {
        using BatchSequence batches = corpus.Batches(
            new BatchOptions { Size = 100, Seed = seed, PoolSentences = poolSentences }, new DataPosition { Epoch = epoch });
        Dictionary<long, int> keys = [];
        while (batches.Position.Epoch == epoch)
        {
            TrainingBatch batch = batches.Next();
            for (int i = 0; i < batch.Count; i++)
                keys.Add(batch.Source.SentenceNumbers[i], batch.Source.Sentence(i)[^2]);
        }

        return keys;
    }

    private static int Differing(Dictionary<long, int> first, Dictionary<long, int> second) => first.Count(pair => second[pair.Key] != pair.Value);
}
