using System.Text;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Constraints.Grammars;
using Sequor.Scoring;

namespace Sequor.Tests.Decoding;

/// <summary>The calls that <c>docs/decoding.md</c> shows, made with a model that translates nonsense, but whole.</summary>
public sealed class DecodingDocumentTests : IDisposable
{
    private static readonly string[] _texts = ["one two three", "four five", "six"];

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"sequor-decoding-{Guid.NewGuid():N}");
    private readonly Translator _translator;

    public DecodingDocumentTests()
    {
        TinyModel.Write(_directory);
        _translator = Translator.Load(_directory);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _translator.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void A_translator_is_loaded_and_asked()
    {
        string path = _directory;

        // sample: translator
        using Translator translator = Translator.Load(path);
        string one = translator.Translate("one two three");
        IReadOnlyList<string> several = translator.Translate(["one two three", "", "six"]);
        // end of sample

        Assert.Equal([one, "", translator.Translate("six")], several);
    }

    [Fact]
    public void Beam_search_with_a_list_of_the_best()
    {
        Translator translator = _translator;
        string[] texts = _texts;
        CancellationToken cancellation = Cancellation;

        // sample: beam
        var search = new BeamSearchOptions { BeamSize = 5, NBest = 3, LengthPenalty = 1, Normalization = LengthNormalization.Power };
        IReadOnlyList<GeneratedText> outputs = translator.Generate(texts, search, cancellation: cancellation);
        foreach (GeneratedHypothesis found in outputs[0].Hypotheses)
        {
            Console.WriteLine($"{found.Text} {found.Hypothesis.Score} {found.Hypothesis.LogProbability} {found.Hypothesis.StoppedBy}");
        }
        // end of sample

        Assert.All(outputs, output => Assert.Equal(3, output.Hypotheses.Count));
        Assert.All(outputs, output => Assert.Equal(
            output.Hypotheses.OrderByDescending(found => found.Hypothesis.Score).Select(found => found.Text), output.Hypotheses.Select(found => found.Text)));
    }

    [Fact]
    public void A_beam_of_one_is_greedy()
    {
        // sample: greedy
        var greedy = new GreedySearchOptions();
        var beamOfOne = new BeamSearchOptions { BeamSize = 1 };
        // end of sample

        Assert.Equal(
            _translator.Generate(_texts, greedy, cancellation: Cancellation).Select(output => output.Text),
            _translator.Generate(_texts, beamOfOne, cancellation: Cancellation).Select(output => output.Text));
    }

    [Fact]
    public void Sampling_gives_the_same_for_the_same_seed_and_number()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: sampling
        var sampling = new SamplingSearchOptions { Temperature = 0.8f, TopK = 20, TopP = 0.95f, NBest = 4, Seed = 7 };
        IReadOnlyList<GeneratedText> drawn = translator.Generate(["one two"], sampling, firstNumber: 12, cancellation: cancellation);
        // end of sample

        IReadOnlyList<GeneratedText> later = translator.Generate(["six", "one two"], sampling, firstNumber: 11, cancellation: cancellation);
        Assert.Equal(drawn[0].Hypotheses.Select(found => found.Text), later[1].Hypotheses.Select(found => found.Text));
    }

    [Fact]
    public void Minimum_Bayes_risk_scores_by_utility()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: risk
        var risk = new MinimumBayesRiskOptions { Samples = 64, Utility = new ChrF(), Sampling = new SamplingSearchOptions { Epsilon = 0.02f } };
        IReadOnlyList<GeneratedText> likeOthers = translator.Generate(["one two"], risk, cancellation: cancellation);
        // end of sample

        Assert.InRange(likeOthers[0].Hypotheses[0].Hypothesis.Score, 1, 100);
    }

    [Fact]
    public async Task A_stream_is_the_translation_in_parts()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: stream
        var shown = new StringBuilder();
        await foreach (string part in translator.StreamAsync("one two three", cancellation: cancellation))
        {
            shown.Append(part);
        }
        // end of sample
        Assert.Equal(translator.Translate("one two three"), shown.ToString());
    }

    [Fact]
    public async Task Leaving_a_stream_early_stops_it_and_leaves_the_translator_free()
    {
        await foreach (string part in _translator.StreamAsync("one two three four five", cancellation: Cancellation))
        {
            Assert.NotEqual("", part);
            break;
        }

        Assert.NotEqual("", _translator.Translate("one two three"));
    }

    [Fact]
    public void Limits_of_length_hold()
    {
        // sample: lengths
        var limited = new BeamSearchOptions
        {
            Length = new LengthLimits { Minimum = 2, Maximum = 100, MinimumRatio = 0, MaximumRatio = 1.5, MaximumExtra = 5 },
        };
        // end of sample

        Assert.All(
            _translator.Generate(_texts, limited, cancellation: Cancellation),
            output => Assert.InRange(output.Pieces.Count, 2, 100));
    }

    [Fact]
    public void Rules_ban_what_they_say()
    {
        int bannedId = _translator.TargetTokenizer.Vocabulary.IdOf("two");

        // sample: rules
        var ruled = new BeamSearchOptions { NoRepeatNgram = 3, RepetitionPenalty = 1.2f, BannedIds = [bannedId] };
        // end of sample

        Assert.All(_translator.Generate(_texts, ruled, cancellation: Cancellation), output => Assert.DoesNotContain("two", output.Pieces));
    }

    [Fact]
    public void A_prefix_is_kept()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: prefixes
        IReadOnlyList<GeneratedText> begun = translator.Generate(
            ["one two", "six"], requests: [new DecodingRequest { Prefix = "three" }, DecodingRequest.None], cancellation: cancellation);
        // end of sample

        Assert.StartsWith("three", begun[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_a_beam_write_different_things()
    {
        // sample: diverse
        var diverse = new BeamSearchOptions { BeamSize = 6, Groups = 3, Diversity = 0.8f, NBest = 3 };
        // end of sample

        Assert.All(
            _translator.Generate(_texts, diverse, cancellation: Cancellation),
            output => Assert.Equal(3, output.Hypotheses.Select(found => string.Join(' ', found.Hypothesis.Ids)).Distinct().Count()));
    }

    [Fact]
    public void Constraints_are_kept_to_and_reported()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: constraints
        var search = new BeamSearchOptions { BeamSize = 10, Constraints = [new BannedPhrases("six")] };
        var request = new DecodingRequest { Constraints = [new RequiredPhrase("two"), new RequiredPhrase("four five", "five four")] };
        GeneratedText kept = translator.Generate(["one two three"], search, [request], cancellation: cancellation)[0];
        foreach (ConstraintOutcome outcome in kept.Hypotheses[0].Hypothesis.Constraints)
        {
            Console.WriteLine($"{outcome.Constraint.Meaning}: {outcome.IsMet} {outcome.Reason}");
        }
        // end of sample

        Assert.Equal([true, true, true], kept.Hypotheses[0].Hypothesis.Constraints.Select(outcome => outcome.IsMet));
        Assert.DoesNotContain("six", kept.Text, StringComparison.Ordinal);
        Assert.Matches("four five|five four", kept.Text);
    }

    [Fact]
    public void Terms_of_a_glossary_become_constraints()
    {
        Translator translator = _translator;
        string[] texts = _texts;
        CancellationToken cancellation = Cancellation;
        var search = new BeamSearchOptions { BeamSize = 10 };

        // sample: glossary
        Glossary glossary = Glossary.Parse("two three\tfour\nfive\tsix|one\n", "terms.tsv", ignoreCase: true);
        IReadOnlyList<GeneratedText> outputs = translator.Generate(
            texts, search, [.. texts.Select(text => new DecodingRequest { Constraints = glossary.Match(text) })], cancellation: cancellation);
        // end of sample

        Assert.Contains("four", outputs[0].Text, StringComparison.Ordinal);
        Assert.Matches("six|one", outputs[1].Text);
        Assert.Empty(outputs[2].Hypotheses[0].Hypothesis.Constraints);
    }

    [Fact]
    public void Outputs_are_texts_of_a_grammar()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: grammar
        Grammar grammar = Grammar.Parse(
            """
            root  ::= count (" " count){1,3}   # no rule may refer to itself
            count ::= "one" | "two" | "three"
            """);
        var counting = new GreedySearchOptions { Constraints = [new AllowedGrammar(grammar)] };
        var choosing = new GreedySearchOptions { Constraints = [new AllowedOutputs("one two", "six five four")] };
        // end of sample

        Assert.Contains(translator.Generate(["six"], choosing, cancellation: cancellation)[0].Text, (string[])["one two", "six five four"]);
        Assert.Matches("^(one|two|three)( (one|two|three)){1,3}$", translator.Generate(["six"], counting, cancellation: cancellation)[0].Text);
    }

    [Fact]
    public void Alignments_point_into_the_source()
    {
        Translator translator = _translator;
        CancellationToken cancellation = Cancellation;

        // sample: alignments
        var attentive = new BeamSearchOptions { RecordAttention = true, CoveragePenalty = 0.2f };
        GeneratedText aligned = translator.Generate(["one two three"], attentive, cancellation: cancellation)[0];
        string pharaoh = Alignment.Pharaoh(aligned.Hypotheses[0].Hypothesis);
        IReadOnlyList<float[]> soft = aligned.Hypotheses[0].Hypothesis.Attention;
        // end of sample

        Assert.Equal(aligned.Pieces.Count, soft.Count);
        Assert.All(soft, row => Assert.Equal(1, row.Sum(), 1e-4));
        Assert.Equal(aligned.Pieces.Count, pharaoh.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
