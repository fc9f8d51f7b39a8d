using System.Text;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Extensions.Tests;

public sealed class RegistryTranslatorTests : IClassFixture<RegistryTranslatorTests.Models>
{
    private const string Letter = "Dear Tom,\r\n\r\n  I have a red house. Do you like it? Come and see!\n\n\t- The dog sleeps.\n- The cat  is here. \n\nBye";

    private readonly ModelRegistry _models;
    private readonly ITranslator _translator;

    public RegistryTranslatorTests(Models models) => (_models, _translator) = (models.Registry, new RegistryTranslator(models.Registry));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passage_is_translated_sentence_by_sentence_and_keeps_what_lies_between()
    {
        PassageTranslation passage = await _translator.TranslateAsync(Letter, cancellation: Stop);
        using ModelLease lease = await _models.AcquireAsync("en-de", Stop);
        var expected = new StringBuilder();
        int end = 0;
        foreach (SentenceTranslation sentence in passage.Sentences)
        {
            string source = Letter.Substring(sentence.SourceStart, sentence.SourceLength);
            string alone = (await lease.Translator.GenerateAsync(new GenerationJob(source), Stop)).Text;
            expected.Append(Letter, end, sentence.SourceStart - end);
            Assert.Equal(expected.Length, sentence.TargetStart);
            Assert.Equal(alone, passage.Text.Substring(sentence.TargetStart, sentence.TargetLength));
            Assert.Equal(source, sentence.Output.Source);
            expected.Append(alone);
            end = sentence.SourceStart + sentence.SourceLength;
        }

        Assert.Equal(expected.Append(Letter, end, Letter.Length - end).ToString(), passage.Text);
        Assert.Equal(
            ["Dear Tom,", "I have a red house.", "Do you like it?", "Come and see!", "The dog sleeps.", "The cat  is here.", "Bye"],
            passage.Sentences.Select(sentence => sentence.Output.Source));
        Assert.Equal(Enumerable.Range(0, 7), passage.Sentences.Select(sentence => sentence.Output.Index));
        Assert.Equal(("en-de", "en", "de", lease.Version), (passage.ModelId, passage.SourceLanguage, passage.TargetLanguage, passage.ModelVersion));
        Assert.Equal("Ich habe ein rotes Haus.", passage.Text.Substring(passage.Sentences[1].TargetStart, passage.Sentences[1].TargetLength));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n ")]
    public async Task A_text_without_a_sentence_stays_as_it_is(string text)
    {
        PassageTranslation passage = await _translator.TranslateAsync(text, cancellation: Stop);
        Assert.Equal(text, passage.Text);
        Assert.Empty(passage.Sentences);
        Assert.Equal([text], (await Streamed(text)).Select(part => part.Text).Where(part => part.Length > 0).DefaultIfEmpty(""));
    }

    [Fact]
    public async Task Parts_of_a_stream_come_in_order_and_are_the_translation()
    {
        PassageTranslation whole = await _translator.TranslateAsync(Letter, cancellation: Stop);
        IReadOnlyList<TranslationPart> parts = await Streamed(Letter);
        Assert.Equal(whole.Text, string.Concat(parts));
        Assert.Equal(whole.Text, parts[^1].Whole?.Text);
        Assert.All(parts.Take(parts.Count - 1), part => Assert.True(part is { Whole: null, Text.Length: > 0 }));
        Assert.True(parts.Count >= 14, $"{parts.Count} parts of 7 sentences and what lies between");
    }

    [Fact]
    public async Task Texts_together_become_what_each_becomes_alone()
    {
        string[] texts = ["The dog sleeps. I like it.", "", "Where is Tom?\n", "The dog sleeps."];
        IReadOnlyList<PassageTranslation> together = await _translator.TranslateAsync(texts, cancellation: Stop);
        Assert.Equal(texts, together.Select(passage => passage.Source));
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await _translator.TranslateAsync(texts[i], cancellation: Stop)).Text, together[i].Text);
        }
    }

    [Fact]
    public async Task Alternatives_of_the_whole_are_made_of_those_of_its_sentences()
    {
        var options = new TranslationOptions { Search = new BeamSearchOptions { BeamSize = 4, NBest = 3 } };
        PassageTranslation passage = await _translator.TranslateAsync(" The dog sleeps.\nWhere is Tom? ", options, Stop);
        Assert.Equal(3, passage.Alternatives);
        for (int rank = 0; rank < 3; rank++)
        {
            Assert.Equal($" {passage.Sentences[0].Output.Hypotheses[rank].Text}\n{passage.Sentences[1].Output.Hypotheses[rank].Text} ", passage.TextOf(rank));
        }

        Assert.Equal(passage.TextOf(2), passage.TextOf(9));
        Assert.NotEqual(passage.TextOf(0), passage.TextOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => passage.TextOf(-1));
    }

    [Fact]
    public async Task A_text_is_left_whole_where_that_is_asked_for_or_the_model_states_no_language()
    {
        PassageTranslation whole = await _translator.TranslateAsync(" The dog sleeps. Where is Tom?\n", new() { SplitSentences = false }, Stop);
        Assert.Equal("The dog sleeps. Where is Tom?", Assert.Single(whole.Sentences).Output.Source);
        Assert.Equal((' ', '\n'), (whole.Text[0], whole.Text[^1]));
        PassageTranslation words = await _translator.TranslateAsync("one two.\nthree", new() { Model = "words" }, Stop);
        Assert.Equal("one two.\nthree", Assert.Single(words.Sentences).Output.Source);
        Assert.Equal(2, (await _translator.TranslateAsync("one two.\nthree", new() { Model = "words", SplitSentences = true }, Stop)).Sentences.Count);
    }

    [Fact]
    public async Task A_text_is_cut_where_only_the_card_of_the_model_states_its_language()
    {
        using var folder = new Folder();
        using var own = new ModelRegistry([TinyModel.Write(folder["words"], ofCard: "en")]);
        Assert.Equal(2, (await new RegistryTranslator(own).TranslateAsync("one two.\nthree", cancellation: Stop)).Sentences.Count);
    }

    [Fact]
    public async Task Whoever_wants_is_told_how_many_sentences_are_done()
    {
        var told = new List<TranslationProgress>();
        await _translator.TranslateAsync(["The dog sleeps. Where is Tom?", "Hello."], new() { Progress = new Progress(told) }, Stop);
        Assert.Equal(new TranslationProgress(0, 3), told[0]);
        Assert.Equal([new(1, 3), new(2, 3), new(3, 3)], told.Skip(1).OrderBy(one => one.Done));
    }

    [Fact]
    public async Task A_sentence_that_is_longer_than_the_model_has_learned_is_cut()
    {
        PassageTranslation passage = await _translator.TranslateAsync(string.Join(", ", Enumerable.Repeat("the dog sleeps", 60)), cancellation: Stop);
        Assert.InRange(passage.Sentences.Count, 2, 4);
        Assert.All(passage.Sentences, sentence => Assert.InRange(sentence.SourceLength, 1, 512));
        Assert.False(passage.SourceWasCut);
    }

    [Fact]
    public async Task A_glossary_tells_what_became_of_its_terms_and_a_prefix_begins_the_first_sentence()
    {
        var options = new TranslationOptions { Glossary = new Glossary([new("dog", ["Köter"]), new("house", ["Haus", "Hütte"])]), Prefix = "Dort" };
        PassageTranslation passage = await _translator.TranslateAsync("The dog sleeps. This is my house.", options, Stop);
        Assert.StartsWith("Dort", passage.Text, StringComparison.Ordinal);
        Assert.Contains("Köter", passage.Text, StringComparison.Ordinal);
        Assert.Equal([("dog", true), ("house", true)], passage.Sentences.SelectMany(sentence => sentence.Terms).Select(term => (term.Term, term.IsMet)));
    }

    [Fact]
    public async Task Languages_choose_the_model()
    {
        Assert.Equal("de-en", (await _translator.TranslateAsync("Der Hund schläft.", new() { SourceLanguage = "de", TargetLanguage = "en" }, Stop)).ModelId);
        Assert.Equal("de-en", (await _translator.TranslateAsync("Der Hund schläft.", new() { TargetLanguage = "EN-us" }, Stop)).ModelId);
        Assert.Equal("de-en", (await _translator.TranslateAsync("Der Hund schläft.", new() { SourceLanguage = "de" }, Stop)).ModelId);
        Assert.Equal("en-de", (await _translator.TranslateAsync("The dog sleeps.", cancellation: Stop)).ModelId);
        Assert.Equal(
            "No model translates from 'en' to 'fr'; there are en to de, de to en, 'words', which does not say its languages.",
            (await Assert.ThrowsAsync<KeyNotFoundException>(() => _translator.TranslateAsync("x", new() { SourceLanguage = "en", TargetLanguage = "fr" }, Stop))).Message);
        Assert.Equal(
            "The model 'en-de' translates from 'en' to 'de', but to 'fr' is asked for. Leave out the model, or the languages.",
            (await Assert.ThrowsAsync<ArgumentException>(() => _translator.TranslateAsync("x", new() { Model = "en-de", TargetLanguage = "fr" }, Stop))).Message);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _translator.TranslateAsync("x", new() { Model = "none" }, Stop));
    }

    [Theory]
    [InlineData("Wo ist denn bitte der Bahnhof? Ich möchte nach Hause.", "de-en", "de", 0.8)]
    [InlineData("Where is the station? I would like to go home.", "en-de", "en", 0.8)]
    [InlineData("123 + 456", "en-de", "en", 0.0)]
    public async Task A_language_that_is_not_said_is_found_out(string text, string model, string language, double leastConfidence)
    {
        PassageTranslation passage = await _translator.TranslateAsync(text, new() { SourceLanguage = "auto" }, Stop);
        Assert.Equal((model, language), (passage.ModelId, passage.SourceLanguage));
        Assert.InRange(passage.SourceConfidence!.Value, leastConfidence, leastConfidence > 0 ? 1 : 0);
        Assert.Null((await _translator.TranslateAsync(text, new() { SourceLanguage = language }, Stop)).SourceConfidence);
    }

    [Fact]
    public async Task Cancellation_ends_the_work_and_options_that_contradict_each_other_are_refused()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        OperationCanceledException ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _translator.TranslateAsync(Letter, cancellation: stop.Token));
        Assert.Equal(stop.Token, ended.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(() => _translator.TranslateAsync(Letter, new() { Search = new GreedySearchOptions { NBest = 2 } }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _translator.StreamAsync(Letter, new() { Search = new GreedySearchOptions { NBest = 2 } }, Stop).ToArrayAsync(Stop));

        await foreach (TranslationPart part in _translator.StreamAsync(Letter, cancellation: Stop))
        {
            Assert.NotEqual("", part.Text);
            break;
        }
    }

    private async Task<IReadOnlyList<TranslationPart>> Streamed(string text) => await _translator.StreamAsync(text, cancellation: Stop).ToArrayAsync(Stop);

    /// <summary>The contained models and one that states no language.</summary>
    public sealed class Models : IDisposable
    {
        private readonly Folder _folder = new();

        public Models() => Registry = new ModelRegistry([Contained.Model("en-de"), Contained.Model("de-en"), TinyModel.Write(_folder["words"])]);

        public ModelRegistry Registry { get; }

        public void Dispose()
        {
            Registry.Dispose();
            _folder.Dispose();
        }
    }

    private sealed class Progress(List<TranslationProgress> told) : IProgress<TranslationProgress>
    {
        public void Report(TranslationProgress value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
