using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class ResumeTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Going_on_at_any_batch_of_two_epochs_gives_the_uninterrupted_batches()
    {
        TrainingCorpus corpus = TrainingCorpus.Load([_folder.WritePairs("a", CorpusFolder.NamedPairs(200))], CorpusFolder.WordEncoder);
        AssertResumable(corpus, new BatchOptions { Size = 64, PoolSentences = 70 });
    }

    [Fact]
    public void A_position_reads_back_from_its_text_form()
    {
        DataPosition position = new()
        {
            Epoch = 3,
            BatchInEpoch = 170,
            Pool = 2,
            BatchInPool = 17,
            Corpora = [new CorpusPosition(0, 100, 2_345, 2_600, 90), new CorpusPosition(1, 7, 5_000_000_000, 9, 107), new CorpusPosition(0, 8, 20, 30, 8, 17)],
        };

        Assert.Equal("3 170 2 17 0:100:2345:2600:90 1:7:5000000000:9:107 0:8:20:30:8:17", position.ToString());
        Assert.Equal(position, DataPosition.Parse(position.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 x")]
    [InlineData("1 2 3 -4")]
    [InlineData("1 2 3 4 5:6")]
    public void What_is_no_position_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DataPosition.Parse(text));

    [Fact]
    public void A_position_of_other_data_is_refused()
    {
        TrainingCorpus corpus = TrainingCorpus.Load([_folder.WritePairs("a", CorpusFolder.NamedPairs(20))], CorpusFolder.WordEncoder);
        using BatchSequence batches = corpus.Batches(from: new DataPosition { BatchInPool = 9 });
        ArgumentException fault = Assert.Throws<ArgumentException>(() => batches.Next());
        Assert.Contains("'0 0 0 9' is not in this data", fault.Message, StringComparison.Ordinal);
    }

    internal static void AssertResumable(TrainingCorpus corpus, BatchOptions options)
    {
        List<(DataPosition Place, TrainingBatch Batch)> whole = [];
        using (BatchSequence batches = corpus.Batches(options))
        {
            while (batches.Position.Epoch < 2)
                whole.Add((batches.Position, batches.Next()));
        }

        Assert.True(whole.Count > 20, $"only {whole.Count} batches");
        for (int first = 0; first < whole.Count; first++)
        {
            DataPosition saved = DataPosition.Parse(whole[first].Place.ToString());
            using BatchSequence resumed = corpus.Batches(options, saved);
            foreach ((DataPosition place, TrainingBatch expected) in whole.Skip(first).Take(12))
            {
                Assert.Equal(place, resumed.Position);
                AssertSame(expected, resumed.Next());
            }
        }
    }

    internal static void AssertSame(TrainingBatch expected, TrainingBatch actual)
    {
        Assert.Equal(expected.Source.SentenceNumbers, actual.Source.SentenceNumbers);
        Assert.Equal(expected.Source.Ids, actual.Source.Ids);
        Assert.Equal(expected.Source.Lengths, actual.Source.Lengths);
        Assert.Equal(expected.TargetInput.Ids, actual.TargetInput.Ids);
        Assert.Equal(expected.TargetOutput, actual.TargetOutput);
        Assert.Equal(expected.Guide?.Starts, actual.Guide?.Starts);
        Assert.Equal(expected.Guide?.Sources, actual.Guide?.Sources);
        Assert.Equal((expected.Epoch, expected.Next), (actual.Epoch, actual.Next));
    }
}
