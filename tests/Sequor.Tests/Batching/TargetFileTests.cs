using Sequor.Batching;

namespace Sequor.Tests.Batching;

/// <summary>Corpora without sources.</summary>
public sealed class TargetFileTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_line_is_a_target_and_filters_look_at_it_alone()
    {
        TargetFile file = new(_folder.WritePacked("text.gz", "a b\n\na b\nдва\n1\na b c d\n")) { SourcePrefix = "<2de>", TargetPrefix = ">" };
        CorpusFilters filters = new()
        {
            DropDuplicates = true,
            DropIdenticalSides = true,
            MaxCharacterRatio = 1.5,
            MaxTokenRatio = 1.5,
            MinTokens = 1,
            MinCharacters = 2,
            MaxCharacters = 5,
            SourceScripts = [Script.Cyrillic],
            TargetScripts = [Script.Latin],
        };
        FilteredPairs pairs = new([file], new CorpusOptions { Filters = filters });
        NumberedPair only = Assert.Single(pairs);

        Assert.Equal(("", "> a b", true), (only.Source, only.Target, only.IsTargetOnly));
        Assert.Equal(
            new[] { DropReason.EmptySide, DropReason.TooFewCharacters, DropReason.TooManyCharacters, DropReason.Script, DropReason.Duplicate }.Order(),
            pairs.Report.AllDropped.Select(drop => drop.Reason).Order());
    }

    [Theory]
    [InlineData(CorpusMode.InMemory, false)]
    [InlineData(CorpusMode.Streaming, false)]
    [InlineData(CorpusMode.InMemory, true)]
    public void Batches_have_sources_of_a_lone_end_sign(CorpusMode mode, bool isSampling)
    {
        TargetFile file = new(_folder.Write("text", "1 2 3\n4\n5 x y 6\n"));
        PairEncoder encoder = CorpusFolder.WordEncoder with { SampledTarget = isSampling ? (text, _) => CorpusFolder.Words(text) : null };
        TrainingCorpus corpus = TrainingCorpus.Load([file], encoder, new CorpusOptions { Mode = mode, MaxSourceTokens = 10, MaxTargetTokens = 10, Filters = new CorpusFilters { MinTokens = 1, MaxTokenRatio = 2 } });
        using BatchSequence sequence = corpus.Batches(new BatchOptions { Unit = BatchUnit.Tokens, Size = 20, Shuffle = false });
        List<int> targets = [];
        while (sequence.Position.Epoch == 0)
        {
            TrainingBatch batch = sequence.Next();
            Assert.All(batch.Source.Lengths, length => Assert.Equal(1, length));
            Assert.All(batch.Source.Ids, id => Assert.Equal(2, id));
            targets.AddRange(batch.TargetOutput);
        }

        Assert.Equal(3 + 1 + 4 + 3, targets.Count);
        Assert.Equal(3, corpus.Report.PairsKept);
        Assert.Equal([2, 2, 2, 4, 5, 11, 12, 13, 14, 15, 16], targets.Order());
    }
}
