using Sequor.Decoding;
using Sequor.Text;

namespace Sequor.Tests;

public sealed class TranslatorTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("sequor-translator-").FullName, "model");

    public TranslatorTests() => TinyModel.Write(_directory);

    [Fact]
    public void An_empty_line_gives_an_empty_line_and_the_order_is_kept()
    {
        using Translator translator = Translator.Load(_directory);
        string one = translator.Translate("one two");
        string other = translator.Translate("six five four three two");

        IReadOnlyList<string> all = translator.Translate(["", "one two", "   ", "six five four three two", ""]);

        Assert.Equal(["", one, "", other, ""], all);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_source_longer_than_the_model_reads_is_cut_and_says_so()
    {
        using Translator translator = Translator.Load(_directory);

        GeneratedText output = translator.Generate([string.Join(' ', Enumerable.Repeat("one", 2000))], cancellation: TestContext.Current.CancellationToken)[0];

        Assert.True(output.SourceWasCut);
        Assert.False(translator.Generate(["one"], cancellation: TestContext.Current.CancellationToken)[0].SourceWasCut);
    }

    [Fact]
    public void Many_threads_get_what_one_gets()
    {
        using Translator translator = Translator.Load(_directory);
        string[] texts = [.. TinyModel.Words.SelectMany(first => TinyModel.Words.Select(second => $"{first} {second}"))];
        string[] expected = [.. texts.Select(translator.Translate)];
        string[] got = new string[texts.Length];

        Thread[] threads = [.. Enumerable.Range(0, 4).Select(part => new Thread(() =>
        {
            for (int i = part; i < texts.Length; i += 4)
            {
                got[i] = translator.Translate(texts[i]);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(expected, got);
    }

    [Fact]
    public async Task Cancellation_ends_a_translation_and_disposal_all()
    {
        using Translator translator = Translator.Load(_directory);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => translator.TranslateAsync(["one"], cancelled.Token));

        translator.Dispose();

        Assert.Throws<ObjectDisposedException>(() => translator.Translate("one"));
    }

    [Fact]
    public void A_vocabulary_of_another_model_is_refused_by_name()
    {
        WordTokenizer.Build(["seven", "eight"], 40).Save(Path.Combine(_directory, "vocabulary.vocab"));

        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => Translator.Load(_directory));

        Assert.Contains("vocabulary.vocab", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_the_weights_is_refused_even_without_a_card()
    {
        File.Delete(Path.Combine(_directory, "card.json"));
        WordTokenizer.Build(["seven", "eight"], 40).Save(Path.Combine(_directory, "vocabulary.vocab"));

        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => Translator.Load(_directory));

        Assert.Contains("embedding.weight", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_and_altered_weights_are_refused_by_name()
    {
        string path = Path.Combine(_directory, "weights.safetensors");
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^5]);
        Assert.Contains("weights.safetensors", Assert.Throws<ModelFormatException>(() => Translator.Load(_directory)).Message, StringComparison.Ordinal);

        whole[^3] ^= 0x40;
        File.WriteAllBytes(path, whole);

        Assert.Contains("weights.safetensors", Assert.Throws<ModelFormatException>(() => Translator.Load(_directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_model_directory_gets_a_sentence()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Translator.Load(_directory + "-not-there"));
        File.Delete(Path.Combine(_directory, "weights.safetensors"));
        Assert.Contains("weights.safetensors is missing", Assert.Throws<ModelFormatException>(() => Translator.Load(_directory)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}
