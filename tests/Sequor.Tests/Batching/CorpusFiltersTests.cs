using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class CorpusFiltersTests
{
    [Fact]
    public void A_pair_with_an_empty_or_white_side_is_dropped_unless_it_is_wanted()
    {
        SentencePair[] pairs = [new("", "a"), new("b", " \u00A0"), new("c", "d")];
        Assert.Equal(["c"], Kept(new CorpusFilters(), pairs));
        Assert.Equal(3, Kept(new CorpusFilters { DropEmptySides = false }, pairs).Length);
    }

    [Fact]
    public void Characters_are_code_points()
    {
        SentencePair[] pairs = [new("😀😀😀", "abc"), new("😀😀😀😀", "abc"), new("ab", "abc"), new("abc", "abcd")];
        Assert.Equal(["😀😀😀"], Kept(new CorpusFilters { MinCharacters = 3, MaxCharacters = 3 }, pairs));
    }

    [Fact]
    public void A_ratio_may_be_reached_and_not_passed()
    {
        SentencePair[] pairs = [new("ab", "abcd"), new("ab", "abcde"), new("abcd", "ab"), new("abcde", "ab")];
        Assert.Equal(["ab", "abcd"], Kept(new CorpusFilters { MaxCharacterRatio = 2 }, pairs));
    }

    [Fact]
    public void Identical_sides_are_dropped_when_asked()
    {
        SentencePair[] pairs = [new("a", "a"), new("a", "A")];
        Assert.Equal(2, Kept(new CorpusFilters(), pairs).Length);
        Assert.Single(Kept(new CorpusFilters { DropIdenticalSides = true }, pairs));
    }

    [Fact]
    public void A_duplicate_is_the_same_pair_not_the_same_side()
    {
        SentencePair[] pairs = [new("a", "b"), new("a", "c"), new("b", "a"), new("ab", ""), new("a", "b"), new("a", "c")];
        Assert.Equal(["a", "a", "b", "ab"], Kept(new CorpusFilters { DropDuplicates = true, DropEmptySides = false }, pairs));
    }

    [Fact]
    public void Pairs_beyond_the_memory_are_kept_and_it_is_said()
    {
        SentencePair[] pairs = [new("1", "1"), new("2", "2"), new("3", "3"), new("3", "3"), new("1", "1")];
        FilteredPairs filtered = new([new PairsInMemory(pairs)], new CorpusOptions { Filters = new CorpusFilters { DropDuplicates = true, RememberedPairs = 2 } });
        Assert.Equal(["1", "2", "3", "3"], filtered.Select(pair => pair.Source));
        Assert.True(filtered.Report.HasForgottenPairs);
    }

    [Fact]
    public void Many_different_pairs_are_all_told_apart()
    {
        SentencePair[] pairs = [.. Enumerable.Range(0, 20_000).Select(i => new SentencePair($"{i % 141}", $"{i / 141}"))];
        Assert.Equal(20_000, Kept(new CorpusFilters { DropDuplicates = true }, [.. pairs, .. pairs]).Length);
    }

    [Fact]
    public void A_side_must_be_written_in_its_script_by_the_share_asked()
    {
        SentencePair[] pairs =
        [
            new("Привет, мир!", "你好,世界"),
            new("Hello, world!", "你好,世界"),
            new("Привет, world!", "你好,世界"),
            new("Это Windows XP для моего компьютера", "我的电脑 Windows XP"),
            new("123 + 456", "789"),
        ];
        CorpusFilters filters = new() { SourceScripts = [Script.Cyrillic], TargetScripts = [Script.Han], MinScriptShare = 0.55 };
        Assert.Equal(["Привет, мир!", "123 + 456"], Kept(filters, pairs));
        Assert.Equal(3, Kept(filters with { TargetScripts = [Script.Han, Script.Latin] }, pairs).Length);
    }

    [Theory]
    [InlineData("é", Script.Latin)]
    [InlineData("ß", Script.Latin)]
    [InlineData("ế", Script.Latin)]
    [InlineData("ἀ", Script.Greek)]
    [InlineData("ж", Script.Cyrillic)]
    [InlineData("ω", Script.Greek)]
    [InlineData("ש", Script.Hebrew)]
    [InlineData("ع", Script.Arabic)]
    [InlineData("ह", Script.Devanagari)]
    [InlineData("ก", Script.Thai)]
    [InlineData("ა", Script.Georgian)]
    [InlineData("한", Script.Hangul)]
    [InlineData("の", Script.Hiragana)]
    [InlineData("カ", Script.Katakana)]
    [InlineData("漢", Script.Han)]
    [InlineData("𠮷", Script.Han)]
    public void Letters_are_of_their_script(string letter, Script script) =>
        Assert.Equal(1.0, Scripts.Share(letter, [script]));

    [Fact]
    public void Reasons_are_counted_and_written_in_words()
    {
        TrainingCorpus corpus = TrainingCorpus.Load(
            [new PairsInMemory([new("", "y"), new("x", "x"), new("x", "y"), new("x", "y"), new("x x x", "y"), new("x x x x x", "y y y y"), new("x oh", "y y")])],
            CorpusFolder.WordEncoder,
            new CorpusOptions { MaxSourceTokens = 4, Filters = new CorpusFilters { DropIdenticalSides = true, DropDuplicates = true, MaxTokenRatio = 2 } });

        Assert.Equal((7, 2), (corpus.Report.PairsRead, corpus.Report.PairsKept));
        Assert.Equal(
            """
            2 of 7 pairs kept (dropped: empty side 1, identical sides 1, duplicate 1, too many tokens 1, ratio of tokens 1)
            source: 3 tokens, 1.5 per sentence, longest 2; 2.5 characters per sentence; unknown 33.33 %
            target: 3 tokens, 1.5 per sentence, longest 2; 2.0 characters per sentence; unknown 0.00 %

            """,
            corpus.Report.ToString());
        Assert.Equal([2L], corpus.Report.Source.LengthHistogram);
    }

    [Fact]
    public void A_report_of_text_alone_says_nothing_of_tokens()
    {
        FilteredPairs pairs = new([new PairsInMemory([new("a", "b"), new("", "c")])]);
        Assert.Single(pairs);
        Assert.Equal("1 of 2 pairs kept (dropped: empty side 1)\n", pairs.Report.ToString());
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once() =>
        Assert.Equal(4, new CorpusOptions { LineLimitBytes = 0, Filters = new CorpusFilters { MinCharacters = -1, MaxTokenRatio = 0.5, MinScriptShare = 2 } }.Validate().Count);

    private static string[] Kept(CorpusFilters filters, SentencePair[] pairs) =>
        [.. new FilteredPairs([new PairsInMemory(pairs)], new CorpusOptions { Filters = filters }).Select(pair => pair.Source)];
}
