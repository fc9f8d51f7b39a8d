using Sequor.Scoring;

namespace Sequor.Tests.Scoring;

// Expected words: the rules of mteval-v13a.pl and mteval-v14.pl as sacreBLEU 2 has them, checked by tools/golden/metrics.py (an independent
// implementation by regular expressions).
public class BleuTokenizerTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("It costs 1,000.50 euros.", "It costs 1,000.50 euros .")]
    [InlineData("In 1995, yes.", "In 1995 , yes .")]
    [InlineData("the year 1995.", "the year 1995 .")]
    [InlineData("a 3-4 well-known", "a 3 - 4 well-known")]
    [InlineData("don't (stop) [now]", "don't ( stop ) [ now ]")]
    [InlineData("&quot;A&amp;B&quot; &lt;b&gt;", "\" A & B \" < b >")]
    [InlineData("&amp;lt;", "<")]
    [InlineData("a<skipped>b", "ab")]
    [InlineData("wait...", "wait . . .")]
    [InlineData("and/or a_b #1 50% {x} ~y", "and / or a _ b # 1 50 % { x } ~ y")]
    [InlineData(".5 and 5.", ". 5 and 5 .")]
    [InlineData("„Ja“ – sagte er", "„Ja“ – sagte er")]
    [InlineData("hyphen-\nated\nline", "hyphenated line")]
    [InlineData("a\u00A0b\u001Cc\u3000d", "a b c d")]
    [InlineData("   ", "")]
    public void Mteval_13a_cuts_as_the_script(string line, string words) => Same(BleuTokenizer.Mteval13A, line, words);

    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("„Ja“ – sagte er", "„ Ja “ – sagte er")]
    [InlineData("1,000.50 €", "1,000.50 €")]
    [InlineData("the year 1995.", "the year 1995.")]
    [InlineData("x²+y²=z²", "x² + y² = z²")]
    [InlineData("don't", "don ' t")]
    [InlineData("ok😀ok", "ok 😀 ok")]
    [InlineData("«Oui»", "« Oui »")]
    [InlineData("a…b", "a … b")]
    [InlineData("Ⅻ.", "Ⅻ.")]
    public void International_cuts_at_unicode_punctuation_and_symbols(string line, string words) =>
        Same(BleuTokenizer.International, line, words);

    [Theory]
    [InlineData("我爱 Berlin。", "我 爱 Berlin 。")]
    [InlineData("共有1,000.5元", "共 有 1,000.5 元")]
    [InlineData("他说“好”", "他 说 “ 好 ”")]
    [InlineData("Hello, 世界!", "Hello , 世 界 !")]
    [InlineData("ＡＢ", "Ａ Ｂ")]
    [InlineData("こんにちは世界", "こんにちは 世 界")]
    public void Chinese_characters_are_words(string line, string words) => Same(BleuTokenizer.Chinese, line, words);

    // sacreBLEU's escape \u2a6d6 is U+2A6D and a 6: supplementary ideographs stay joined, curly quotes are cut off.
    [Fact]
    public void The_ranges_of_zh_are_sacrebleus_even_where_they_surprise()
    {
        Same(BleuTokenizer.Chinese, "\U00020000\U00020001", "\U00020000\U00020001");
        Same(BleuTokenizer.Chinese, "a\u2014b", "a \u2014 b");
    }

    [Fact]
    public void Char_makes_each_code_point_a_word() => Same(BleuTokenizer.Character, "a b😀 é", "a b 😀 é");

    [Fact]
    public void None_splits_at_white_space_only() => Same(BleuTokenizer.None, " a,b  c.\t d ", "a,b c. d");

    [Fact]
    public void Names_lead_to_tokenizers_and_back()
    {
        Assert.All(BleuTokenizers.Names, name => Assert.Equal(name, BleuTokenizers.Parse(name).Name()));
        ArgumentException fault = Assert.Throws<ArgumentException>(() => BleuTokenizers.Parse("14a"));
        Assert.Contains("13a, intl, zh, char, none", fault.Message, StringComparison.Ordinal);
    }

    private static void Same(BleuTokenizer tokenizer, string line, string words) =>
        Assert.Equal(words, string.Join(' ', tokenizer.Split(line)));
}
