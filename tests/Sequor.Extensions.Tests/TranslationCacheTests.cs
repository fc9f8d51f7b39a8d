using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Extensions.Tests;

public sealed class TranslationCacheTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ModelRegistry _models;

    public TranslationCacheTests() => _models = new ModelRegistry([TinyModel.Write(_folder["a"], source: "en", target: "de")]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _models.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_sentence_that_was_translated_is_not_translated_again()
    {
        var cache = new TranslationCache(10);
        var translator = new RegistryTranslator(_models, cache);
        PassageTranslation first = await translator.TranslateAsync("one two. three.", cancellation: Stop);
        Assert.Equal((2, 0L, 2L), (cache.Count, cache.Hits, cache.Misses));
        PassageTranslation second = await translator.TranslateAsync("three. one two.", cancellation: Stop);
        Assert.Equal((2, 2L, 2L), (cache.Count, cache.Hits, cache.Misses));
        Assert.Equal(
            first.Sentences.Select(sentence => sentence.Output.Text).Reverse(), second.Sentences.Select(sentence => sentence.Output.Text));
        Assert.Equal([0, 1], second.Sentences.Select(sentence => sentence.Output.Index));
        IReadOnlyList<TranslationPart> parts = await translator.StreamAsync("one two. three.", cancellation: Stop).ToArrayAsync(Stop);
        Assert.Equal(first.Text, string.Concat(parts));
        Assert.Equal(4, cache.Hits);
        await translator.TranslateAsync("one two.", new() { UseCache = false }, Stop);
        Assert.Equal((4L, 2L), (cache.Hits, cache.Misses));
    }

    [Fact]
    public async Task What_an_output_depends_on_tells_sentences_apart()
    {
        var cache = new TranslationCache(100);
        var translator = new RegistryTranslator(_models, cache);
        TranslationOptions[] different =
        [
            new(),
            new() { Search = new BeamSearchOptions { BeamSize = 2 } },
            new() { Search = new GreedySearchOptions() },
            new() { Search = new SamplingSearchOptions() },
            new() { Search = new SamplingSearchOptions(), Number = 1 },
            new() { Prefix = "one" },
            new() { Glossary = new Glossary([new("one", ["two"])]) },
            new() { Glossary = new Glossary([new("one", ["two", "three"])]) },
            new() { Glossary = new Glossary([new("one", ["two3:three"])]) },
        ];
        foreach (TranslationOptions options in different)
        {
            await translator.TranslateAsync("one two", options, Stop);
        }

        Assert.Equal((different.Length, 0L), (cache.Count, cache.Hits));
        await translator.TranslateAsync("one two", new() { Search = new GreedySearchOptions(), Number = 7 }, Stop);
        await translator.TranslateAsync("one two", new() { Glossary = new Glossary([new("one", ["two", "three"])]) }, Stop);
        Assert.Equal((different.Length, 2L), (cache.Count, cache.Hits));

        TinyModel.Write(_folder["a"], seed: 2, source: "en", target: "de");
        await _models.LoadAsync("a", null, Stop);
        await translator.TranslateAsync("one two", cancellation: Stop);
        Assert.Equal((different.Length + 1, 2L), (cache.Count, cache.Hits));
    }

    [Fact]
    public async Task A_stream_is_one_output_and_leaves_those_who_want_the_models_several_all_of_them()
    {
        using var models = new ModelRegistry([TinyModel.Write(_folder["several"], source: "en", target: "de", nBest: 3)]);
        var translator = new RegistryTranslator(models, new TranslationCache(10));
        TranslationOptions[] asked = [new(), new() { MaximumPieces = 100 }];
        foreach (TranslationOptions options in asked)
        {
            TranslationPart last = (await translator.StreamAsync("one two", options, Stop).ToArrayAsync(Stop))[^1];
            Assert.Single(Assert.Single(last.Whole!.Sentences).Output.Hypotheses);
            PassageTranslation passage = await translator.TranslateAsync("one two", options, Stop);
            Assert.Equal(3, Assert.Single(passage.Sentences).Output.Hypotheses.Count);
        }
    }

    [Fact]
    public async Task What_was_not_used_for_longest_goes_first_and_the_bounds_hold()
    {
        var cache = new TranslationCache(2);
        var translator = new RegistryTranslator(_models, cache);
        foreach (string text in (string[])["one", "two", "one", "three", "one", "two"])
        {
            await translator.TranslateAsync(text, cancellation: Stop);
        }

        // "one" is found twice; "two" had to go for "three", and is not found.
        Assert.Equal((2, 2L, 4L), (cache.Count, cache.Hits, cache.Misses));

        var small = new TranslationCache(1000, maximumBytes: 4000);
        var other = new RegistryTranslator(_models, small);
        for (int i = 0; i < 50; i++)
        {
            await other.TranslateAsync(string.Join(' ', Enumerable.Repeat("one", 1 + i)), cancellation: Stop);
            Assert.InRange(small.Bytes, 1, 4000);
        }

        Assert.InRange(small.Count, 1, 20);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationCache(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationCache(1, 0));
    }
}
