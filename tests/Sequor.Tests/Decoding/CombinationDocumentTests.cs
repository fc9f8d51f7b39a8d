using Sequor.Alignments;
using Sequor.Decoding;
using Sequor.LanguageModels;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>The calls that <c>docs/decoding.md</c> shows of several models, language models, shortlists, alternatives and rescoring.</summary>
public sealed class CombinationDocumentTests : IDisposable
{
    private static readonly string[] _texts = ["one two three", "four five", "six"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-combination-").FullName;

    public CombinationDocumentTests()
    {
        TinyModel.Write(In("first"), 1);
        TinyModel.Write(In("second"), 2);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_models_translate_together()
    {
        (string first, string second) = (In("first"), In("second"));

        // sample: ensemble
        var together = new EnsembleOptions { Mode = EnsembleMode.Linear, Weights = [0.6f, 0.4f] };
        using Translator ensemble = Translator.Load([first, second], together);
        string translation = ensemble.Translate("one two three");
        // end of sample

        Assert.NotEmpty(translation);
    }

    [Fact]
    public void A_language_model_has_a_say()
    {
        string first = In("first");
        string arpa = In("words.arpa");
        CancellationToken cancellation = Cancellation;
        using (Translator translator = Translator.Load(first))
        {
            NgramTrainer.Train(_texts, translator.TargetTokenizer, new NgramTrainingOptions { Order = 2 }, out _, Cancellation).Save(arpa);
        }

        // sample: fusion
        using Translator fused = Translator.Load([first], new EnsembleOptions { LanguageModel = arpa, LanguageModelWeight = 0.2f });
        Hypothesis hypothesis = fused.Generate(["one two three"], cancellation: cancellation)[0].Hypotheses[0].Hypothesis;
        // end of sample

        Assert.Equal(hypothesis.TokenLogProbabilities.Sum(score => (double)score), hypothesis.LogProbability, 1e-9);
    }

    [Fact]
    public void A_shortlist_leaves_pieces_out_and_counts()
    {
        string first = In("first");
        string table = In("pieces.bin");
        string[] texts = _texts;
        using (Translator translator = Translator.Load(first))
        {
            Vocabulary vocabulary = translator.TargetTokenizer.Vocabulary;
            var corpus = new AlignmentCorpus(new WordNumbers(vocabulary.Pieces), new WordNumbers(vocabulary.Pieces), isOfPieces: true);
            corpus.Add(translator.SourceTokenizer.Encode("one two"), translator.TargetTokenizer.Encode("two three"));
            LexicalTable.Of(WordAligner.Train(corpus, stop: Cancellation), corpus, top: 2, frequent: 1).Save(table);
        }

        // sample: shortlist
        var exactness = new ShortlistExactness();
        using Translator listed = Translator.Load([first], new EnsembleOptions { Shortlist = table, ShortlistExactness = exactness });
        listed.Translate(texts);
        Console.WriteLine($"{exactness.MeanSize:F0} pieces, {exactness.OutsideShare:P2} of {exactness.Steps} steps would have written another");
        // end of sample

        Assert.InRange(exactness.Steps, 1, 1000);
    }

    [Fact]
    public void Alternatives_are_told()
    {
        CancellationToken cancellation = Cancellation;
        using Translator translator = Translator.Load(In("first"));

        // sample: alternatives
        foreach (Alternative next in translator.Alternatives("one two three", prefix: "four", count: 3, cancellation: cancellation))
        {
            Console.WriteLine($"{next.Word} {next.Probability:P1} {next.Output.Text}");
        }
        // end of sample

        Assert.Equal(3, translator.Alternatives("one two three", "four", 3, cancellation: cancellation).Count);
    }

    [Fact]
    public void Given_outputs_are_scored()
    {
        CancellationToken cancellation = Cancellation;
        using Translator translator = Translator.Load(In("first"));

        // sample: rescoring
        ScoredText scored = translator.Score(["one two three"], ["four five"], cancellation: cancellation)[0];
        Console.WriteLine($"{scored.Score} {scored.LogProbability} {string.Join(' ', scored.Scores.TokenLogProbabilities)}");
        // end of sample

        Assert.Equal(3, scored.Scores.TokenLogProbabilities.Length);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
