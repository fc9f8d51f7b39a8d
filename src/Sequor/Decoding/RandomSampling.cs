using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Draws each piece from the model's distribution, or from its most probable part. A draw is keyed by seed, sentence, sample and position.</summary>
/// <param name="model">Any encoder–decoder.</param>
/// <param name="special">The ids of begin, end and padding.</param>
/// <param name="options">Temperature, cut-offs, seed, limits and rules.</param>
public sealed class RandomSampling(EncoderDecoder model, SpecialIds special, SamplingSearchOptions options) : SequentialSearch(model, special, options)
{
    private protected override int Choose(Span<float> logProbabilities, long sentenceNumber, int sample, int position)
    {
        (int[] ids, double[] weights) = Nucleus(logProbabilities);
        ulong key = RandomKeys.Mix(RandomKeys.Mix(RandomKeys.Mix(options.Seed, (ulong)sentenceNumber), (ulong)sample), (ulong)position);
        double mark = RandomKeys.Uniform(key) * weights.Sum();
        for (int i = 0; i < ids.Length - 1; i++)
        {
            mark -= weights[i];
            if (mark < 0)
            {
                return ids[i];
            }
        }

        return ids[^1];
    }

    /// <summary>The pieces that may be drawn, most probable first, with their weights.</summary>
    private (int[] Ids, double[] Weights) Nucleus(ReadOnlySpan<float> logProbabilities)
    {
        var ids = new List<int>(logProbabilities.Length);
        for (int id = 0; id < logProbabilities.Length; id++)
        {
            if (!float.IsNegativeInfinity(logProbabilities[id]))
            {
                ids.Add(id);
            }
        }

        float[] scores = logProbabilities.ToArray();
        ids.Sort((left, right) => scores[left] != scores[right] ? scores[right].CompareTo(scores[left]) : left.CompareTo(right));
        int count = options.TopK > 0 ? Math.Min(options.TopK, ids.Count) : ids.Count;
        double greatest = scores[ids[0]];
        double[] weights = [.. ids.Take(count).Select(id => Math.Exp((scores[id] - greatest) / options.Temperature))];
        if (options.TopP < 1)
        {
            double needed = options.TopP * weights.Sum();
            int kept = 0;
            for (double sum = 0; sum < needed && kept < count; kept++)
            {
                sum += weights[kept];
            }

            (count, weights) = (kept, weights[..kept]);
        }

        return ([.. ids.Take(count)], weights);
    }
}
