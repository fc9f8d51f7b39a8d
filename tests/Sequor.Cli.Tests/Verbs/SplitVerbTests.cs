namespace Sequor.Cli.Tests.Verbs;

public sealed class SplitVerbTests
{
    [Fact]
    public void Sentences_come_one_a_line_and_paragraphs_stay_apart() => Assert.Equal(
        "Am 3. Mai kam Dr. Müller.\nEr blieb.\n\nGut?\nJa!\n",
        Called.On("  Am 3. Mai kam Dr. Müller. Er blieb.\n\n- Gut? Ja!\n", "split", "--language", "de").MustSucceed());

    [Fact]
    public void A_line_without_a_sentence_stays_as_it_is() => Assert.Equal("One.\n---\n", Called.On("One.\n  --- \n", "split").MustSucceed());

    [Fact]
    public void Json_says_where_each_sentence_stands() => Assert.Equal(
        """
        {"line":1,"start":2,"length":4,"text":"One."}
        {"line":1,"start":7,"length":5,"text":"„Tö“!"}
        {"line":3,"start":0,"length":2,"text":"好。"}

        """,
        Called.On("- One. „Tö“!\n\n好。\n", "split", "--json").MustSucceed());

    [Fact]
    public void Long_sentences_are_cut() => Assert.Equal(
        "one two three four,\nfive six seven\n", Called.On("one two three four, five six seven\n", "split", "--max-length", "24").MustSucceed());

    [Fact]
    public void A_limit_that_is_too_small_is_wrong_usage() =>
        Assert.Contains("16 or more", Called.With("split", "--max-length", "3").MustFail(2), StringComparison.Ordinal);
}
