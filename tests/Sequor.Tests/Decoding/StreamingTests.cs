using Sequor.Decoding;
using Sequor.Models.Transformer;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>A stream is the output in parts, each told as soon as it is certain.</summary>
public sealed class StreamingTests
{
    private static readonly string[] _letters = [.. "abcdefghijklmnopqrstuvw".Select(letter => letter.ToString())];
    private static readonly Tokenizer _tokenizer = WordTokenizer.Build([string.Join(' ', _letters)], 40);

    public static TheoryData<string> Kinds => ["greedy", "beam", "wide", "sampling"];

    [Theory, MemberData(nameof(Kinds))]
    public void Parts_laid_end_to_end_are_the_output(string kind)
    {
        using TransformerModel model = TinyModels.Make(_tokenizer.Vocabulary.Size, 7);
        using var generator = new Generator(model, _tokenizer, _tokenizer);
        int parts = 0;
        for (int i = 0; i < 12; i++)
        {
            string source = string.Join(' ', Enumerable.Range(i, 1 + i).Select(place => _letters[place * 5 % _letters.Length]));
            string expected = generator.Generate([source], OptionsOf(kind), firstNumber: i, cancellation: TestContext.Current.CancellationToken)[0].Text;
            var told = new List<string>();

            GeneratedText whole = generator.Stream(source, OptionsOf(kind), told.Add, i, cancellation: TestContext.Current.CancellationToken);

            Assert.Equal(expected, whole.Text);
            Assert.Equal(expected, string.Concat(told));
            Assert.DoesNotContain("", told);
            parts += told.Count;
        }

        Assert.True(parts > 13, $"{parts} parts of 12 outputs: nothing was told early");
    }

    [Fact]
    public void A_beam_tells_only_what_all_of_its_hypotheses_share()
    {
        // Two ways that part at the first piece and meet nowhere: the first step decides nothing, the end everything.
        var model = new ScriptedModel(_tokenizer.Vocabulary.Size, (_, written) => Next(written));
        using var generator = new Generator(model, _tokenizer, _tokenizer);
        var told = new List<string>();

        generator.Stream("a", new BeamSearchOptions { BeamSize = 2, LengthPenalty = 0 }, told.Add, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["b c d"], told);
    }

    [Fact]
    public void Several_outputs_cannot_be_streamed()
    {
        using TransformerModel model = TinyModels.Make(_tokenizer.Vocabulary.Size, 7);
        using var generator = new Generator(model, _tokenizer, _tokenizer);
        var fault = Assert.Throws<ArgumentException>(() => generator.Stream("a", new BeamSearchOptions { NBest = 2 }, _ => { }, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("A stream is one output", fault.Message, StringComparison.Ordinal);
    }

    private static SearchOptions OptionsOf(string kind) => kind switch
    {
        "greedy" => new GreedySearchOptions(),
        "beam" => new BeamSearchOptions { BeamSize = 4 },
        "wide" => new BeamSearchOptions { BeamSize = 12, LengthPenalty = 0.5f },
        _ => new SamplingSearchOptions { Seed = 3 },
    };

    /// <summary>"b c d" with probability 0.6, "e f g" with 0.4.</summary>
    private static float[] Next(int[] written)
    {
        var logits = new float[_tokenizer.Vocabulary.Size];
        Array.Fill(logits, -30f);
        int Id(string letter) => _tokenizer.Encode(letter)[0];
        if (written.Length == 1)
        {
            (logits[Id("b")], logits[Id("e")]) = (MathF.Log(0.6f), MathF.Log(0.4f));
        }
        else if (written.Length == 4)
        {
            logits[_tokenizer.Vocabulary.EndId] = 0;
        }
        else
        {
            bool first = written[1] == Id("b");
            logits[Id(written.Length == 2 ? first ? "c" : "f" : first ? "d" : "g")] = 0;
        }

        return logits;
    }
}
