using System.Text;
using Sequor.Batching;

namespace Sequor.Tests.Batching;

public sealed class CorpusReadingTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_of_two_files_belong_together()
    {
        Corpus corpus = new ParallelFiles(_folder.Write("a.en", "one\ntwo\n"), _folder.Write("a.de", "eins\nzwei\n"));
        Assert.Equal([new NumberedPair(0, "one", "eins"), new NumberedPair(1, "two", "zwei")], Read(corpus));
    }

    [Fact]
    public void The_last_line_needs_no_line_end() =>
        Assert.Equal(["one", "two"], Sources("one\ntwo"));

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_no_text() =>
        Assert.Equal(["one", "two"], Sources("\uFEFFone\r\ntwo\r\n"));

    [Fact]
    public void A_byte_order_mark_inside_the_file_is_text() =>
        Assert.Equal(["one", "\uFEFFtwo"], Sources("one\n\uFEFFtwo\n"));

    [Fact]
    public void A_carriage_return_inside_a_line_is_text_and_counted()
    {
        FilteredPairs pairs = new([new ParallelFiles(_folder.Write("a.en", "on\re\r\ntwo\r\r\n"), _folder.Write("a.de", "1\n2\n"))]);
        Assert.Equal(["on\re", "two\r"], pairs.Select(pair => pair.Source));
        Assert.Equal(2, pairs.Report.LoneCarriageReturns);
    }

    [Fact]
    public void Only_a_newline_ends_a_line_and_a_null_character_is_text() =>
        Assert.Equal(["a\u2028b\u0085c\vd\fe\0f"], Sources("a\u2028b\u0085c\vd\fe\0f\n"));

    [Fact]
    public void Packed_files_are_known_by_their_content()
    {
        Corpus corpus = new ParallelFiles(_folder.WritePacked("a.en", "one\ntwo\n"), _folder.Write("a.de", "eins\nzwei\n"));
        Assert.Equal(["one", "two"], Read(corpus).Select(pair => pair.Source));
    }

    [Fact]
    public void A_packed_file_of_several_members_is_one_text()
    {
        byte[] first = File.ReadAllBytes(_folder.WritePacked("1", "one\ntw"));
        byte[] second = File.ReadAllBytes(_folder.WritePacked("2", "o\n"));
        Corpus corpus = new ParallelFiles(_folder.Write("a.gz", [.. first, .. second]), _folder.Write("a.de", "eins\nzwei\n"));
        Assert.Equal(["one", "two"], Read(corpus).Select(pair => pair.Source));
    }

    [Fact]
    public void Tab_separated_columns_are_chosen_by_number()
    {
        Corpus corpus = new TabSeparatedFile(_folder.WritePacked("a.tsv", "7\teins\tone\tx\n8\tzwei\ttwo\n"), SourceColumn: 3, TargetColumn: 2);
        Assert.Equal([new NumberedPair(0, "one", "eins"), new NumberedPair(1, "two", "zwei")], Read(corpus));
    }

    [Fact]
    public void Json_keys_reach_into_objects_and_blank_lines_are_no_pairs()
    {
        Corpus corpus = new JsonLinesFile(
            _folder.Write("a.jsonl", "{\"t\":{\"en\":\"o\\u006ee\\n1\",\"de\":\"eins\"}}\n\n{\"t\":{\"de\":\"zwei\",\"en\":\"two\"}}\n"), "t.en", "t.de");
        Assert.Equal([new NumberedPair(0, "one\n1", "eins"), new NumberedPair(2, "two", "zwei")], Read(corpus));
    }

    [Fact]
    public void Long_lines_pass_through_a_small_buffer_and_over_the_limit_they_are_counted()
    {
        string within = new('a', 200_000);
        string over = new('b', 200_001);
        Corpus corpus = new ParallelFiles(_folder.Write("a.en", $"{within}\r\n{over}\r\n{over}{over}\nlast\n"), _folder.Write("a.de", "1\n2\n3\n4\n"));
        FilteredPairs pairs = new([corpus], new CorpusOptions { LineLimitBytes = 200_000 });

        Assert.Equal([within, "last"], pairs.Select(pair => pair.Source));
        Assert.Equal(2, pairs.Report.Dropped(DropReason.OverlongLine));
        Assert.Equal((4, 2), (pairs.Report.PairsRead, pairs.Report.PairsKept));
    }

    [Fact]
    public void Prefixes_and_lower_case_are_put_on_per_corpus()
    {
        Corpus german = new ParallelFiles(_folder.Write("a.en", "ONE\n"), _folder.Write("a.de", "ÄPFEL\n")) { SourcePrefix = "<2de>" };
        Corpus french = new ParallelFiles(_folder.Write("b.en", "Two\n"), _folder.Write("b.fr", "Deux\n")) { SourcePrefix = "<2fr>", TargetPrefix = "<fr>" };
        FilteredPairs pairs = new([german, french], new CorpusOptions { Lowercase = true });

        Assert.Equal(
            [new NumberedPair(0, "<2de> one", "äpfel"), new NumberedPair(NumberedPair.NumberOf(1, 1), "<2fr> two", "<fr> deux")], pairs);
    }

    [Fact]
    public void Characters_are_composed_before_case_and_filters()
    {
        Corpus corpus = new PairsInMemory([new("A\u0308", "U\u0308B")]);
        CorpusOptions options = new() { NormalizeNfc = true, Lowercase = true, Filters = new CorpusFilters { MaxCharacters = 2 } };
        Assert.Equal([new NumberedPair(0, "\u00E4", "\u00FCb")], new FilteredPairs([corpus], options));
        Assert.Equal("A\u0308", Assert.Single(Read(corpus)).Source);
    }

    [Fact]
    public void Places_of_a_reader_lead_back_in_every_kind_of_file()
    {
        string text = "\uFEFF" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"zeile {i}\tline {i}\r\n"));
        Corpus[] corpora =
        [
            new TabSeparatedFile(_folder.Write("a.tsv", text)),
            new TabSeparatedFile(_folder.WritePacked("a.tsv.gz", text)),
        ];
        foreach (Corpus corpus in corpora)
        {
            using PairReader reader = corpus.Open(1000);
            List<(ReaderPlace Place, SentencePair Next)> places = [];
            for (var place = reader.Place; reader.Read(out SentencePair pair) == LineKind.Text; place = reader.Place)
                places.Add((place, pair));

            Assert.Equal(3000, places.Count);
            foreach (var (place, next) in new[] { places[^1], places[0], places[1], places[2999], places[1500] })
            {
                reader.Seek(place);
                Assert.Equal(LineKind.Text, reader.Read(out SentencePair pair));
                Assert.Equal(next, pair);
            }
        }
    }

    private static NumberedPair[] Read(Corpus corpus) => [.. new FilteredPairs([corpus])];

    private string[] Sources(string text)
    {
        int lines = text.TrimEnd('\n').Count(unit => unit == '\n') + 1;
        Corpus corpus = new ParallelFiles(
            _folder.Write("s", Encoding.UTF8.GetBytes(text)), _folder.Write("t", string.Concat(Enumerable.Repeat("y\n", lines))));
        return [.. Read(corpus).Select(pair => pair.Source)];
    }
}
