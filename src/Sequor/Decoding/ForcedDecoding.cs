using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Asks a model how probable given outputs are.</summary>
/// <param name="model">Any encoder–decoder.</param>
public sealed class ForcedDecoding(EncoderDecoder model)
{
    /// <summary>Scores outputs in one pass over whole sentences; the same bits as writing them piece by piece.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="batch">Source and target sentences.</param>
    /// <returns>For each sentence log p of each piece and of its end sign, in nats.</returns>
    public IReadOnlyList<float[]> TokenLogProbabilities(Step step, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        using (step.Begin(StepOptions.Inference))
        {
            float[] all = model.Project(model.Decode(step, batch.TargetInput, model.Encode(step, batch.Source))).LogSoftmax().ToArray();
            var scores = new float[batch.Count][];
            for (int i = 0; i < batch.Count; i++)
            {
                int first = batch.TargetInput.Starts[i];
                scores[i] = new float[batch.TargetInput.Lengths[i]];
                for (int t = 0; t < scores[i].Length; t++)
                {
                    scores[i][t] = all[((first + t) * model.TargetVocabularySize) + batch.TargetOutput[first + t]];
                }
            }

            return scores;
        }
    }
}
