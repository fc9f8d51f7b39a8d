using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <content>The attention of recurrent decoders: rows that each read the positions of one source sentence.</content>
public partial interface IKernels
{
    /// <summary>scores[r · H + h, j] (+)= scale · Σ rows[r, i] · keys[start of r + j, i] over the columns i of head h.</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="rows">[R, width].</param>
    /// <param name="keys">[M, width].</param>
    /// <param name="width">Columns, a multiple of the heads.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="scores">[R · H, L].</param>
    /// <param name="accumulate">Whether to add; else columns behind the sentence become 0.</param>
    void SourceDots(in SourcePlan plan, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate);

    /// <summary>output[r, i] (+)= scale · Σ weights[r · H + h, j] · values[start of r + j, i] over j, one chain of multiply-adds in rising j; h is the head of column i.</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="weights">[R · H, L].</param>
    /// <param name="values">[M, width].</param>
    /// <param name="width">Columns, a multiple of the heads.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="output">[R, width].</param>
    /// <param name="accumulate">Whether to add.</param>
    void SourceSums(in SourcePlan plan, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate);

    /// <summary>target[start of r + j, i] += (scale · weights[r · H + h, j]) · rows[r, i], for each sentence in rising r.</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="weights">[R · H, L].</param>
    /// <param name="rows">[R, width].</param>
    /// <param name="width">Columns, a multiple of the heads.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="target">[M, width].</param>
    void SourceSpread(in SourcePlan plan, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target);

    /// <summary>scores[r, j] = vᵀ tanh(q[r] + k[start of r + j] + U f[r, j]) (Bahdanau et al. 2015, A.1.2); the plan has one head.</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="terms">The inputs.</param>
    /// <param name="scores">[R, L]; columns behind the sentence become 0.</param>
    void AdditiveScores(in SourcePlan plan, in AdditiveTerms terms, Storage<float> scores);

    /// <summary>The gradients of <see cref="AdditiveScores"/>, which works the tanh out again. Each is added to what is there; an empty one is not wanted.</summary>
    /// <param name="plan">As in the forward pass.</param>
    /// <param name="terms">As in the forward pass.</param>
    /// <param name="dScores">[R, L].</param>
    /// <param name="gradients">As the terms.</param>
    void AdditiveScoresBackward(in SourcePlan plan, in AdditiveTerms terms, Storage<float> dScores, in AdditiveTerms gradients);

    /// <summary>
    /// weights = softmax of each row of scores over its own sentence, 0 behind it; y may be x. With centres only the positions from centre - reach to
    /// centre + reach count (Luong et al. 2015, §3.2), the others become 0; a centre outside the sentence counts as its nearest position.
    /// </summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="scores">[R · H, L].</param>
    /// <param name="centres">[R · H], or empty.</param>
    /// <param name="reach">Half the width of the window, 0.5 or more.</param>
    /// <param name="weights">[R · H, L].</param>
    void SourceSoftmax(in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights);

    /// <summary>dScores (+)= weights · (dWeights - Σ dWeights · weights), row by row over its own sentence.</summary>
    void SourceSoftmaxBackward(in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate);
}
