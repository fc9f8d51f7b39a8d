using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class StreamingTests : IDisposable
{
    private static readonly CorpusOptions Streaming = new() { Mode = CorpusMode.Streaming, MaxSourceTokens = 30, MaxTargetTokens = 30 };

    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Streaming_holds_the_same_pairs_as_memory()
    {
        ParallelFiles corpus = _folder.WritePairs("a", [.. CorpusFolder.NamedPairs(300), ("", "1"), .. CorpusFolder.NamedPairs(40, first: 100)]);
        CorpusOptions options = new() { MaxSourceTokens = 8, MaxTargetTokens = 9, Filters = new CorpusFilters { DropDuplicates = true, MaxTokenRatio = 5 } };

        TrainingCorpus inMemory = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, options);
        TrainingCorpus streamed = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, options with { Mode = CorpusMode.Streaming });

        Assert.False(inMemory.IsStreaming);
        Assert.True(streamed.IsStreaming);
        string[] expected = Content(inMemory, 1);
        Assert.InRange(expected.Length, 100, 250);
        Assert.Equal(expected, Content(streamed, 1));
    }

    [Fact]
    public void The_size_of_the_files_chooses_the_mode()
    {
        ParallelFiles corpus = _folder.WritePairs("a", CorpusFolder.NamedPairs(50));
        long bytes = new FileInfo(corpus.SourcePath).Length + new FileInfo(corpus.TargetPath).Length;

        Assert.False(TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, new CorpusOptions { MemoryLimitBytes = bytes }).IsStreaming);
        Assert.True(TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, new CorpusOptions { MemoryLimitBytes = bytes - 1 }).IsStreaming);
    }

    [Fact]
    public void Going_on_at_any_batch_gives_the_uninterrupted_batches_from_plain_and_packed_files()
    {
        string[] lines = [.. CorpusFolder.NamedPairs(150).Select(pair => $"{pair.Source}\t{pair.Target}")];
        Corpus[] corpora =
        [
            _folder.WritePairs("a", CorpusFolder.NamedPairs(120, first: 1000)),
            new TabSeparatedFile(_folder.WritePacked("b.gz", "\uFEFF" + string.Join("\r\n", lines))) { Weight = 1.5 },
        ];
        ResumeTests.AssertResumable(
            TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder, Streaming), new BatchOptions { Size = 64, PoolSentences = 50 });
    }

    [Fact]
    public void Corpora_are_mixed_evenly_in_every_pool()
    {
        Corpus[] corpora =
        [
            _folder.WritePairs("a", CorpusFolder.NamedPairs(300)),
            _folder.WritePairs("b", CorpusFolder.NamedPairs(100, first: 1000)),
        ];
        TrainingCorpus corpus = TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder, Streaming);
        using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 64, PoolSentences = 40 });

        Dictionary<long, int> fromSecond = [];
        while (batches.Position.Epoch == 0)
        {
            long pool = batches.Position.Pool;
            fromSecond[pool] = fromSecond.GetValueOrDefault(pool) + batches.Next().Source.SentenceNumbers.Count(number => new NumberedPair(number, "", "").Corpus == 1);
        }

        Assert.Equal(10, fromSecond.Count);
        Assert.All(fromSecond.Values, count => Assert.Equal(10, count));
    }

    [Fact]
    public void The_mixture_does_not_depend_on_the_size_of_a_pool()
    {
        Corpus[] corpora =
        [
            _folder.WritePairs("a", CorpusFolder.NamedPairs(70)),
            _folder.WritePairs("b", CorpusFolder.NamedPairs(30, first: 1000)) with { Weight = 1.3 },
        ];
        TrainingCorpus corpus = TrainingCorpus.Load(corpora, CorpusFolder.WordEncoder, Streaming);

        Assert.Equal(Order(corpus, poolSentences: 1000), Order(corpus, poolSentences: 3));
    }

    [Fact]
    public void Pools_emptied_by_the_token_limit_do_not_hide_the_end_of_an_epoch()
    {
        ParallelFiles corpus = _folder.WritePairs("a", [("1", "1"), ("2", "2"), ("3 x x x", "3"), ("4 x x x", "4"), ("5 x x x", "5")]);
        TrainingCorpus streamed = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, Streaming with { MaxSourceTokens = 3 });
        using BatchSequence batches = streamed.Batches(new BatchOptions { PoolSentences = 1 });

        Assert.Equal([0L], batches.Next().Source.SentenceNumbers);
        Assert.Equal([1L], batches.Next().Source.SentenceNumbers);
        Assert.Equal(new DataPosition { Epoch = 1 }, batches.Position);
        Assert.Equal([0L], batches.Next().Source.SentenceNumbers);
    }

    [Fact]
    public void An_epoch_emptied_by_the_token_limit_is_refused()
    {
        ParallelFiles corpus = _folder.WritePairs("a", [("1 x x x", "1")]);
        TrainingCorpus streamed = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, Streaming with { MaxSourceTokens = 3 });
        using BatchSequence batches = streamed.Batches();
        CorpusException fault = Assert.Throws<CorpusException>(() => batches.Next());
        Assert.Contains("limits on tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_shrink_during_a_run_are_noticed()
    {
        ParallelFiles corpus = _folder.WritePairs("a", CorpusFolder.NamedPairs(50));
        TrainingCorpus streamed = TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, Streaming);
        _folder.WritePairs("a", CorpusFolder.NamedPairs(20));
        using BatchSequence batches = streamed.Batches();
        CorpusException fault = Assert.Throws<CorpusException>(() => batches.Next());
        Assert.Contains("its files were changed while they were in use", fault.Message, StringComparison.Ordinal);
    }

    private static long[] Order(TrainingCorpus corpus, int poolSentences)
    {
        using BatchSequence batches = corpus.Batches(new BatchOptions { Shuffle = false, GroupByLength = false, PoolSentences = poolSentences });
        List<long> numbers = [];
        while (batches.Position.Epoch < 2)
            numbers.AddRange(batches.Next().Source.SentenceNumbers);
        return [.. numbers];
    }

    private static string[] Content(TrainingCorpus corpus, long epoch)
    {
        using BatchSequence batches = corpus.Batches(new BatchOptions { Size = 64, PoolSentences = 90 }, new DataPosition { Epoch = epoch });
        List<string> content = [];
        while (batches.Position.Epoch == epoch)
        {
            TrainingBatch batch = batches.Next();
            for (int i = 0; i < batch.Count; i++)
                content.Add($"{batch.Source.SentenceNumbers[i]}: {string.Join(' ', batch.Source.Sentence(i).ToArray())} / {string.Join(' ', batch.TargetInput.Sentence(i).ToArray())}");
        }

        return [.. content.Order(StringComparer.Ordinal)];
    }
}
