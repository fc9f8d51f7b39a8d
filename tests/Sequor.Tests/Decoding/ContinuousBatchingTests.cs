using Sequor.Decoding;
using Sequor.Models.Transformer;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>Sentences enter and leave while others are being written, and nothing of that shows in an output.</summary>
public sealed class ContinuousBatchingTests
{
    private static readonly string[] _letters = [.. "abcdefghijklmnopqrstuvw".Select(letter => letter.ToString())];
    private static readonly Tokenizer _tokenizer = WordTokenizer.Build([string.Join(' ', _letters)], 40);

    public static TheoryData<string, int, int, int> Rooms => new()
    {
        { "greedy", 1, 4096, 1 },
        { "greedy", 3, 4096, 1 },
        { "beam", 5, 4096, 1 },
        { "beam", 64, 9, 1 },
        { "beam", 4, 4096, 3 },
        { "sampling", 2, 4096, 2 },
        { "penalized", 3, 20, 2 },
    };

    [Theory, MemberData(nameof(Rooms))]
    public void Outputs_are_the_same_however_few_are_decoded_at_once_and_in_however_many_sessions(string kind, int sentences, int pieces, int workers)
    {
        using TransformerModel model = TinyModels.Make(_tokenizer.Vocabulary.Size, 7);
        string[] sources = [.. Enumerable.Range(0, 17).Select(i => string.Join(' ', Enumerable.Range(i, 1 + (i * 7 % 13)).Select(place => _letters[place * 5 % _letters.Length])))];
        using var together = new Generator(model, _tokenizer, _tokenizer);
        using var few = new Generator(model, _tokenizer, _tokenizer, new GeneratorOptions { BatchSentences = sentences, BatchTokens = pieces, Workers = workers });

        Assert.Equal(Told(together, sources, kind), Told(few, sources, kind));
    }

    [Fact]
    public void A_session_that_fails_stops_the_others_and_is_told()
    {
        using TransformerModel model = TinyModels.Make(_tokenizer.Vocabulary.Size, 7);
        model.Parameters.Values.CopyFrom([.. Enumerable.Repeat(float.NaN, (int)model.Parameters.Values.Shape.Count)]);
        model.Parameters.MarkChanged();
        using var generator = new Generator(model, _tokenizer, _tokenizer, new GeneratorOptions { Workers = 3, BatchSentences = 1 });

        var fault = Assert.Throws<ModelFormatException>(
            () => generator.Generate([.. _letters], new GreedySearchOptions(), cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("not numbers (NaN)", fault.Message, StringComparison.Ordinal);
    }

    private static string[] Told(Generator generator, string[] sources, string kind)
    {
        SearchOptions search = kind switch
        {
            "greedy" => new GreedySearchOptions { RecordAttention = true },
            "beam" => new BeamSearchOptions { BeamSize = 4, NBest = 3, Length = new LengthLimits { MinimumRatio = 0.5 } },
            "sampling" => new SamplingSearchOptions { NBest = 3, Seed = 17 },
            _ => new BeamSearchOptions { BeamSize = 3, NBest = 2, RepetitionPenalty = 1.3f, NoRepeatNgram = 2 },
        };
        return [.. generator.Generate(sources, search, firstNumber: 100, cancellation: TestContext.Current.CancellationToken).SelectMany(output => output.Hypotheses.Select(found =>
            $"{output.Index} {found.Text} {BitConverter.DoubleToInt64Bits(found.Hypothesis.Score)} {string.Join(' ', TinyModels.Bits(found.Hypothesis.TokenLogProbabilities))} " +
            string.Join(' ', found.Hypothesis.Attention.SelectMany(TinyModels.Bits))))];
    }
}
