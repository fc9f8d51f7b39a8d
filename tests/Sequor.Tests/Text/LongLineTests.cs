using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>Very long words, which merge through the whole of their heap; and threads that share a tokenizer.</summary>
public class LongLineTests
{
    [Theory]
    [InlineData("bpe")]
    [InlineData("unigram")]
    public void A_word_of_a_hundred_thousand_letters_is_cut_and_joined_again(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        string word = string.Concat(Enumerable.Repeat("lightlamp", 12_000));
        int[] ids = tokenizer.Encode(word);
        Assert.InRange(ids.Length, 12_000, 108_001);
        Assert.Equal(word, tokenizer.Decode(ids));
    }

    [Fact]
    public void Threads_share_a_tokenizer()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("bpe");
        string[] expected = [.. GoldenModels.Input.Select(line => string.Join(' ', tokenizer.Pieces(line)))];
        var wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            string[] found = [.. GoldenModels.Input.Select(line => string.Join(' ', tokenizer.Pieces(line)))];
            Interlocked.Add(ref wrong, found.SequenceEqual(expected) ? 0 : 1);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
    }
}
