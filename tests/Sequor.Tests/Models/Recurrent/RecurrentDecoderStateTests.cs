using Sequor.Batching;
using Sequor.Models.Recurrent;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Decoding;

namespace Sequor.Tests.Models.Recurrent;

/// <summary>A decoder through which many sentences pass holds no more than those that it is writing.</summary>
public sealed class RecurrentDecoderStateTests
{
    private const int Vocabulary = 40;
    private const int Sentences = 200;
    private const int Room = 4;
    private const int Longest = 14;

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("coverage and location")]
    [InlineData("luong")]
    [InlineData("local-m")]
    [InlineData("cho")]
    public void Sentences_that_have_left_are_let_go_of_and_the_others_do_not_notice(string variant)
    {
        using var model = new RecurrentModel(RecurrentVariants.Of(variant, Vocabulary), 7);
        int[][] sources = TinyModels.Sentences(Sentences, Vocabulary, Longest, 11);
        using var state = (RecurrentDecoderState)model.Start();
        using var step = new Step();
        var written = new Dictionary<int, List<int>>();
        int most = 0;
        for (int entered = 0; entered < Sentences || state.Count > 0;)
        {
            Leave(state);
            entered = Enter(model, step, state, sources, entered);
            if (state.Count > 0)
            {
                Write(step, state, written);
            }

            most = Math.Max(most, state.SentencesKept);
        }

        Assert.Equal(Sentences, written.Count);
        Assert.Equal(Room, most);
        Assert.All(Enumerable.Range(0, Sentences), sentence => Assert.Equal(Alone(model, step, sources[sentence], sentence), written[sentence]));
    }

    /// <summary>Sentences are of 2 to 8 pieces; until they leave, each has two hypotheses from its third piece on.</summary>
    private static int PiecesOf(int sentence) => 2 + (sentence * 5 % 7);

    private static void Leave(RecurrentDecoderState state)
    {
        var parents = new List<int>();
        for (int row = 0; row < state.Count; row++)
        {
            if (state.Lengths[row] < PiecesOf(state.Sentences[row]))
            {
                parents.AddRange(Enumerable.Repeat(row, state.Lengths[row] == 2 ? 2 : 1));
            }
        }

        parents.Reverse();
        state.Reorder([.. parents]);
    }

    private static int Enter(RecurrentModel model, Step step, RecurrentDecoderState state, int[][] sources, int entered)
    {
        int free = Math.Min(Room - state.Sentences.ToArray().Distinct().Count(), Sentences - entered);
        if (free > 0)
        {
            using Step.Scope scope = step.Begin();
            state.Add(model.Encode(step, SequenceBatch.From(sources[entered..(entered + free)])));
        }

        return entered + Math.Max(0, free);
    }

    private static void Write(Step step, RecurrentDecoderState state, Dictionary<int, List<int>> written)
    {
        using Step.Scope scope = step.Begin();
        int[] sentences = state.Sentences.ToArray();
        int[] lengths = state.Lengths.ToArray();
        Tensor made = state.Step(step, [.. Enumerable.Range(0, state.Count).Select(row => PieceAt(sentences[row], lengths[row]))]);
        for (int row = 0; row < sentences.Length; row++)
        {
            // Both hypotheses of a sentence are of the same pieces here.
            List<int> bits = written.TryGetValue(sentences[row], out List<int>? known) ? known : written[sentences[row]] = [];
            int[] now = TinyModels.Bits(made.RowRange(row, 1).ToArray());
            if (Array.IndexOf(sentences, sentences[row]) == row)
            {
                bits.AddRange(now);
            }
            else
            {
                Assert.Equal(bits[^now.Length..], now);
            }
        }
    }

    private static List<int> Alone(RecurrentModel model, Step step, int[] source, int sentence)
    {
        using var state = (RecurrentDecoderState)model.Start();
        using (step.Begin())
        {
            state.Add(model.Encode(step, SequenceBatch.From([source])));
        }

        var bits = new List<int>();
        for (int length = 0; length < PiecesOf(sentence); length++)
        {
            using Step.Scope scope = step.Begin();
            bits.AddRange(TinyModels.Bits(state.Step(step, [PieceAt(sentence, length)]).ToArray()));
        }

        return bits;
    }

    private static int PieceAt(int sentence, int length) => length == 0 ? TinyModels.Begin : 2 + (((sentence * 31) + (length * 17)) % (Vocabulary - 2));
}
