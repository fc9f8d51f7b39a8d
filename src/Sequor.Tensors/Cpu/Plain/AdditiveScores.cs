using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Scores by a layer of tanh units (Bahdanau et al. 2015, A.1.2), each also fed by features of the row's positions, and their gradients.</summary>
internal static class AdditiveScores
{
    internal static void Forward(in SourcePlan plan, in AdditiveTerms terms, Span<float> scores)
    {
        for (int row = 0; row < plan.Rows; row++)
        {
            Span<float> results = SourceProducts.Row(plan, scores, row);
            int length = SourceProducts.Length(plan, row);
            for (int j = 0; j < length; j++)
            {
                double sum = 0;
                for (int unit = 0; unit < terms.Units; unit++)
                {
                    sum += (double)terms.ScoreWeights.Span[unit] * Unit(plan, terms, row, j, unit);
                }

                results[j] = (float)sum;
            }

            results[length..].Clear();
        }
    }

    /// <summary>With u the units, s = dScores · v · (1 - u²) is what reaches the sum inside the tanh: it goes to the query, the key and, times U, the features.</summary>
    internal static void Backward(in SourcePlan plan, in AdditiveTerms terms, ReadOnlySpan<float> dScores, in AdditiveTerms gradients)
    {
        for (int row = 0; row < plan.Rows; row++)
        {
            int start = plan.Starts.Span[row];
            for (int j = 0; j < SourceProducts.Length(plan, row); j++)
            {
                float dScore = dScores[(row * plan.Stride) + j];
                for (int unit = 0; unit < terms.Units; unit++)
                {
                    float value = Unit(plan, terms, row, j, unit);
                    float slope = dScore * terms.ScoreWeights.Span[unit] * (1 - (value * value));
                    Add(gradients.Queries.Span, (row * terms.Units) + unit, slope);
                    Add(gradients.Keys.Span, ((start + j) * terms.Units) + unit, slope);
                    Add(gradients.ScoreWeights.Span, unit, dScore * value);
                    ToFeatures(plan, terms, gradients, row, j, unit, slope);
                }
            }
        }
    }

    private static void ToFeatures(in SourcePlan plan, in AdditiveTerms terms, in AdditiveTerms gradients, int row, int j, int unit, float slope)
    {
        for (int f = 0; f < terms.FeatureCount; f++)
        {
            int feature = (((row * plan.Stride) + j) * terms.FeatureCount) + f;
            int weight = (unit * terms.FeatureCount) + f;
            Add(gradients.Features.Span, feature, slope * terms.FeatureWeights.Span[weight]);
            Add(gradients.FeatureWeights.Span, weight, slope * terms.Features.Span[feature]);
        }
    }

    private static float Unit(in SourcePlan plan, in AdditiveTerms terms, int row, int j, int unit)
    {
        float sum = 0;
        for (int f = 0; f < terms.FeatureCount; f++)
        {
            sum = MathF.FusedMultiplyAdd(
                terms.Features.Span[(((row * plan.Stride) + j) * terms.FeatureCount) + f], terms.FeatureWeights.Span[(unit * terms.FeatureCount) + f], sum);
        }

        float query = terms.Queries.Span[(row * terms.Units) + unit];
        float key = terms.Keys.Span[((plan.Starts.Span[row] + j) * terms.Units) + unit];
        return MathF.Tanh(query + key + sum);
    }

    private static void Add(Span<float> gradient, int place, float value)
    {
        if (!gradient.IsEmpty)
        {
            gradient[place] += value;
        }
    }
}
