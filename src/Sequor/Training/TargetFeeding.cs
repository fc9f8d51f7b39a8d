using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Training;

/// <summary>
/// Replaces pieces that a decoder reads in training by the model's own (scheduled sampling, Bengio et al. 2015; two passes, Mihaylova and Martins 2019). It
/// asks the model as decoding does, without dropout and without gradients, so that it serves every model; which pieces are replaced, and with what, is keyed by
/// seed, update, sentence and position.
/// </summary>
/// <param name="model">Any encoder–decoder.</param>
/// <param name="options">When and how.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class TargetFeeding(EncoderDecoder model, TargetFeedingOptions options, ulong seed) : IDisposable
{
    /// <summary>Rows whose logits are kept at a time.</summary>
    private const int ChunkRows = 512;

    private readonly Step _step = new(model.Parameters.Device);

    /// <summary>The batch with the decoder's inputs of an update.</summary>
    internal TrainingBatch Mix(TrainingBatch batch, long update)
    {
        double chance = options.TrueChance(update);
        if (chance >= 1)
        {
            return batch;
        }

        bool[] own = Choose(batch.TargetInput, chance, update);
        int[] ids = options.TwoPasses ? FromOnePass(batch, own, update) : StepByStep(batch, own, update);
        var input = new SequenceBatch(ids, batch.TargetInput.Lengths, batch.TargetInput.SentenceNumbers);
        return batch.With(input);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _step.Dispose();

    /// <summary>Whether the model's own piece is read at each row; the begin sign is never replaced.</summary>
    private bool[] Choose(SequenceBatch targets, double chance, long update)
    {
        var own = new bool[targets.Rows];
        for (int i = 0; i < targets.Count; i++)
        {
            for (int t = 1; t < targets.Lengths[i]; t++)
            {
                own[targets.Starts[i] + t] = RandomKeys.Uniform(KeyOf(targets, i, t, update)) >= chance;
            }
        }

        return own;
    }

    private int[] FromOnePass(TrainingBatch batch, bool[] own, long update)
    {
        SequenceBatch targets = batch.TargetInput;
        int[] ids = [.. targets.Ids];
        using (_step.Begin(StepOptions.Inference))
        {
            Tensor states = model.Decode(_step, targets, model.Encode(_step, batch.Source));
            var said = new int[targets.Rows];
            for (int first = 0; first < targets.Rows; first += ChunkRows)
            {
                int rows = Math.Min(ChunkRows, targets.Rows - first);
                Tensor logits = model.Project(states.RowRange(first, rows));
                Pick(logits, said.AsSpan(first, rows), row => KeyOfRow(targets, first + row, update));
            }

            for (int row = 1; row < ids.Length; row++)
            {
                ids[row] = own[row] ? said[row - 1] : ids[row];
            }
        }

        return ids;
    }

    private int[] StepByStep(TrainingBatch batch, bool[] own, long update)
    {
        SequenceBatch targets = batch.TargetInput;
        int[] ids = [.. targets.Ids];
        int[] active = [.. Enumerable.Range(0, targets.Count)];
        using DecoderState state = Start(batch);
        for (int t = 0; t + 1 < targets.LongestLength; t++)
        {
            // A sentence is asked as long as there is an input behind this one.
            int[] stay = [.. Enumerable.Range(0, active.Length).Where(place => targets.Lengths[active[place]] > t + 1)];
            state.Reorder(stay);
            active = [.. stay.Select(place => active[place])];
            int[] last = [.. active.Select(i => ids[targets.Starts[i] + t])];
            var said = new int[active.Length];
            using (_step.Begin(StepOptions.Inference))
            {
                Pick(model.Project(state.Step(_step, last)), said, row => KeyOf(targets, active[row], t + 1, update));
            }

            for (int place = 0; place < active.Length; place++)
            {
                int row = targets.Starts[active[place]] + t + 1;
                ids[row] = own[row] ? said[place] : ids[row];
            }
        }

        return ids;
    }

    private DecoderState Start(TrainingBatch batch)
    {
        using (_step.Begin(StepOptions.Inference))
        {
            return model.Start(model.Encode(_step, batch.Source));
        }
    }

    /// <summary>The most probable piece of each row; when sampling, the greatest sum of a logit and Gumbel noise, which is a draw from the distribution.</summary>
    private void Pick(Tensor logits, Span<int> said, Func<int, ulong> key)
    {
        float[] all = logits.ToArray();
        int classes = logits.Shape.Width;
        for (int row = 0; row < said.Length; row++)
        {
            ulong drawn = options.Samples ? RandomKeys.Mix(key(row), 1) : 0;
            double best = double.NegativeInfinity;
            for (int id = 0; id < classes; id++)
            {
                double score = all[(row * classes) + id];
                score -= options.Samples ? Math.Log(-Math.Log(1 - RandomKeys.Uniform(RandomKeys.Mix(drawn, (ulong)id)))) : 0;
                if (score > best)
                {
                    (best, said[row]) = (score, id);
                }
            }
        }
    }

    private ulong KeyOf(SequenceBatch targets, int sentence, int position, long update) => RandomKeys.Mix(RandomKeys.Mix(RandomKeys.Mix(
        RandomKeys.Mix(seed, 11), (ulong)update), (ulong)targets.SentenceNumbers[sentence]), (ulong)position);

    /// <summary>The key of the input that a row's prediction becomes.</summary>
    private ulong KeyOfRow(SequenceBatch targets, int row, long update)
    {
        int sentence = Array.BinarySearch(targets.Starts, row);
        sentence = sentence < 0 ? ~sentence - 1 : sentence;
        return KeyOf(targets, sentence, row - targets.Starts[sentence] + 1, update);
    }
}
