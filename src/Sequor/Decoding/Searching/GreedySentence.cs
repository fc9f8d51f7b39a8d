using System.Numerics.Tensors;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Searching;

/// <summary>Writes the most probable piece at every step; of equals, the one with the lowest id.</summary>
internal sealed class GreedySentence(SearchOptions options, SpecialIds special, Rules rules) : SequentialSentence(options, special, rules)
{
    internal override int Best => 1;

    internal override bool NeedsRows => Rules.NeedRows(Histories.Length(Live[0]), Request.Rules);

    protected override (int Id, float LogProbability) Choose(Predictor predictor, int row, int history, int sample)
    {
        if (NeedsRows)
        {
            Span<float> allowed = Allowed(predictor, row, history);
            int greatest = TensorPrimitives.IndexOfMax(allowed);
            return (greatest, allowed[greatest]);
        }

        BestPieces best = predictor.Best(row);
        int length = Histories.Length(history);
        Rules.CheckNumber(best.LogProbabilities[0], length);
        int place = Rules.FirstAllowed(best, length, Request.Rules, out _);
        return (best.Ids[place], best.LogProbabilities[place]);
    }
}
