using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Decoding;

/// <summary>What a scripted model says next.</summary>
/// <param name="source">The source sentence's pieces, its end sign last.</param>
/// <param name="written">What the hypothesis has read, its begin sign first.</param>
internal delegate float[] Script(int[] source, int[] written);

/// <summary>An encoder–decoder without weights that says what the test tells it to: the language of all models, and nothing of a Transformer.</summary>
internal sealed class ScriptedModel(int vocabularySize, Script logits, Script? attention = null, int longest = 100) : EncoderDecoder
{
    private SequenceBatch? _source;

    public override ParameterSet Parameters { get; } = new();

    public override int TargetVocabularySize => vocabularySize;

    public override int LongestSequence => longest;

    public override (Tensor Weight, Tensor Bias) Projection => throw new NotSupportedException();

    /// <summary>Logits whose softmax is these probabilities.</summary>
    internal static float[] Logits(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];

    public override EncodedSource Encode(Step step, SequenceBatch source, PassTrace? trace = null)
    {
        _source = source;
        return new EncodedSource(step.From(new float[source.Rows], [source.Rows, 1]), step.Layout(source.Lengths, source.SentenceNumbers));
    }

    public override Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace = null) => throw new NotSupportedException();

    public override Tensor Project(Tensor states) => states;

    public override DecoderState Start() => new State(this);

    private sealed class State(ScriptedModel model) : DecoderState
    {
        private readonly List<int[]> _sources = [];
        private List<int>[] _written = [];

        protected override void Join(EncodedSource memory)
        {
            _sources.AddRange(Enumerable.Range(0, model._source!.Count).Select(i => model._source.Sentence(i).ToArray()));
            _written = [.. _written, .. Enumerable.Range(0, model._source.Count).Select(_ => new List<int>())];
        }

        protected override Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention)
        {
            var logits = new List<float>();
            for (int row = 0; row < lastIds.Length; row++)
            {
                _written[row].Add(lastIds[row]);
                int[] sentence = _sources[Sentences[row]];
                logits.AddRange(model.Say(sentence, [.. _written[row]]));
                if (!attention.IsEmpty && model.Attention is { } look)
                {
                    attention[row] = look(sentence, [.. _written[row]]);
                }
            }

            return step.From([.. logits], [lastIds.Length, model.TargetVocabularySize]);
        }

        protected override void ReorderCaches(ReadOnlySpan<int> parents)
        {
            var written = new List<int>[parents.Length];
            for (int row = 0; row < parents.Length; row++)
            {
                written[row] = [.. _written[parents[row]]];
            }

            _written = written;
        }
    }

    private Script Say { get; } = logits;

    private Script? Attention { get; } = attention;
}
