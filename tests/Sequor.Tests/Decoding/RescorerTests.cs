using Sequor.Alignments;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.LanguageModels;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>Given outputs are worth what a search says that they are, and outputs can be asked how they might go on.</summary>
public sealed class RescorerTests : IDisposable
{
    private static readonly string[] _texts = ["one two three", "four five", "six", "two two six one", "three one"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-rescorer-").FullName;

    public RescorerTests()
    {
        TinyModel.Write(In("first"), 1);
        TinyModel.Write(In("second"), 2);
        TinyModel.Write(In("third"), 5);
        TinyModel.Write(In("other"), 3, ["red", "green", "blue"]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(2, "words.arpa")]
    [InlineData(1, "third")]
    public void N_best_scores_are_those_of_rescoring_in_bits(int models, string language)
    {
        using Translator translator = Open(models, language);
        var search = new BeamSearchOptions { BeamSize = 6, NBest = 6, Normalization = LengthNormalization.Gnmt, LengthPenalty = 0.7f };
        (string Source, GeneratedHypothesis Found)[] all =
        [
            .. translator.Generate(_texts, search, cancellation: Cancellation).SelectMany(text => text.Hypotheses.Select(one => (text.Source, one)))
                .Where(pair => pair.one.Hypothesis.StoppedBy == StopReason.EndOfSentence),
        ];
        Assert.True(all.Length > 8);
        IReadOnlyList<ScoredText> scored = translator.Score(
            [.. all.Select(pair => pair.Source)], [.. all.Select(pair => pair.Found.Text)], search, cancellation: Cancellation);
        for (int i = 0; i < all.Length; i++)
        {
            Hypothesis hypothesis = all[i].Found.Hypothesis;
            Assert.Equal(TinyModels.Bits(hypothesis.TokenLogProbabilities), TinyModels.Bits(scored[i].Scores.TokenLogProbabilities));
            Assert.Equal(BitConverter.DoubleToInt64Bits(hypothesis.LogProbability), BitConverter.DoubleToInt64Bits(scored[i].LogProbability));
            Assert.Equal(BitConverter.DoubleToInt64Bits(hypothesis.Score), BitConverter.DoubleToInt64Bits(scored[i].Score));
            Assert.Equal(hypothesis.Ids.Length, scored[i].Pieces.Count);
            Assert.Equal(language.Length > 0 ? 1 : 0, scored[i].LanguageModelLogProbabilities.Count);
            double fused = scored[i].ModelLogProbability + scored[i].LanguageModelLogProbabilities.Sum(part => 0.3 * part);
            Assert.Equal(scored[i].LogProbability, fused, 1e-4);
        }
    }

    [Fact]
    public void Outputs_too_long_to_write_are_refused_with_their_line_and_long_sources_are_cut()
    {
        using Translator translator = Open(1);
        string endless = string.Join(' ', Enumerable.Repeat("one", 2000));
        var fault = Assert.Throws<ArgumentException>(() => translator.Score(["one", "two"], ["two", endless], firstNumber: 10, cancellation: Cancellation));
        Assert.Contains("The output of line 12 has 2000 pieces", fault.Message, StringComparison.Ordinal);
        ScoredText cut = Assert.Single(translator.Score([endless], ["one"], cancellation: Cancellation));
        Assert.True(cut.SourceWasCut);
        Assert.Throws<ArgumentException>(() => translator.Score(["one"], [], cancellation: Cancellation));
        Assert.Single(Assert.Single(translator.Score([""], [""], cancellation: Cancellation)).Scores.TokenLogProbabilities);
    }

    [Fact]
    public void Models_of_other_vocabularies_are_refused_with_the_first_piece_that_differs()
    {
        var fault = Assert.Throws<ModelFormatException>(() => Translator.Load([In("first"), In("other")]));
        Assert.Contains("target vocabulary", fault.Message, StringComparison.Ordinal);
        Assert.Contains("piece 4 is 'blue', not 'five'", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Translator.Load([In("first"), In("second")], new EnsembleOptions { Weights = [1] }));
        Assert.Throws<ArgumentException>(() => Translator.Load([]));
    }

    [Fact]
    public void Two_models_translate_together_as_no_one_of_them_does_alone()
    {
        string[] first = [.. With(Open(1))];
        string[] both = [.. With(Open(2))];
        Assert.Equal(first.Length, both.Length);
        Assert.NotEqual(first, both);
        using Translator translator = Open(2, "words.arpa");
        using Translator one = Open(1);
        Assert.Equal(2 * one.Parameters, translator.Parameters);
    }

    [Fact]
    public void Constraints_are_met_beside_everything_else()
    {
        string table = In("pieces.bin");
        using (Translator translator = Open(1))
        {
            IReadOnlyList<string> pieces = translator.TargetTokenizer.Vocabulary.Pieces;
            var corpus = new AlignmentCorpus(new WordNumbers(pieces), new WordNumbers(pieces), isOfPieces: true);
            corpus.Add(translator.SourceTokenizer.Encode("one"), translator.TargetTokenizer.Encode("two"));
            LexicalTable.Of(WordAligner.Train(corpus, stop: Cancellation), corpus, top: 1, frequent: 1).Save(table);
        }

        using Translator listed = Open(2, "words.arpa", table);
        var search = new BeamSearchOptions { BeamSize = 6 };
        GeneratedHypothesis free = listed.Generate(["one one"], search, cancellation: Cancellation)[0].Hypotheses[0];
        Assert.DoesNotContain("six", free.Text, StringComparison.Ordinal);
        GeneratedHypothesis forced = listed.Generate(
            ["one one"], search, [new DecodingRequest { Constraints = [new RequiredPhrase(["six"])] }], cancellation: Cancellation)[0].Hypotheses[0];
        Assert.Contains("six", forced.Text, StringComparison.Ordinal);
        Assert.True(Assert.Single(forced.Hypothesis.Constraints).IsMet);
    }

    [Fact]
    public void Alternatives_are_the_best_next_pieces_each_with_the_best_output_that_has_it()
    {
        using Translator translator = Open(1);
        var search = new BeamSearchOptions { BeamSize = 3 };
        IReadOnlyList<Alternative> found = translator.Alternatives("one two three", "four", 4, search, Cancellation);
        Assert.Equal(4, found.Count);
        Assert.Equal(found.Select(one => one.Probability).OrderDescending(), found.Select(one => one.Probability));
        Assert.All(found.Where(one => one.Word.Length > 0), one =>
        {
            Assert.Equal(one.Piece, one.Word);
            Assert.StartsWith($"four {one.Word}", one.Output.Text, StringComparison.Ordinal);
            Assert.Equal(Math.Exp(one.Output.Hypothesis.TokenLogProbabilities[1]), one.Probability, 1e-6);
            Assert.Equal(translator.Generate(["one two three"], search, DecodingRequest.WithPrefixes([$"four {one.Word}"]), cancellation: Cancellation)[0].Text, one.Output.Text);
        });

        IReadOnlyList<Alternative> all = translator.Alternatives("one two three", count: 100, search: search, cancellation: Cancellation);
        Assert.Equal(translator.TargetTokenizer.Vocabulary.Size - 2, all.Count);
        Assert.Equal(all.Count, translator.Alternatives("one two three", count: int.MaxValue, search: search, cancellation: Cancellation).Count);
        Assert.Equal("", all.Single(one => one.Piece == SpecialTokens.End).Word);

        // The begin sign and padding have the rest.
        Assert.InRange(all.Sum(one => one.Probability), 0.5, 1);
        Assert.Empty(translator.Alternatives("", "four", 4, search, Cancellation));
    }

    [Fact]
    public void Alternatives_name_no_word_twice_though_several_pieces_begin_it()
    {
        using Translator translator = Translator.Load(Path.Combine(House.SourceTree.Root, "models/en-de"));

        IReadOnlyList<Alternative> found = translator.Alternatives("The house is big.", "Das Haus ist", 300, new GreedySearchOptions(), Cancellation);

        Assert.Equal(found.Count, found.Select(one => one.Word).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(found.Count, 10, 299);
    }

    private static IEnumerable<string> With(Translator translator)
    {
        using (translator)
        {
            return translator.Translate(_texts);
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private Translator Open(int models, string language = "", string? shortlist = null)
    {
        if (language == "words.arpa")
        {
            using Translator translator = Translator.Load(In("first"));
            NgramTrainer.Train(_texts, translator.TargetTokenizer, new NgramTrainingOptions { Order = 2 }, out _, Cancellation).Save(In(language));
        }

        return Translator.Load(
            [.. new[] { In("first"), In("second") }.Take(models)],
            new EnsembleOptions { LanguageModel = language.Length == 0 ? null : In(language), LanguageModelWeight = 0.3f, Shortlist = shortlist });
    }
}
