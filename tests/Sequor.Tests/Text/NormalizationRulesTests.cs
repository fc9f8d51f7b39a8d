using System.Text;
using Sequor.Text;
using Sequor.Text.Protobuf;

namespace Sequor.Tests.Text;

/// <summary>Our own maps against those that SentencePiece compiled with ICU, and the transforms over the same tables.</summary>
public class NormalizationRulesTests
{
    [Theory]
    [InlineData("nmt_nfkc", "bpe")]
    [InlineData("nmt_nfkc_cf", "unigram")]
    public void Our_map_normalises_every_character_as_SentencePiece_does_but_for_newer_letters(string rule, string model)
    {
        TextNormalizer ours = Normalizer(NormalizationRules.Compile(rule));
        TextNormalizer theirs = Normalizer(GoldenModels.Load(model).Model.Proto.NormalizerSpec.PrecompiledCharsmap.Memory);
        IEnumerable<int> different = Enumerable.Range(0, 0x1100)
            .Select(page => Enumerable.Range(page * 0x100, 0x100).Where(codePoint => codePoint > 0 && Rune.IsValid(codePoint)))
            .Where(page => !Agree(page))
            .SelectMany(page => page.Where(codePoint => !Agree([codePoint])));

        // SentencePiece's maps were compiled from Unicode 13 or older; Unicode 14 added letters with compatibility forms.
        Assert.All(different, codePoint => Assert.True(
            codePoint is (>= 0xA7C0 and <= 0xA7F4) or (>= 0x10570 and <= 0x107BA) or 0x2C2F, $"U+{codePoint:X4}"));

        bool Agree(IEnumerable<int> codePoints)
        {
            string text = string.Concat(codePoints.Select(codePoint => $"x{new Rune(codePoint)}"));
            return ours.Normalize(text) == theirs.Normalize(text);
        }
    }

    [Theory]
    [InlineData("nmt_nfkc", "bpe")]
    [InlineData("nmt_nfkc_cf", "unigram")]
    public void Our_map_normalises_odd_lines_as_SentencePiece_does(string rule, string model)
    {
        TextNormalizer ours = Normalizer(NormalizationRules.Compile(rule));
        TextNormalizer theirs = Normalizer(GoldenModels.Load(model).Model.Proto.NormalizerSpec.PrecompiledCharsmap.Memory);
        Assert.Equal(GoldenModels.Input.Select(theirs.Normalize), GoldenModels.Input.Select(ours.Normalize));
    }

    [Theory]
    [InlineData("nfkc", "ｶﾞ①ﬁ e\u0301", "ガ1fi é")]
    [InlineData("nfkc", "a\tb～", "a\tb~")]
    [InlineData("nmt_nfkc", "a\tb\u0007c～", "a bc～")]
    [InlineData("nfkc_cf", "STRAẞE ÉÉ", "straße éé")]
    [InlineData("nmt_nfkc_cf", "\u1112\u1161\u11AB A\u030A", "한 å")]
    [InlineData("identity", "ｶﾞ A\u030A", "ｶﾞ A\u030A")]
    public void Rules_do_what_their_names_say(string rule, string text, string expected) =>
        Assert.Equal("\u2581" + expected.Replace(' ', '\u2581'), Normalizer(NormalizationRules.Compile(rule)).Normalize(text));

    [Fact]
    public void A_map_is_no_larger_than_twice_the_one_of_SentencePiece()
    {
        int theirs = GoldenModels.Load("bpe").Model.Proto.NormalizerSpec.PrecompiledCharsmap.Length;
        Assert.InRange(NormalizationRules.Compile("nmt_nfkc").Length, theirs / 2, theirs * 2);
    }

    [Fact]
    public void An_unknown_rule_is_refused_with_the_known_ones() =>
        Assert.Contains("nmt_nfkc_cf", Assert.Throws<ArgumentException>(() => NormalizationRules.Compile("nfd")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ÀÉÎ ΣΊΣΥΦΟΣ ЖЗИ ẞ", "àéî σίσυφοσ жзи ß")]
    [InlineData("İI \U00010400", "i\u0307i \U00010428")]
    public void Lowercase_looks_at_one_character_at_a_time(string text, string expected) =>
        Assert.Equal(expected, TextTransforms.Lowercase(text));

    [Fact]
    public void A_lone_surrogate_counts_as_a_replacement_character() =>
        Assert.Equal("a\uFFFDb", TextTransforms.Lowercase("A\uD800B"));

    // Python 3.11: unicodedata.normalize("NFC", ...) and ("NFKC", ...), Unicode 14.0.0.
    [Theory]
    [InlineData("e\u0301 a\u0323\u0302 a\u0302\u0323", "é \u1EAD \u1EAD", "é \u1EAD \u1EAD")]
    [InlineData("\u1112\u1161\u11AB \uAC00\u11A8", "한 각", "한 각")]
    [InlineData("\u212B \u0344 \u0958 ﬁ", "\u00C5 \u0308\u0301 \u0915\u093C ﬁ", "\u00C5 \u0308\u0301 \u0915\u093C fi")]
    [InlineData("q\u0307\u0323 \u1E9B\u0323", "q\u0323\u0307 \u1E9B\u0323", "q\u0323\u0307 \u1E69")]
    public void Normal_forms_are_those_of_the_standard(string text, string composed, string compatible)
    {
        Assert.Equal(composed, TextTransforms.Nfc(text));
        Assert.Equal(compatible, TextTransforms.Nfkc(text));
    }

    private static TextNormalizer Normalizer(ReadOnlyMemory<byte> map) => new(
        new NormalizerSpec { PrecompiledCharsmap = Google.Protobuf.ByteString.CopyFrom(map.Span) }, false, [], "test");
}
