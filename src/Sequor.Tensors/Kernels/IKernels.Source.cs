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
    /// weights = softmax of each row of scores over its own sentence, 0 behind it; weights may be scores. With centres only the positions from centre - reach to
    /// centre + reach count (Luong et al. 2015, §3.2), the others become 0; where there are none, the position nearest to the centre counts.
    /// </summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="scores">[R · H, L].</param>
    /// <param name="centres">[R · H], or empty.</param>
    /// <param name="reach">Half the width of the window, 0.5 or more.</param>
    /// <param name="weights">[R · H, L].</param>
    void SourceSoftmax(in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights);

    /// <summary>dScores (+)= weights · (dWeights - Σ dWeights · weights), row by row over its own sentence.</summary>
    void SourceSoftmaxBackward(in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate);

    /// <summary>result[r, j] = weights[r, j] · exp(-(j - centre)² / (2 deviation²)) over each row's own sentence, 0 behind it (Luong et al. 2015, eq. 10).</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="weights">[R · H, L].</param>
    /// <param name="centres">[R · H].</param>
    /// <param name="deviation">σ, above 0.</param>
    /// <param name="result">[R · H, L].</param>
    void SourceFocus(in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result);

    /// <summary>The gradients of <see cref="SourceFocus"/>; each is added to what is there, and an empty one is not wanted.</summary>
    void SourceFocusBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> dResult,
        Storage<float> dWeights, Storage<float> dCentres);

    /// <summary>
    /// features[r, j, k] = Σ filters[k, i] · weights[r, j + i - (width - 1) / 2]: filters over each row of weights (Chorowski et al. 2015, eq. 8), with
    /// nothing before and behind the row's own sentence.
    /// </summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="weights">[R · H, L].</param>
    /// <param name="filters">[K, width].</param>
    /// <param name="width">Positions that a filter sees, odd.</param>
    /// <param name="features">[R · H, L, K]; 0 behind the sentence.</param>
    void LocationFeatures(in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> features);

    /// <summary>The gradients of <see cref="LocationFeatures"/>; each is added to what is there, and an empty one is not wanted.</summary>
    void LocationFeaturesBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> dFeatures,
        Storage<float> dWeights, Storage<float> dFilters);

    /// <summary>sums[r] = Σ min(a[r, j], b[r, j]) over each row's own sentence (See et al. 2017, eq. 12).</summary>
    /// <param name="plan">Who reads what.</param>
    /// <param name="a">[R · H, L].</param>
    /// <param name="b">[R · H, L].</param>
    /// <param name="sums">[R · H].</param>
    void SourceMinima(in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> sums);

    /// <summary>The gradients of <see cref="SourceMinima"/>: to a where a ≤ b, else to b; each is added to what is there, and an empty one is not wanted.</summary>
    void SourceMinimaBackward(in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db);

    /// <summary>losses[r] = -Σ targets[p] · log weights[r, positions[p]] over the points p of a row.</summary>
    /// <param name="weights">[rows, stride].</param>
    /// <param name="stride">Columns of the weights.</param>
    /// <param name="starts">Where the points of each row begin, [rows + 1].</param>
    /// <param name="positions">The column of each point.</param>
    /// <param name="targets">The weight that each point should have.</param>
    /// <param name="losses">[rows].</param>
    void AlignmentLoss(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> losses);

    /// <summary>The gradient of <see cref="AlignmentLoss"/>, added to what is there.</summary>
    void AlignmentLossBackward(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> dLosses,
        Storage<float> dWeights);

    /// <summary>means[s] = the mean of the sentence's rows of x, added up in rising order.</summary>
    /// <param name="x">[N, width].</param>
    /// <param name="starts">The first row of each sentence, [B].</param>
    /// <param name="lengths">The rows of each sentence, each 1 or more, [B].</param>
    /// <param name="width">Columns.</param>
    /// <param name="means">[B, width].</param>
    void SentenceMeans(Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means);

    /// <summary>dx (+)= dMeans / length for every row of a sentence.</summary>
    void SentenceMeansBackward(Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate);
}
