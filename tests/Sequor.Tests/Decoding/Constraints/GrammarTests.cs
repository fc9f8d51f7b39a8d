using System.Text;
using System.Text.RegularExpressions;
using Sequor.Decoding.Constraints.Grammars;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Grammars against regular expressions, and what is said of wrong ones.</summary>
public sealed class GrammarTests
{
    [Theory]
    [InlineData("root ::= \"a\" (\"b\" | [c-e])* \"f\"?", "^a(b|[c-e])*f?$")]
    [InlineData("root ::= x{2} y{1,3} x{0,}\nx ::= [^b-f]\ny ::= \"bé\" | \"猫\"", "^[^b-f]{2}(bé|猫){1,3}[^b-f]*$")]
    [InlineData("root ::= . [é-猫] | \"\" | \"\\u00e9\\x61\"", "^(.[é-猫]||éa)$")]
    [InlineData("root ::= one | two # three\none ::= \"a\"+\ntwo ::= (\"ab\")+", "^(a+|(ab)+)$")]
    public void A_grammar_holds_what_the_regular_expression_matches(string grammar, string expression)
    {
        ByteAutomaton automaton = Grammar.Parse(grammar).Automaton;
        var regex = new Regex(expression, RegexOptions.Singleline);
        string[] letters = ["a", "b", "c", "é", "f", "猫", "d", "é", "a"];
        int matched = 0;
        for (ulong draw = 0; draw < 4000; draw++)
        {
            int length = (int)(7 * RandomKeys.Uniform(RandomKeys.Mix(5, draw)));
            string text = string.Concat(Enumerable.Range(0, length).Select(i => letters[(int)(letters.Length * RandomKeys.Uniform(RandomKeys.Mix(RandomKeys.Mix(6, draw), (ulong)i)))]));
            Assert.True(regex.IsMatch(text) == Accepts(automaton, text), text);
            matched += regex.IsMatch(text) ? 1 : 0;
        }

        Assert.True(matched > 5, $"{matched}");
    }

    [Theory]
    [InlineData(0x7F, 0x80)]
    [InlineData(0x7FF, 0x800)]
    [InlineData(0xFFFF, 0x10000)]
    [InlineData(0x40, 0x10FFFF)]
    [InlineData(0x3000, 0x9ABC)]
    [InlineData(0x12345, 0x12355)]
    public void A_range_holds_its_characters_and_no_others(int low, int high)
    {
        ByteAutomaton automaton = Grammar.Parse($"root ::= [\\U{low:x8}-\\U{high:x8}]").Automaton;
        foreach (int value in new[] { 0, 0x3F, 0x40, 0x7F, 0x80, 0x7FF, 0x800, 0x2FFF, 0x3000, 0x9ABC, 0x9ABD, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x12344, 0x12345, 0x12350, 0x12355, 0x12356, 0x10FFFF })
        {
            Assert.Equal(value >= low && value <= high, Accepts(automaton, new Rune(value).ToString()));
        }
    }

    [Theory]
    [InlineData("", "The grammar g has no rule 'root'")]
    [InlineData("root ::= \"a", "g, line 1, column 10: this text has no closing '\"' on its line.")]
    [InlineData("root ::= \"a\"\n  | [b", "g, line 2, column 5: this '[' has no ']' on its line.")]
    [InlineData("root ::= (\"a\"", "g, line 1, column 10: this '(' has no ')'.")]
    [InlineData("root ::= \"a\")", "g, line 1, column 13: a rule must begin here")]
    [InlineData("root = \"a\"", "g, line 1, column 6: '::=' must follow the name 'root' of a rule.")]
    [InlineData("root ::= a\na ::= \"é\" root", "g, line 2, column 11: the rule 'root' refers to itself (root > a > root)")]
    [InlineData("root ::= a", "g, line 1, column 10: there is no rule 'a'.")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "g, line 2, column 1: the rule 'root' stands here a second time")]
    [InlineData("root ::= \"a\"{3,2}", "g, line 1, column 13: the numbers must rise")]
    [InlineData("root ::= \"a\"{x}", "g, line 1, column 14: a number must stand here")]
    [InlineData("root ::= [b-a]", "g, line 1, column 11: the range ends before it begins.")]
    [InlineData("root ::= \"\\q\"", "g, line 1, column 11: after '\\' stands")]
    [InlineData("root ::= \"\\ud800\"", "g, line 1, column 11: there is no character of this number.")]
    [InlineData("root ::= *", "g, line 1, column 10: '*' stands where")]
    public void A_wrong_grammar_is_refused_with_line_and_column(string text, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<InvalidDataException>(() => Grammar.Parse(text, "g")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grammar_that_is_too_large_is_refused() => Assert.Equal(
        "The grammar g is too large to be followed. Make its repeats smaller.",
        Assert.Throws<InvalidDataException>(() => Grammar.Parse("root ::= ((\"a\"{1000}){1000}){1000}", "g")).Message);

    private static bool Accepts(ByteAutomaton automaton, string text)
    {
        int state = 0;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            state = automaton.Next(state, value);
            if (state < 0)
            {
                return false;
            }
        }

        return automaton.Accepts[state];
    }
}
