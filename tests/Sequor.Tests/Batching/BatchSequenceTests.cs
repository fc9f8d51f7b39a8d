using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class BatchSequenceTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_batch_shifts_the_target_by_one_and_closes_both_sides()
    {
        TrainingCorpus corpus = Corpus([("3 x", "4 y y"), ("5", "6")]);
        using BatchSequence batches = corpus.Batches(new BatchOptions { Shuffle = false, GroupByLength = false });

        TrainingBatch batch = batches.Next();

        Assert.Equal([13, 4, 2, 15, 2], batch.Source.Ids);
        Assert.Equal([1, 14, 5, 5, 1, 16], batch.TargetInput.Ids);
        Assert.Equal([14, 5, 5, 2, 16, 2], batch.TargetOutput);
        Assert.Equal([4, 2], batch.TargetInput.Lengths);
        Assert.Equal((2, 6, 5), (batch.Count, batch.TargetTokens, batch.SourceTokens));
        Assert.Equal([0L, 1], batch.Source.SentenceNumbers);
    }

    [Fact]
    public void Every_epoch_holds_every_pair_once()
    {
        using BatchSequence batches = Corpus(CorpusFolder.NamedPairs(500)).Batches(new BatchOptions { Size = 60, PoolSentences = 120 });

        for (long epoch = 0; epoch < 3; epoch++)
        {
            long[] numbers = [.. Epoch(batches, epoch).SelectMany(batch => batch.Source.SentenceNumbers).Order()];
            Assert.Equal([.. Enumerable.Range(0, 500).Select(i => (long)i)], numbers);
        }
    }

    [Fact]
    public void Source_and_target_of_a_row_belong_to_the_same_pair()
    {
        using BatchSequence batches = Corpus(CorpusFolder.NamedPairs(200)).Batches(new BatchOptions { Size = 50 });
        foreach (TrainingBatch batch in Epoch(batches, 0))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                int name = (int)batch.Source.SentenceNumbers[i] + 10;
                Assert.Equal(name, batch.Source.Sentence(i)[0]);
                Assert.Equal(name, batch.TargetInput.Sentence(i)[1]);
                Assert.Equal(name, batch.TargetOutput[batch.TargetInput.Starts[i]]);
            }
        }
    }

    [Fact]
    public void Epochs_and_seeds_differ_in_order_and_the_same_seed_does_not()
    {
        TrainingCorpus corpus = Corpus(CorpusFolder.NamedPairs(300));
        string[] orders =
        [
            Order(corpus, seed: 1, epoch: 0), Order(corpus, seed: 1, epoch: 1), Order(corpus, seed: 2, epoch: 0),
        ];

        Assert.Equal(3, orders.Distinct().Count());
        Assert.Equal(orders[0], Order(corpus, seed: 1, epoch: 0));
    }

    [Theory]
    [InlineData(BatchUnit.Tokens, false)]
    [InlineData(BatchUnit.Tokens, true)]
    [InlineData(BatchUnit.TargetTokens, false)]
    [InlineData(BatchUnit.TargetTokens, true)]
    [InlineData(BatchUnit.Sentences, false)]
    public void No_batch_exceeds_its_size_and_batches_are_well_filled(BatchUnit unit, bool countPadding)
    {
        int size = unit == BatchUnit.Sentences ? 16 : 100;
        BatchOptions options = new() { Unit = unit, Size = size, CountPadding = countPadding };
        using BatchSequence batches = Corpus(CorpusFolder.NamedPairs(800)).Batches(options);

        List<int> sizes = [.. Epoch(batches, 0).Select(batch => SizeOf(batch, unit, countPadding))];

        Assert.All(sizes, held => Assert.InRange(held, 1, size));
        Assert.True(sizes.Average() > 0.85 * size, $"sizes {string.Join(' ', sizes)}");
    }

    [Fact]
    public void Grouping_puts_sentences_of_like_length_together()
    {
        using BatchSequence batches = Corpus(CorpusFolder.NamedPairs(800)).Batches(new BatchOptions { Size = 100, BucketWidth = 1 });
        List<int> spreads = [.. Epoch(batches, 0).Select(batch =>
        {
            IEnumerable<int> longer = batch.Source.Lengths.Zip(batch.TargetInput.Lengths, Math.Max);
            return longer.Max() - longer.Min();
        })];

        Assert.True(spreads.Average() < 0.5, $"average spread {spreads.Average()}");
    }

    [Fact]
    public void Without_shuffling_and_grouping_the_order_is_the_file_s()
    {
        using BatchSequence batches = Corpus(CorpusFolder.NamedPairs(100)).Batches(new BatchOptions { Size = 40, Shuffle = false, GroupByLength = false });
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), Epoch(batches, 0).SelectMany(batch => batch.Source.SentenceNumbers));
    }

    [Fact]
    public void A_batch_that_cannot_hold_the_longest_sentence_is_refused()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Corpus([("1 x x x", "2")]).Batches(new BatchOptions { Size = 4 }));
        Assert.Contains("A batch of 4 tokens cannot hold the longest sentence, which has 4 tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => Corpus([("1", "2")]).Batches(new BatchOptions { Size = 0, BucketWidth = 0 }));
        Assert.Contains("The batch size is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The bucket width is 0", fault.Message, StringComparison.Ordinal);
    }

    private TrainingCorpus Corpus(IEnumerable<(string, string)> pairs) =>
        TrainingCorpus.Load([_folder.WritePairs("corpus", pairs)], CorpusFolder.WordEncoder);

    private static string Order(TrainingCorpus corpus, ulong seed, long epoch)
    {
        using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 64, Seed = seed });
        return string.Join(' ', Epoch(batches, epoch).SelectMany(batch => batch.Source.SentenceNumbers));
    }

    private static IEnumerable<TrainingBatch> Epoch(BatchSequence batches, long epoch)
    {
        batches.Seek(new DataPosition { Epoch = epoch });
        while (batches.Position.Epoch == epoch)
            yield return batches.Next();
    }

    private static int SizeOf(TrainingBatch batch, BatchUnit unit, bool countPadding)
    {
        int source = countPadding ? batch.Count * batch.Source.LongestLength : batch.Source.Rows;
        int target = countPadding ? batch.Count * batch.TargetInput.LongestLength : batch.TargetInput.Rows;
        return unit switch { BatchUnit.Sentences => batch.Count, BatchUnit.TargetTokens => target, _ => Math.Max(source, target) };
    }
}
