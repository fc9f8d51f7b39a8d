using Sequor.Batching;
using Sequor.Text;

namespace Sequor.Tests.Batching;

public sealed class AlignedCorpusTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_piece_of_a_word_belongs_to_every_piece_of_its_partners()
    {
        // Characters as pieces: "ab c" is a, b, space, c. Word 0 of the target is aligned to word 1 of the source and the other way round.
        Corpus corpus = _folder.WritePairs("a", [("ab c", "xy z")]) with { Alignments = _folder.Write("a.align", "1-0 0-1\n") };
        Tokenizer characters = CharacterTokenizer.Build(["abc xyz"], 20);
        TrainingBatch batch = First(corpus, PairEncoder.From(characters, characters));

        // Target rows: x y (space, which belongs to the word after it) z, end. Source: a b (space) c, end.
        Assert.Equal(
            [
                0, 0, 0.5f, 0.5f, 0,
                0, 0, 0.5f, 0.5f, 0,
                0.5f, 0.5f, 0, 0, 0,
                0.5f, 0.5f, 0, 0, 0,
                0, 0, 0, 0, 0,
            ],
            batch.Guide!.Weights(batch.Source, batch.TargetInput));
        Assert.Equal(4, batch.Guide.GuidedRows);
    }

    [Fact]
    public void A_word_with_several_partners_shares_its_weight_and_one_without_is_not_guided()
    {
        Corpus corpus = _folder.WritePairs("a", [("1 2 3", "4 5 6")]) with { Alignments = _folder.Write("a.align", "0-0 2-0 2-0 1?2\n") };
        TrainingBatch batch = First(corpus, Words);
        Assert.Equal(
            [
                0.5f, 0, 0.5f, 0,
                0, 0, 0, 0,
                0, 1, 0, 0,
                0, 0, 0, 0,
            ],
            batch.Guide!.Weights(batch.Source, batch.TargetInput));
    }

    [Fact]
    public void Alignments_stay_with_their_pairs_through_filters_prefixes_and_other_corpora()
    {
        Corpus aligned = _folder.WritePairs("a", [("1 2", "1 2"), ("3 4", "5 6"), ("", "7"), ("7 8", "8 7")]) with
        {
            Alignments = _folder.Write("a.align", "0-0\n1-0\n\n0-1 1-0\n"),
            SourcePrefix = "x x",
        };
        Corpus plain = _folder.WritePairs("b", [("9", "10")]);
        CorpusOptions options = new() { Filters = new CorpusFilters { DropIdenticalSides = true } };
        NumberedPair[] kept = [.. new FilteredPairs([aligned, plain], options)];
        Assert.Null(kept[^1].Alignment);
        Assert.Equal([new AlignmentLink(3, 0)], kept[0].Alignment!);
        Assert.Equal([new AlignmentLink(2, 1), new AlignmentLink(3, 0)], kept[1].Alignment!);
    }

    [Theory]
    [InlineData(CorpusMode.InMemory)]
    [InlineData(CorpusMode.Streaming)]
    public void Memory_streaming_and_a_resumed_run_have_the_same_guides(CorpusMode mode)
    {
        (string Source, string Target)[] pairs = [.. CorpusFolder.NamedPairs(150)];
        Corpus corpus = _folder.WritePairs("a", pairs) with
        {
            Weight = 1.5,
            Alignments = _folder.WritePacked("a.align.gz", string.Concat(Enumerable.Range(0, 150).Select(i =>
                i % 5 == 0 ? "\n" : $"0-{i * 5 % 12} {i * 7 % 12}-0\r\n"))),
        };
        CorpusOptions options = new() { Mode = mode, MaxSourceTokens = 30, MaxTargetTokens = 30 };
        TrainingCorpus loaded = TrainingCorpus.Load([corpus], Words, options);
        Assert.Equal(120, loaded.Report.PairsAligned);
        ResumeTests.AssertResumable(loaded, new BatchOptions { Size = 64, PoolSentences = 50 });

        using BatchSequence batches = loaded.Batches(new BatchOptions { Size = 64, PoolSentences = 50 });
        for (int n = 0; n < 30; n++)
        {
            TrainingBatch batch = batches.Next();
            for (int i = 0; i < batch.Count; i++)
            {
                int line = batch.Source.Sentence(i)[0] - 10;
                int[] partners = batch.Guide?.Partners(batch.TargetInput.Starts[i]).ToArray() ?? [];
                int[] expected = line % 5 == 0 ? [] : [.. new[] { line * 7 % 12, line * 5 % 12 == 0 ? 0 : line * 7 % 12 }.Order().Distinct()];
                Assert.Equal(expected, partners);
            }
        }
    }

    [Fact]
    public void Links_to_pieces_beyond_a_cut_are_left_out()
    {
        Corpus corpus = _folder.WritePairs("a", [("1 2 3", "4 5 6")]) with { Alignments = _folder.Write("a.align", "0-0 2-1 1-2\n") };
        CorpusOptions options = new() { MaxSourceTokens = 2, MaxTargetTokens = 2, LongSentences = LongSentences.Truncate };
        using BatchSequence batches = TrainingCorpus.Load([corpus], Words, options).Batches();
        TrainingBatch batch = batches.Next();
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0], batch.Guide!.Weights(batch.Source, batch.TargetInput));
    }

    [Theory]
    [InlineData("0-0\n", "'a.align' must have a line for each line of their corpus: they have 1, the corpus has 2. A pair without links needs an empty line.", 2)]
    [InlineData("0-0\n\n0-0\n", "they have 3, the corpus has 2", 3)]
    [InlineData("0-0\n0-0 0:0\n", "Line 2 of the alignments 'a.align': item 2, '0:0', is not a link such as 0-0", 2)]
    [InlineData("0-0\n-1-0\n", "Line 2 of the alignments 'a.align': item 1, '-1-0', is not a link", 2)]
    [InlineData("0-0\n0-0 1-2\n", "Line 2 of the alignments 'a.align': item 2 links source word 1 and target word 2, but the pair has 2 source and 2 target words", 2)]
    public void A_fault_names_file_line_and_item(string alignments, string sentence, int line)
    {
        string path = _folder.Write("a.align", alignments);
        Corpus corpus = _folder.WritePairs("a", [("1", "2"), ("3 4", "5 6")]) with { Alignments = path };
        CorpusException fault = Assert.Throws<CorpusException>(() => TrainingCorpus.Load([corpus], Words));
        Assert.Contains(sentence, fault.Message.Replace(path, "a.align", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((path, line), (fault.File, fault.Line));
    }

    [Fact]
    public void A_missing_file_is_named_and_a_line_too_long_to_be_read_leaves_its_pair_out()
    {
        Corpus corpus = _folder.WritePairs("a", [("1", "2"), ("3", "4"), ("5", "6")]);
        Assert.StartsWith(
            "The file of alignments 'nowhere.align' does not exist.",
            Assert.Throws<CorpusException>(() => TrainingCorpus.Load([corpus with { Alignments = "nowhere.align" }], Words)).Message, StringComparison.Ordinal);

        corpus = corpus with { Alignments = _folder.Write("a.align", $"0-0\r\n{string.Concat(Enumerable.Repeat("0-0 ", 1000))}\r\n0-0") };
        Assert.Equal(["1", "5"], new FilteredPairs([corpus], new CorpusOptions { LineLimitBytes = 3000 }).Select(pair => pair.Source));
    }

    [Fact]
    public void Json_lines_are_aligned_by_line()
    {
        Corpus corpus = new JsonLinesFile(_folder.Write("a.jsonl", """
            {"source": "1 2", "target": "3"}

            {"source": "4 5", "target": "6"}

            """))
        { Alignments = _folder.Write("a.align", "1-0\n\n0-0\n") };
        Assert.Equal([1, 0], new FilteredPairs([corpus]).Select(pair => pair.Alignment![0].Source));
    }

    internal static PairEncoder Words { get; } = CorpusFolder.WordEncoder with { SourceWords = EachItsOwn, TargetWords = EachItsOwn };

    private static IReadOnlyList<WordSpan> EachItsOwn(string text, int[] ids) => [.. ids.Select((_, word) => new WordSpan(word, word))];

    private static TrainingBatch First(Corpus corpus, PairEncoder encoder)
    {
        using BatchSequence batches = TrainingCorpus.Load([corpus], encoder).Batches();
        return batches.Next();
    }
}
