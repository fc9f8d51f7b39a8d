using System.Globalization;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>A pair of texts, cut into pieces, whose attention is asked for.</summary>
internal sealed class AttentionReading
{
    private readonly SentenceTexts _texts;
    private readonly SourceText _source;
    private readonly int[] _output;

    /// <summary>Cuts the texts.</summary>
    /// <param name="ensemble">What is asked.</param>
    /// <param name="texts">Cuts texts.</param>
    /// <param name="source">The source.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="ArgumentException">The output is longer than the models can write.</exception>
    internal AttentionReading(Ensemble ensemble, SentenceTexts texts, string source, string output)
    {
        (_texts, _source, _output) = (texts, texts.Prepare(source), texts.CutPrefix(output));
        if (_output.Length >= ensemble.LongestSequence)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The output has {_output.Length} pieces, but the models can write {ensemble.LongestSequence - 1}. Shorten it."),
                nameof(output));
        }
    }

    /// <summary>Asks the model.</summary>
    /// <param name="forced">What is asked.</param>
    /// <param name="step">A session's step, not open.</param>
    /// <exception cref="InvalidOperationException">The model has no attention.</exception>
    internal AttentionMaps Read(ForcedDecoding forced, Step step)
    {
        IReadOnlyList<float[][][]> layers = forced.Attention(step, _texts.Pairs([_source], [_output]));
        return layers.Count > 0
            ? new AttentionMaps(
                _texts.SourcePieces(_source), [.. _output.Append(_texts.Special.End).Select(id => _texts.Target.Vocabulary[id])], _source.WasCut, layers)
            : throw new InvalidOperationException("The model has no attention: it reads its source into one vector, so it cannot tell what a piece looked at. Take a model with attention.");
    }
}
