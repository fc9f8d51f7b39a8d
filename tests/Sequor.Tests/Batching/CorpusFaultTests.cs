using System.IO.Compression;
using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class CorpusFaultTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named()
    {
        string missing = _folder.PathOf("missing.en");
        CorpusException fault = Fault(new ParallelFiles(missing, _folder.Write("a.de", "1\n")));
        Assert.Equal($"The corpus file '{missing}' does not exist. Check the path; relative paths start at the working directory.", fault.Message);
        Assert.Equal(missing, fault.File);
    }

    [Fact]
    public void A_directory_is_no_corpus()
    {
        string folder = Directory.CreateDirectory(_folder.PathOf("inner")).FullName;
        Assert.Contains($"'{folder}' is a directory", Fault(new TabSeparatedFile(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_line_counts_name_both_files_and_counts()
    {
        ParallelFiles corpus = new(_folder.Write("a.en", "1\n2\n3\n"), _folder.Write("a.de", "1\n2\n3\n4\n5\n"));
        CorpusException fault = Fault(corpus);
        Assert.Contains($"'{corpus.SourcePath}' has 3, '{corpus.TargetPath}' has 5", fault.Message, StringComparison.Ordinal);
        Assert.Equal((corpus.SourcePath, 4), (fault.File, fault.Line));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xC3, 0x28 }, 2, "0xC3")]
    [InlineData(new byte[] { 0x61, 0x62, 0xE2, 0x82 }, 3, "0xE2")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 1, "0xED")]
    [InlineData(new byte[] { 0xC3, 0xA4, 0xC0, 0x80 }, 3, "0xC0")]
    public void Invalid_utf8_names_file_line_and_byte(byte[] line, int faultByte, string value)
    {
        string path = _folder.Write("a.en", [.. "good\n"u8, .. line, .. "\nmore\n"u8]);
        CorpusException fault = Fault(new ParallelFiles(path, _folder.Write("a.de", "1\n2\n3\n")));
        Assert.Equal($"The corpus file '{path}' is not UTF-8: line 2, byte {faultByte} of the line ({value}). Convert the file to UTF-8 or repair the line.", fault.Message);
        Assert.Equal((path, 2), (fault.File, fault.Line));
    }

    [Fact]
    public void Utf16_is_recognised()
    {
        string path = _folder.Write("a.en", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]);
        Assert.EndsWith("It begins like UTF-16; convert it to UTF-8.", Fault(new ParallelFiles(path, _folder.Write("a.de", "1\n"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest, 0.5)]
    [InlineData(CompressionLevel.Fastest, 0.999)]
    [InlineData(CompressionLevel.Fastest, 0.9999)]
    [InlineData(CompressionLevel.NoCompression, 0.5)]
    [InlineData(CompressionLevel.NoCompression, 0.0001)]
    public void A_packed_file_that_is_cut_short_is_refused(CompressionLevel level, double share)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level, leaveOpen: true))
            gzip.Write([.. Enumerable.Range(0, 60_000).Select(i => (byte)(i % 7 == 0 ? '\n' : 'a' + (i * 7919L % 1009 % 26)))]);
        string path = _folder.Write("a.gz", packed.ToArray()[..(int)(packed.Length * share)]);
        CorpusException fault = Fault(new ParallelFiles(path, path));
        Assert.Contains($"'{path}' begins like gzip but cannot be unpacked", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_names_the_line_and_what_is_there()
    {
        string path = _folder.Write("a.tsv", "a\tb\nc\n");
        Assert.Equal($"Line 2 of '{path}' has 1 tab-separated column; column 2 was asked for.", Fault(new TabSeparatedFile(path)).Message);
    }

    [Theory]
    [InlineData("{\"source\": \"a\", \"target\" \"b\"}", "is not a JSON object: byte 26")]
    [InlineData("[1, 2]", "is not a JSON object: byte 1: it is an array.")]
    [InlineData("{\"source\": \"a\", \"goal\": \"b\"}", "has no text under the key 'target': its keys are source, goal.")]
    [InlineData("{\"source\": \"a\", \"target\": 3}", "has no text under the key 'target': there is a number.")]
    [InlineData("{\"source\": \"a\", \"target\": \"\\ud800\"}", "half a surrogate pair")]
    public void A_line_that_is_no_pair_of_json_texts_is_named(string line, string reason)
    {
        string path = _folder.Write("a.jsonl", "{\"source\": \"a\", \"target\": \"b\"}\n" + line + "\n");
        CorpusException fault = Fault(new JsonLinesFile(path));
        Assert.StartsWith($"Line 2 of '{path}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_with_no_pair_is_refused()
    {
        ParallelFiles empty = new(_folder.Write("a.en", ""), _folder.Write("a.de", ""));
        CorpusException fault = Assert.Throws<CorpusException>(() => TrainingCorpus.Load([empty], CorpusFolder.WordEncoder));
        Assert.StartsWith("The corpora are empty: no pair was read.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_with_no_pair_left_says_which_filter_took_how_many()
    {
        ParallelFiles corpus = new(_folder.Write("a.en", "\nx x x\nx\n"), _folder.Write("a.de", "y\ny\ny y y\n"));
        CorpusException fault = Assert.Throws<CorpusException>(() => TrainingCorpus.Load([corpus], CorpusFolder.WordEncoder, new CorpusOptions { MaxSourceTokens = 2, MaxTargetTokens = 2 }));
        Assert.Equal("No pair is left to learn from: 3 were read and all were dropped (empty side 1, too many tokens 2). Loosen these filters.", fault.Message);
    }

    [Fact]
    public void A_weight_out_of_range_is_refused() =>
        Assert.Throws<ArgumentException>(() => new FilteredPairs([new TabSeparatedFile("a") { Weight = double.NaN }]));

    private static CorpusException Fault(Corpus corpus) =>
        Assert.Throws<CorpusException>(() => new FilteredPairs([corpus]).Count());
}
