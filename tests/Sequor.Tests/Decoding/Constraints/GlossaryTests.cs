using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Glossaries and lines of constraints: what is found, and what is said of wrong ones.</summary>
public sealed class GlossaryTests
{
    private const string Terms = "cat\tKatze|Kater\ncat food\tKatzenfutter\nthe\tdie\nC++\tC++\n猫\tKatze\n";

    [Theory]
    [InlineData("a cat and a cat", "cat cat")]
    [InlineData("cat food for the cat", "cat food|the|cat")]
    [InlineData("category, concat, cats", "")]
    [InlineData("(cat) \"cat\" cat.", "cat|cat|cat")]
    [InlineData("C++ and C+++", "C++|C++")]
    [InlineData("黒猫です", "猫")]
    [InlineData("The Cat", "")]
    [InlineData("", "")]
    public void Terms_are_found_between_the_ends_of_words_the_longest_first(string source, string expected) => Assert.Equal(
        expected.Replace("cat cat", "cat|cat", StringComparison.Ordinal),
        string.Join('|', Glossary.Parse(Terms, "terms").Match(source).Select(phrase => phrase.SourceTerm)));

    [Fact]
    public void Case_may_be_ignored_and_translations_come_along()
    {
        RequiredPhrase found = Assert.Single(Glossary.Parse(Terms, "terms", ignoreCase: true).Match("CAT"));
        Assert.Equal(["Katze", "Kater"], found.Alternatives);
        Assert.Equal("cat", found.SourceTerm);
    }

    [Theory]
    [InlineData("caf\u00e9", "un cafe\u0301 noir", "noir")]
    [InlineData("cafe\u0301", "un caf\u00e9 noir", "noir")]
    [InlineData("\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 noir", "noir")]
    public void A_term_is_found_however_its_characters_are_composed(string term, string source, string next)
    {
        var glossary = Glossary.Parse($"{term}\tx\n{next}\ty\n", "terms");
        Assert.Equal([term, next], glossary.Match(source).Select(phrase => phrase.SourceTerm));
        Assert.Contains(
            "twice", Assert.Throws<InvalidDataException>(() => Glossary.Parse("caf\u00e9\tx\ncafe\u0301\ty\n", "terms")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_the_same()
    {
        var glossary = Glossary.Parse("{\"cat\": [\"Katze\", \"Kater\"], \"dog\": \"Hund|e\"}", "terms");
        Assert.Equal(2, glossary.Count);
        Assert.Equal([["Katze", "Kater"], ["Hund|e"]], glossary.Match("cat dog").Select(phrase => phrase.Alternatives));
    }

    [Theory]
    [InlineData("cat\tKatze\ndog\n", "t, line 2: one tab must part the term from its translation, but there are 0.")]
    [InlineData("cat\tKatze\tx\n", "t, line 1, column 11: one tab must part the term from its translation, but there are 2.")]
    [InlineData("\n\tKatze\n", "t, line 2, column 1: there is no term before the tab.")]
    [InlineData("cat\ta||b\ndog\t\n", "t, line 1, column 5: a translation is empty. t, line 2, column 5: a translation is empty.")]
    [InlineData("cat\ta\ncat\tb\n", "t: The term 'cat' stands in the glossary twice; put its translations into one entry.")]
    [InlineData("{\"cat\": 3}", "t: the translation of 'cat' must be a text or an array of texts, none of them empty.")]
    [InlineData("{\"cat\": \"\\ud83d\"}", "t: an escape such as '\\ud83d' is half a character; the other half must stand behind it.")]
    [InlineData("{\"\\ude00\": \"a\"}", "t: an escape such as '\\ud83d' is half a character; the other half must stand behind it.")]
    [InlineData("{\"cat\":\n \"a\" \"b\"}", "t, line 2, column 6: this is no JSON object of terms and translations.")]
    public void A_wrong_glossary_is_refused_with_every_fault(string text, string fault) =>
        Assert.Equal(fault, Assert.Throws<InvalidDataException>(() => Glossary.Parse(text, "t")).Message);

    [Fact]
    public void A_line_of_constraints_is_phrases_or_json()
    {
        Assert.Same(DecodingRequest.None, RequestLine.Parse(" ", "f", 1));
        RequiredPhrase[] phrases = [.. RequestLine.Parse("the cat\ta | b\\|c", "f", 1).Constraints.Cast<RequiredPhrase>()];
        Assert.Equal([["the cat"], ["a", "b|c"]], phrases.Select(phrase => phrase.Alternatives));
        DecodingRequest json = RequestLine.Parse("{\"constraints\": [\"x y\", [\"a\", \"b\"]], \"avoid\": [\"z\"], \"prefix\": \"He\", \"allowed\": [\"He x\"]}", "f", 1);
        Assert.Equal("He", json.Prefix);
        Assert.Equal([["x y"], ["a", "b"]], json.Constraints.OfType<RequiredPhrase>().Select(phrase => phrase.Alternatives));
        Assert.Equal(["z"], Assert.Single(json.Constraints.OfType<BannedPhrases>()).Phrases);
        Assert.Equal(["He x"], Assert.Single(json.Constraints.OfType<AllowedOutputs>()).Texts);
    }

    [Theory]
    [InlineData("a\t\tb", "f, line 7, column 3: a phrase is empty; tabs part phrases, and bars their alternatives.")]
    [InlineData("{\"force\": []}", "f, line 7: there is no 'force' here; known are constraints, avoid, allowed and prefix.")]
    [InlineData("{\"avoid\": [3]}", "f, line 7: 'avoid' must hold texts or arrays of texts, none of them empty.")]
    [InlineData("{\"prefix\": [\"a\"]}", "f, line 7: 'prefix' must be a text.")]
    [InlineData("{\"prefix\": \"\\ud83d\"}", "f, line 7: an escape such as '\\ud83d' is half a character; the other half must stand behind it.")]
    [InlineData("{\"avoid\" []}", "f, line 7, column 10: this is no JSON object.")]
    public void A_wrong_line_of_constraints_is_refused_with_its_place(string line, string fault) =>
        Assert.Equal(fault, Assert.Throws<InvalidDataException>(() => RequestLine.Parse(line, "f", 7)).Message);
}
