using Sequor.Batching;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>
/// The one small language of all models: an encoder makes a memory of source sentences, a decoder predicts target sentences from it, all at once
/// for training or piece by piece for decoding. Whatever trains, decodes or scores speaks to this and to no particular model.
/// </summary>
public abstract class EncoderDecoder : IDisposable
{
    /// <summary>All weights by name.</summary>
    public abstract ParameterSet Parameters { get; }

    /// <summary>Pieces in the target vocabulary, V.</summary>
    public abstract int TargetVocabularySize { get; }

    /// <summary>The longest sentence, in pieces, that the model can read or write; <see cref="int.MaxValue"/> when there is no limit.</summary>
    public abstract int LongestSequence { get; }

    /// <summary>Reads source sentences.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="source">The sentences' pieces, each sentence with its end sign.</param>
    /// <param name="trace">What the pass is asked to tell; null for nothing.</param>
    public abstract EncodedSource Encode(Step step, SequenceBatch source, PassTrace? trace = null);

    /// <summary>Reads target sentences up to each position and says what the model knows there about the next piece.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="targets">The pieces so far, each sentence with its begin sign.</param>
    /// <param name="memory">The source sentences, as many as targets.</param>
    /// <param name="trace">What the pass is asked to tell, and where it puts what else it costs; null for nothing.</param>
    /// <returns>[N, D]; <see cref="Project"/> turns it into logits.</returns>
    public abstract Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace = null);

    /// <summary>The weights that turn what <see cref="Decode"/> returns into logits: weight [V, D] and bias [V] or none.</summary>
    public abstract (Tensor Weight, Tensor Bias) Projection { get; }

    /// <summary>Turns states of the decoder into logits.</summary>
    /// <param name="states">[N, D]</param>
    /// <returns>[N, V]</returns>
    public virtual Tensor Project(Tensor states) => states.Linear(Projection.Weight, Projection.Bias);

    /// <summary>Some columns of <see cref="Project"/>, with its bits: a large vocabulary can be gone through in chunks.</summary>
    /// <param name="states">[N, D]</param>
    /// <param name="firstRow">The first piece; multiples of 64 are the cheapest.</param>
    /// <param name="rows">How many pieces.</param>
    /// <returns>[N, rows]</returns>
    public Tensor ProjectRows(Tensor states, int firstRow, int rows) => states.LinearRows(Projection.Weight, Projection.Bias, firstRow, rows);

    /// <summary>Copies the part of the projection that serves some pieces, so that steps need not work out all logits.</summary>
    /// <param name="ids">1 or more pieces, in the order of the columns that <see cref="ProjectSelected"/> returns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A piece lies outside the vocabulary, or there is none.</exception>
    public OutputSelection SelectOutputs(ReadOnlySpan<int> ids) => new(Projection.Weight, Projection.Bias, ids);

    /// <summary>Turns states of the decoder into the logits of a selection, with the bits that <see cref="Project"/> has for them.</summary>
    /// <param name="states">[N, D]</param>
    /// <param name="selection">The selected pieces.</param>
    /// <returns>[N, n]</returns>
    public Tensor ProjectSelected(Tensor states, OutputSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return states.LinearPacked(selection.Weight, selection.Bias);
    }

    /// <summary>Begins decoding, without any sentence yet.</summary>
    public abstract DecoderState Start();

    /// <summary>Begins decoding. What the state needs of the memory is kept; the step may end.</summary>
    /// <param name="memory">The source sentences.</param>
    public DecoderState Start(EncodedSource memory)
    {
        DecoderState state = Start();
        state.Add(memory);
        return state;
    }

    /// <summary>Lets go of the weights.</summary>
    public void Dispose()
    {
        Parameters.Dispose();
        GC.SuppressFinalize(this);
    }
}
