using Sequor.Alignments;
using Sequor.Decoding;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>Text in, text out, with a model that says what the test wants.</summary>
public sealed class GeneratorTests
{
    private static readonly Tokenizer _words = WordTokenizer.Build(["the cat"], 10);

    [Fact]
    public void No_sources_give_no_outputs_and_empty_ones_empty_outputs()
    {
        using var generator = new Generator(Copier(), _words, _words);
        Assert.Empty(generator.Generate([], new GreedySearchOptions(), cancellation: TestContext.Current.CancellationToken));
        GeneratedText empty = Assert.Single(generator.Generate([" "], new GreedySearchOptions(), cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(("", 0, 0), (empty.Text, empty.Index, empty.Hypotheses.Count));
    }

    [Fact]
    public void An_unknown_piece_is_replaced_by_the_source_word_in_its_own_spelling()
    {
        using var plain = new Generator(Copier(), _words, _words);
        using var replacing = new Generator(Copier(), _words, _words, new GeneratorOptions { ReplaceUnknown = true });
        string unknown = _words.Vocabulary[_words.Vocabulary.UnknownId];
        Assert.Equal($"the {unknown} cat", plain.Generate(["the Zaphod cat"], new GreedySearchOptions(), cancellation: TestContext.Current.CancellationToken)[0].Text);
        Assert.Equal("the Zaphod cat", replacing.Generate(["the Zaphod cat"], new GreedySearchOptions(), cancellation: TestContext.Current.CancellationToken)[0].Text);
    }

    [Fact]
    public void An_unknown_piece_is_replaced_by_what_a_lexical_table_says_for_its_source_word()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        AlignmentCorpus corpus = new(new WordNumbers(), new WordNumbers());
        corpus.Add(corpus.SourceWords.Encode("Zaphod", learn: true), corpus.TargetWords.Encode("Beeblebrox", learn: true));
        LexicalTable table = LexicalTable.Of(WordAligner.Train(corpus, stop: stop));
        using var replacing = new Generator(Copier(), _words, _words, new GeneratorOptions { ReplaceUnknown = true, Lexicon = table });

        Assert.Equal("the Beeblebrox cat Arthur", replacing.Generate(["the Zaphod cat Arthur"], new GreedySearchOptions(), cancellation: stop)[0].Text);
    }

    [Fact]
    public void A_lexical_table_of_pieces_says_what_they_become_and_must_be_of_the_models_own()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        Tokenizer source = WordTokenizer.Build(["die Katze"], 10);
        AlignmentCorpus corpus = new(new WordNumbers(source.Vocabulary.Pieces), new WordNumbers(_words.Vocabulary.Pieces), isOfPieces: true);
        corpus.Add(source.Encode("Katze"), _words.Encode("cat"));
        LexicalTable table = LexicalTable.Of(WordAligner.Train(corpus, stop: stop));
        var options = new GeneratorOptions { ReplaceUnknown = true, Lexicon = table };
        int unknown = _words.Vocabulary.UnknownId;
        var silent = new ScriptedModel(
            _words.Vocabulary.Size,
            (read, written) => [.. Enumerable.Range(0, _words.Vocabulary.Size).Select(id => id == (written.Length < read.Length ? unknown : _words.Vocabulary.EndId) ? 9f : 0f)],
            (read, written) => [.. Enumerable.Range(0, read.Length).Select(place => place == written.Length - 1 ? 1f : 0f)]);
        using var replacing = new Generator(silent, source, _words, options);

        Assert.Equal("die cat", replacing.Generate(["die Katze"], new GreedySearchOptions(), cancellation: stop)[0].Text);
        Assert.Contains(
            "source pieces of the lexical table", Assert.Throws<ArgumentException>(() => new Generator(silent, _words, _words, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefixes_are_counted_and_changed_as_training_text_was()
    {
        using var generator = new Generator(Copier(), _words, _words, new GeneratorOptions { Lowercase = true });
        var fault = Assert.Throws<ArgumentException>(() => generator.Generate(["the", "cat"], new GreedySearchOptions(), DecodingRequest.WithPrefixes(["the"]), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("2 sources were given 1 requests", fault.Message, StringComparison.Ordinal);
        Assert.Equal("cat", generator.Generate(["the"], new GreedySearchOptions(), DecodingRequest.WithPrefixes(["CAT"]), cancellation: TestContext.Current.CancellationToken)[0].Text);
    }

    [Fact]
    public void Options_out_of_their_ranges_are_refused_all_at_once()
    {
        var options = new GeneratorOptions { BatchTokens = 0, BatchSentences = -1 };
        Assert.Equal(2, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new Generator(Copier(), _words, _words, options));
    }

    /// <summary>Writes its source again, piece by piece, and looks at the piece that it writes.</summary>
    private static ScriptedModel Copier()
    {
        Vocabulary vocabulary = _words.Vocabulary;
        return new ScriptedModel(
            vocabulary.Size,
            (source, written) => [.. Enumerable.Range(0, vocabulary.Size).Select(id => id == source[Math.Min(written.Length, source.Length) - 1] ? 9f : 0f)],
            (source, written) => [.. Enumerable.Range(0, source.Length).Select(place => place == written.Length - 1 ? 1f : 0f)]);
    }
}
