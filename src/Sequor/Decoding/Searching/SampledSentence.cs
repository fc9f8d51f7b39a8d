using Sequor.Decoding.Predictors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Searching;

/// <summary>Draws each piece from the model's distribution, or from a part of it. A draw is keyed by seed, sentence, sample and position.</summary>
internal sealed class SampledSentence(SamplingSearchOptions options, SpecialIds special, Rules rules, Sampler sampler)
    : SequentialSentence(options, special, rules)
{
    internal override int Best => 1;

    internal override bool NeedsRows => true;

    protected override (int Id, float LogProbability) Choose(Predictor predictor, int row, int history, int sample)
    {
        Span<float> allowed = Allowed(predictor, row, history);
        ulong key = RandomKeys.Mix(
            RandomKeys.Mix(RandomKeys.Mix(options.Seed, (ulong)Request.Number), (ulong)sample), (ulong)Histories.Length(history));
        int id = sampler.Draw(allowed, RandomKeys.Uniform(key));
        return (id, allowed[id]);
    }
}
