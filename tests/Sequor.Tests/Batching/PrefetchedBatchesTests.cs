using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class PrefetchedBatchesTests
{
    [Fact]
    public void Batches_and_positions_are_those_of_the_sequence_itself()
    {
        using BatchSequence plain = Corpus().Batches(new BatchOptions { Size = 64 });
        using PrefetchedBatches prefetched = new(Corpus().Batches(new BatchOptions { Size = 64 }), capacity: 3);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(plain.Position, prefetched.Position);
            ResumeTests.AssertSame(plain.Next(), prefetched.Next());
        }
    }

    [Fact]
    public void No_more_batches_are_formed_than_there_is_room_for()
    {
        CountedBatches counted = new(failsAt: int.MaxValue);
        using PrefetchedBatches prefetched = new(counted, capacity: 2);
        prefetched.Next();
        prefetched.Next();
        SpinWait.SpinUntil(() => counted.Formed == 4, TimeSpan.FromSeconds(10));
        Thread.Sleep(20);
        Assert.Equal(4, counted.Formed);
    }

    [Fact]
    public void A_fault_comes_up_where_its_batch_would_have_come()
    {
        using PrefetchedBatches prefetched = new(new CountedBatches(failsAt: 2), capacity: 4);
        prefetched.Next();
        prefetched.Next();
        Assert.Equal("the third batch", Assert.Throws<CorpusException>(() => prefetched.Next()).Message);
        Assert.Equal("the third batch", Assert.Throws<CorpusException>(() => prefetched.Next()).Message);
    }

    [Fact]
    public void Disposal_ends_the_thread_and_disposes_the_sequence()
    {
        CountedBatches counted = new(failsAt: int.MaxValue);
        PrefetchedBatches prefetched = new(counted, capacity: 1);
        prefetched.Next();
        prefetched.Dispose();
        prefetched.Dispose();
        int formed = counted.Formed;
        Thread.Sleep(20);
        Assert.Equal((true, formed), (counted.IsDisposed, counted.Formed));
        Assert.Throws<ObjectDisposedException>(() => prefetched.Next());
    }

    private static TrainingCorpus Corpus() => TrainingCorpus.Load(
        [new PairsInMemory([.. CorpusFolder.NamedPairs(200).Select(pair => new SentencePair(pair.Source, pair.Target))])],
        CorpusFolder.WordEncoder);

    private sealed class CountedBatches(int failsAt) : ITrainingBatches
    {
        private volatile int _formed;

        internal int Formed => _formed;

        internal bool IsDisposed { get; private set; }

        public DataPosition Position => new() { BatchInEpoch = _formed };

        public TrainingBatch Next()
        {
            if (_formed == failsAt)
                throw new CorpusException("the third batch");
            _formed++;
            return new TrainingBatch(SequenceBatch.From([[2]]), SequenceBatch.From([[1]]), [2], Position);
        }

        public void Dispose() => IsDisposed = true;
    }
}
