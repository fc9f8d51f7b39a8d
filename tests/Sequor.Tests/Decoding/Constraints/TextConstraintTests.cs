using System.Text.RegularExpressions;
using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Constraints.Grammars;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Constraints about text, with every kind of tokenizer and models that write nonsense of their own accord.</summary>
public sealed partial class TextConstraintTests
{
    private const string GrammarText =
        """
        # What the models would never say
        root     ::= greeting (", " name)? [.!]?
        greeting ::= "hello" | "good " ("morning" |
                     "night")
        name     ::= [a-d]{2,3}
        """;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string tokenizer in SomeTokenizers.All.Keys)
            {
                foreach (string search in new[] { "greedy", "beam", "sampling" })
                {
                    cases.Add(tokenizer, search);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_output_is_a_text_of_the_grammar(string tokenizer, string search)
    {
        var grammar = new AllowedGrammar(Grammar.Parse(tokenizer == "words" ? "root ::= (\"hello\" | \"good \" (\"dog\" | \"cat\")) (\" and\" \" cat\")*" : GrammarText));
        Regex expected = tokenizer == "words" ? WordGrammar() : LetterGrammar();
        foreach (GeneratedText output in Generate(tokenizer, search, 40, grammar))
        {
            Assert.All(output.Hypotheses, one => Assert.True(one.Hypothesis.Constraints[0].IsMet == expected.IsMatch(one.Text), one.Text));
            Assert.True(output.Hypotheses[0].Hypothesis.Constraints[0].IsMet, $"{output.Text}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_output_is_one_of_the_allowed_texts_that_has_room(string tokenizer, string search)
    {
        string[] allowed = ["good dog", "cat", "the cat sees the dog and the cat", "hello"];
        Assert.All(Generate(tokenizer, search, 40, new AllowedOutputs(allowed)), output => Assert.Contains(output.Text, allowed));
        Assert.All(Generate(tokenizer, search, 5, new AllowedOutputs("cat", "the cat sees the dog and the cat")), output => Assert.Equal("cat", output.Text));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Banned_words_are_not_written_and_words_that_hold_them_may_be(string tokenizer, string search)
    {
        string[] free = [.. Generate(tokenizer, search, 25).Select(output => output.Text)];
        string[] banned = [.. free.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => word.All(char.IsAsciiLetter)).Distinct().Take(5), "the cat"];
        foreach (GeneratedText output in Generate(tokenizer, search, 25, new BannedPhrases(banned)))
        {
            foreach (string phrase in banned)
            {
                Assert.DoesNotMatch($"(?<![A-Za-z0-9]){Regex.Escape(phrase)}(?![A-Za-z0-9])", output.Text);
            }

            Assert.True(output.Hypotheses[0].Hypothesis.Constraints[0].IsMet);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Required_words_are_written_as_whole_words(string tokenizer, string search)
    {
        if (search != "beam")
        {
            return;
        }

        foreach (GeneratedText output in Generate(tokenizer, search, 40, new RequiredPhrase("cat"), new RequiredPhrase("good dog", "bad dog"), new RequiredPhrase("cat")))
        {
            Assert.All(output.Hypotheses[0].Hypothesis.Constraints, outcome => Assert.True(outcome.IsMet, $"{outcome.Reason} {output.Text}"));
            Assert.True(Whole("cat").Count(output.Text) >= 2, output.Text);
            Assert.Matches(Whole("(good|bad) dog"), output.Text);
        }
    }

    [Fact]
    public void The_best_allowed_text_of_an_unbounded_beam_is_the_one_that_forced_decoding_ranks_first()
    {
        string[] allowed = ["good dog", "cat", "the cat sees the dog", "hello", "a dog hears the category", "dad"];
        Tokenizer words = SomeTokenizers.Words;
        for (ulong seed = 1; seed <= 5; seed++)
        {
            using TransformerModel model = TinyModels.Make(words.Vocabulary.Size, seed);
            using var generator = new Generator(model, words, words);
            var search = new BeamSearchOptions { BeamSize = 50, NBest = 6, Constraints = [new AllowedOutputs(allowed)] };
            IReadOnlyList<GeneratedHypothesis> found = generator.Generate(["the dog"], search, cancellation: TestContext.Current.CancellationToken)[0].Hypotheses;
            using var step = new Step(model.Parameters.Device);
            int[] source = [.. words.Encode("the dog"), words.Vocabulary.EndId];
            string[] ranked = [.. allowed.OrderByDescending(text => Forced(model, words, source, text))];
            Assert.Equal(ranked, found.Select(one => one.Text));
        }
    }

    [Fact]
    public void A_piece_after_which_a_banned_text_stands_is_banned_and_a_longer_word_is_not()
    {
        // A model that writes "the cat" and then the likeliest of "egory" and the end: as one word it may, as "cat" and more it may not.
        Tokenizer tokenizer = SomeTokenizers.All["bpe"];
        var texts = new PieceTexts(tokenizer, text => text);
        var machine = new TextBanMachine([("cat", 0)], texts);
        float[] row = new float[tokenizer.Vocabulary.Size];
        machine.Ban(machine.Start, 10, row);
        int cat = tokenizer.Vocabulary.IdOf("▁cat");
        Assert.NotEqual(tokenizer.Vocabulary.UnknownId, cat);
        Assert.True(float.IsNegativeInfinity(row[cat]));
        Assert.Equal(1, row.Count(float.IsNegativeInfinity));
    }

    [Fact]
    public void Texts_that_no_piece_can_write_are_refused_or_reported()
    {
        var fault = Assert.Throws<ArgumentException>(() => Generate("words", "beam", 20, new AllowedOutputs("zebra")));
        Assert.Contains("can write no output", fault.Message, StringComparison.Ordinal);
        ConstraintOutcome outcome = Generate("words", "beam", 20, new RequiredPhrase("zebra"))[0].Hypotheses[0].Hypothesis.Constraints[0];
        Assert.False(outcome.IsMet);
        Assert.Contains("'zebra'", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(["hello"], Generate("words", "beam", 20, new AllowedOutputs("zebra", "hello")).Select(output => output.Text).Distinct());
    }

    [Fact]
    public void Each_text_has_its_own_requests_and_the_batch_and_the_workers_change_nothing()
    {
        Tokenizer tokenizer = SomeTokenizers.All["bpe"];
        using TransformerModel model = TinyModels.Make(tokenizer.Vocabulary.Size, 4);
        string[] sources = [.. Enumerable.Range(0, 9).Select(i => string.Join(' ', Enumerable.Repeat("the dog hears a cat", 1 + (i % 3)))[i..])];
        DecodingRequest[] requests =
        [
            DecodingRequest.None, new() { Constraints = [new RequiredPhrase("cat")] }, new() { Constraints = [new BannedPhrases("a", "the")] },
            new() { Prefix = "good" }, new() { Constraints = [new AllowedOutputs("hello cat", "good night")] }, new() { Constraints = [new RequiredPhrase("dad", "dog"), new RequiredPhrase("night")] },
            DecodingRequest.None, new() { Prefix = "a", Constraints = [new BannedPhrases("a")] }, new() { Constraints = [new AllowedGrammar(Grammar.Parse(GrammarText))] },
        ];
        foreach (BeamSearchOptions search in new[] { new BeamSearchOptions { BeamSize = 4, NBest = 2 }, new BeamSearchOptions { BeamSize = 6, NBest = 3, Groups = 3, Constraints = [new BannedPhrases("morning")] } })
        {
            string[] alone = [.. sources.Select((source, i) => Bits(model, tokenizer, search, [source], [requests[i]], 1)[0])];
            Assert.Equal(alone, Bits(model, tokenizer, search, sources, requests, 1));
            Assert.Equal(alone, Bits(model, tokenizer, search, sources, requests, 2));
            Assert.Equal(alone.Reverse(), Bits(model, tokenizer, search, [.. sources.Reverse()], [.. requests.Reverse()], 1));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Recurrent_models_keep_to_constraints_too_and_streams_do(bool asStream)
    {
        Tokenizer tokenizer = SomeTokenizers.All["unigram"];
        int size = tokenizer.Vocabulary.Size;
        using var model = new RecurrentModel(new RecurrentModelOptions { SourceVocabularySize = size, TargetVocabularySize = size, EmbeddingWidth = 12 }, 7);
        using var generator = new Generator(model, tokenizer, tokenizer);
        var request = new DecodingRequest { Prefix = "hello", Constraints = [new RequiredPhrase("dog", "cat"), new RequiredPhrase("night"), new BannedPhrases("the dog", "good")] };
        var search = new BeamSearchOptions { BeamSize = 8, Length = new LengthLimits { Maximum = 30 } };
        List<string> parts = [];
        GeneratedText output = asStream
            ? generator.Stream("a dog", search, parts.Add, request: request, cancellation: TestContext.Current.CancellationToken)
            : generator.Generate(["a dog"], search, [request], cancellation: TestContext.Current.CancellationToken)[0];
        Assert.StartsWith("hello", output.Text, StringComparison.Ordinal);
        Assert.Matches(Whole("(dog|cat)"), output.Text);
        Assert.Matches(Whole("night"), output.Text);
        Assert.DoesNotMatch(Whole("(the dog|good)"), output.Text);
        Assert.All(output.Hypotheses[0].Hypothesis.Constraints, outcome => Assert.True(outcome.IsMet));
        Assert.Equal(asStream ? output.Text : "", string.Concat(parts));
        Assert.Equal("hello cat", generator.Generate(
            ["a dog"], new SamplingSearchOptions(), [new DecodingRequest { Constraints = [new AllowedOutputs("hello cat")] }], cancellation: TestContext.Current.CancellationToken)[0].Text);
    }

    [Fact]
    public void A_long_list_of_outputs_is_followed()
    {
        string[] letters = ["ab", "cd", "dog", "cat", "the", "a", "good", "night", "cab", "dad"];
        string[] allowed = [.. Enumerable.Range(0, 10_000).Select(i => $"{letters[i % 10]} {letters[i / 10 % 10]} {letters[i / 100 % 10]} {letters[i / 1000]}")];
        HashSet<string> known = [.. allowed];
        Assert.All(Generate("bpe", "beam", 40, new AllowedOutputs(allowed)), output => Assert.Contains(output.Text, known));
    }

    [GeneratedRegex("^(hello|good (morning|night))(, [a-d]{2,3})?[.!]?$")]
    private static partial Regex LetterGrammar();

    [GeneratedRegex("^(hello|good (dog|cat))( and cat)*$")]
    private static partial Regex WordGrammar();

    private static Regex Whole(string words) => new($"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])");

    private static double Forced(TransformerModel model, Tokenizer words, int[] source, string text)
    {
        using var step = new Step(model.Parameters.Device);
        int[] ids = words.Encode(text);
        float[] logProbabilities = new ForcedDecoding(model).TokenLogProbabilities(step, new TrainingBatch(
            SequenceBatch.From([source]), SequenceBatch.From([[words.Vocabulary.BeginId, .. ids]]), [.. ids, words.Vocabulary.EndId]))[0];
        return logProbabilities.Sum(value => (double)value) / logProbabilities.Length;
    }

    private static string[] Bits(TransformerModel model, Tokenizer tokenizer, SearchOptions search, string[] sources, DecodingRequest[] requests, int workers)
    {
        using var generator = new Generator(model, tokenizer, tokenizer, new GeneratorOptions { Workers = workers, BatchSentences = 4 });
        search = search with { Length = new LengthLimits { Maximum = 20 } };
        return [.. generator.Generate(sources, search, requests, cancellation: TestContext.Current.CancellationToken).Select(output => string.Join(
            '\n', output.Hypotheses.Select(one => $"{one.Text} {BitConverter.DoubleToInt64Bits(one.Hypothesis.Score)} {string.Join(' ', one.Hypothesis.Constraints.Select(outcome => outcome.IsMet))}")))];
    }

    private static IReadOnlyList<GeneratedText> Generate(string kind, string search, int longest, params OutputConstraint[] constraints)
    {
        Tokenizer tokenizer = SomeTokenizers.All[kind];
        using TransformerModel model = TinyModels.Make(tokenizer.Vocabulary.Size, 3);
        using var generator = new Generator(model, tokenizer, tokenizer);
        SearchOptions options = search switch
        {
            "greedy" => new GreedySearchOptions(),
            "beam" => new BeamSearchOptions { BeamSize = 6, NBest = 3 },
            _ => new SamplingSearchOptions { NBest = 3, Temperature = 1.5f },
        };
        return generator.Generate(
            ["the dog", "a cat and a dog", "hello", "cab"], options with { Constraints = constraints, Length = new LengthLimits { Maximum = longest, MaximumExtra = 100 } },
            cancellation: TestContext.Current.CancellationToken);
    }
}
