using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// What every device can do with numbers: the contract under the ops. Arguments are already checked; kernels throw nothing and allocate nothing.
/// <c>accumulate</c> adds to what is there instead of replacing it. An empty storage for an optional argument means "not wanted".
/// Each output element's chain of operations depends on its own row and column, on the sizes K and width and on the instruction set, never on
/// the number of rows, the neighbours, or the threads.
/// </summary>
public partial interface IKernels
{
    /// <summary>c (+)= a · b, then the epilogue. One chain of fused multiply-adds per element in rising k.</summary>
    /// <param name="a">[M, K], any strides.</param>
    /// <param name="b">[K, N], any strides; one of the two must be 1.</param>
    /// <param name="c">[M, N], column stride 1.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    /// <param name="epilogue">Done to each finished element.</param>
    void MatMul(in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue);

    /// <summary>The floats that <see cref="Pack"/> needs for a right-hand side [K, N].</summary>
    /// <param name="k">Rows of the right-hand side.</param>
    /// <param name="n">Columns of the right-hand side.</param>
    long PackedLength(int k, int n);

    /// <summary>Lays a right-hand side out in the order in which the product reads it, for repeated use.</summary>
    /// <param name="b">[K, N], any strides.</param>
    /// <param name="packed">[<see cref="PackedLength"/>].</param>
    void Pack(in Matrix b, Storage<float> packed);

    /// <summary>As <see cref="MatMul"/> with a packed right-hand side, and with the same bits.</summary>
    /// <param name="a">[M, K], any strides.</param>
    /// <param name="packedB">[K, N] as laid out by <see cref="Pack"/>.</param>
    /// <param name="c">[M, N], column stride 1.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    /// <param name="epilogue">Done to each finished element.</param>
    void MatMulPacked(in Matrix a, Storage<float> packedB, in Matrix c, bool accumulate, in Epilogue epilogue);

    /// <summary>Many products of one shape: batch i reads a, b and writes c at i times their batch strides.</summary>
    /// <param name="a">The first left-hand side, [M, K].</param>
    /// <param name="b">The first right-hand side, [K, N].</param>
    /// <param name="c">The first result, [M, N].</param>
    /// <param name="batches">How many products.</param>
    /// <param name="aStride">Numbers from one left-hand side to the next.</param>
    /// <param name="bStride">Numbers from one right-hand side to the next.</param>
    /// <param name="cStride">Numbers from one result to the next.</param>
    /// <param name="accumulate">Whether the products are added.</param>
    void MatMulBatched(in Matrix a, in Matrix b, in Matrix c, int batches, long aStride, long bStride, long cStride, bool accumulate);

    /// <summary>x[i] = value.</summary>
    void Fill(Storage<float> x, float value);

    /// <summary>to[i] = from[i]; the two may not overlap.</summary>
    void Copy(Storage<float> from, Storage<float> to);

    /// <summary>to (+)= from, element by element, with any strides: slices, concatenations, transposes.</summary>
    void CopyMatrix(in Matrix from, in Matrix to, bool accumulate);

    /// <summary>result[i] = a[i] + b[i]; result may be a or b.</summary>
    void Add(Storage<float> a, Storage<float> b, Storage<float> result);

    /// <summary>result[i] (+)= a[i] · b[i]; result may be a or b.</summary>
    void Multiply(Storage<float> a, Storage<float> b, Storage<float> result, bool accumulate);

    /// <summary>result[i] (+)= scale · x[i]; result may be x.</summary>
    void Scale(Storage<float> x, float scale, Storage<float> result, bool accumulate);

    /// <summary>target[i] = decay · target[i] + (1 - decay) · x[i]: an exponential moving average.</summary>
    void MovingAverage(Storage<float> x, float decay, Storage<float> target);

    /// <summary>y[i] = activation(x[i]); y may be x.</summary>
    void Activate(Activation activation, Storage<float> x, Storage<float> y);

    /// <summary>dx[i] (+)= dy[i] · activation'(x[i]).</summary>
    void ActivateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, bool accumulate);

    /// <summary>y[r, i] = activation(x[r, i]) · x[r, width + i]: the gated linear units of Shazeer 2020.</summary>
    /// <param name="activation">The gate's function.</param>
    /// <param name="x">[rows, 2 width].</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns of y.</param>
    void Gate(Activation activation, Storage<float> x, Storage<float> y, int width);

    /// <summary>The gradient of <see cref="Gate"/>: dx [rows, 2 width] from x and dy [rows, width].</summary>
    void GateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate);

    /// <summary>y = softmax of each row of x; the row's maximum is subtracted first. y may be x.</summary>
    void Softmax(Storage<float> x, Storage<float> y, int width);

    /// <summary>dx (+)= y · (dy - Σ dy·y), row by row.</summary>
    void SoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate);

    /// <summary>y = x - log Σ exp x of each row. y may be x.</summary>
    void LogSoftmax(Storage<float> x, Storage<float> y, int width);

    /// <summary>dx (+)= dy - exp(y) · Σ dy, row by row.</summary>
    void LogSoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate);

    /// <summary>y = (x - mean) / √(variance + epsilon) · gain + bias, row by row (Ba et al. 2016).</summary>
    /// <param name="x">[rows, width].</param>
    /// <param name="gain">[width].</param>
    /// <param name="bias">[width].</param>
    /// <param name="epsilon">Added to the (biased) variance.</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="statistics">Mean and reciprocal deviation of each row for the backward pass, [rows, 2]; or empty.</param>
    /// <param name="width">Columns.</param>
    void LayerNorm(Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon, Storage<float> y, Storage<float> statistics, int width);

    /// <summary>The gradients of <see cref="LayerNorm"/>; dgain and dbias [width] are added to, and either of them or dx may be empty.</summary>
    void LayerNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, Storage<float> dbias, int width);

    /// <summary>y = x / √(mean(x²) + epsilon) · gain, row by row (Zhang and Sennrich 2019); statistics [rows] keep the reciprocal root.</summary>
    void RmsNorm(Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width);

    /// <summary>The gradients of <see cref="RmsNorm"/>; dgain [width] is added to, and it or dx may be empty.</summary>
    void RmsNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, int width);

    /// <summary>sums[column] (+)= the sum of the column over all rows, in an order fixed by the shape.</summary>
    void ColumnSums(in Matrix x, Storage<float> sums, bool accumulate);

    /// <summary>sums[row] (+)= the sum of the row.</summary>
    void RowSums(in Matrix x, Storage<float> sums, bool accumulate);

    /// <summary>The sum of all elements, added up in an order fixed by their number; partial sums in double precision.</summary>
    double Sum(Storage<float> x);

    /// <summary>The sum of all squares, added up in an order fixed by their number; partial sums in double precision.</summary>
    double SumOfSquares(Storage<float> x);

    /// <summary>How many elements are NaN or infinite.</summary>
    long CountNonFinite(Storage<float> x);

    /// <summary>y[r] (+)= scale · table[ids[r]], row by row.</summary>
    /// <param name="table">[entries, width].</param>
    /// <param name="ids">[rows], each 0 to entries - 1.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="accumulate">Whether to add.</param>
    void Gather(Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate);

    /// <summary>table[ids[r]] += scale · dy[r], in rising r for each entry.</summary>
    void ScatterAdd(Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width);

    /// <summary>y = residual + keep(x) / (1 - p); an empty residual counts as zero. y may be x.</summary>
    void Dropout(Storage<float> x, Storage<float> residual, Storage<float> y, int width, in DropoutMask mask);

    /// <summary>dx (+)= keep(dy) / (1 - p).</summary>
    void DropoutBackward(Storage<float> dy, Storage<float> dx, int width, in DropoutMask mask, bool accumulate);

    /// <summary>Scaled dot-product attention of every head (Vaswani et al. 2017, eq. 1) over sentences laid end to end.</summary>
    /// <param name="plan">Who attends to whom.</param>
    /// <param name="queries">[query rows, heads × head width]; rows may be strided.</param>
    /// <param name="keys">[key rows, heads × head width]; rows may be strided.</param>
    /// <param name="values">[key rows, heads × head width]; rows may be strided.</param>
    /// <param name="output">[query rows, heads × head width].</param>
    /// <param name="probabilities">The weights before dropout, laid out as the plan says; empty when nobody needs them.</param>
    void Attention(in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output, Storage<float> probabilities);

    /// <summary>The gradients of <see cref="Attention"/>. Sentences must not share keys here.</summary>
    /// <param name="plan">As in the forward pass.</param>
    /// <param name="queries">As in the forward pass.</param>
    /// <param name="keys">As in the forward pass.</param>
    /// <param name="values">As in the forward pass.</param>
    /// <param name="probabilities">As written by the forward pass.</param>
    /// <param name="dOutput">[query rows, heads × head width].</param>
    /// <param name="dQueries">As queries.</param>
    /// <param name="dKeys">As keys.</param>
    /// <param name="dValues">As values.</param>
    /// <param name="accumulate">Whether the three gradients are added to what is there.</param>
    void AttentionBackward(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, Storage<float> probabilities, in Matrix dOutput,
        in Matrix dQueries, in Matrix dKeys, in Matrix dValues, bool accumulate);

    /// <summary>Rotates pairs of columns (i, i + head width / 2) of each head by position × base^(-2i/head width) (Su et al. 2021); y may be x.</summary>
    /// <param name="x">[rows, heads × head width], rows may be strided.</param>
    /// <param name="y">As x.</param>
    /// <param name="positions">[rows].</param>
    /// <param name="headWidth">Columns per head, even.</param>
    /// <param name="wavelengthBase">Usually 10,000.</param>
    /// <param name="inverse">Whether to rotate back (the gradient).</param>
    void Rotate(in Matrix x, in Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse);

    /// <summary>
    /// Cross-entropy of each row of logits against a target with label smoothing ε spread over all classes (Szegedy et al. 2016):
    /// loss = (1 - ε)(lse - x_target) + ε (lse - mean(x)).
    /// </summary>
    /// <param name="logits">[rows, classes]; when <paramref name="gradientScale"/> is not 0 they are replaced by gradientScale × the gradient of the loss.</param>
    /// <param name="targets">[rows].</param>
    /// <param name="smoothing">ε, 0 to 1.</param>
    /// <param name="gradientScale">The factor on the gradient; 0 leaves the logits as they are.</param>
    /// <param name="losses">[rows].</param>
    /// <param name="logLikelihoods">lse - x_target of each row, that is -log p(target), [rows].</param>
    /// <param name="correct">1 where the target has the (first) greatest logit, else 0, [rows].</param>
    /// <param name="classes">Columns.</param>
    void CrossEntropy(
        Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes);

    /// <summary>One Adam or AdamW update of a run of weights.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradients">Read only.</param>
    /// <param name="firstMoments">Changed in place.</param>
    /// <param name="secondMoments">Changed in place.</param>
    /// <param name="settings">The numbers of this update.</param>
    void Adam(Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments, in AdamSettings settings);

    /// <summary>One update of gradient descent; velocity may be empty when the momentum is 0.</summary>
    void Sgd(Storage<float> weights, Storage<float> gradients, Storage<float> velocity, in SgdSettings settings);

    /// <summary>One Adagrad update (Duchi et al. 2011): s += g²; w -= rate · g / (√s + epsilon), with g = gradientScale × gradient + decay × w.</summary>
    void Adagrad(Storage<float> weights, Storage<float> gradients, Storage<float> sums, float rate, float epsilon, float gradientScale, float weightDecay);

    /// <summary>
    /// Moves the means of squared gradients of a matrix's rows and columns (Shazeer and Stern 2018, algorithm 4):
    /// mean = decay · mean + (1 - decay) · (the mean of (gradientScale · g)² + epsilon).
    /// </summary>
    /// <param name="gradients">[rows, columns], without gaps.</param>
    /// <param name="gradientScale">The factor on every gradient.</param>
    /// <param name="decay">How slowly the means forget, 0 to 1.</param>
    /// <param name="epsilon">Added to every square.</param>
    /// <param name="rowMeans">[rows].</param>
    /// <param name="columnMeans">[columns].</param>
    void FactoredMoments(in Matrix gradients, float gradientScale, float decay, float epsilon, Storage<float> rowMeans, Storage<float> columnMeans);

    /// <summary>step[r, c] = gradientScale · g[r, c] / √(rowMeans[r] · columnMeans[c] / the mean of rowMeans).</summary>
    /// <param name="gradients">[rows, columns], without gaps.</param>
    /// <param name="gradientScale">The factor on every gradient.</param>
    /// <param name="rowMeans">[rows], each above 0.</param>
    /// <param name="columnMeans">[columns], each above 0.</param>
    /// <param name="step">[rows, columns].</param>
    void FactoredStep(in Matrix gradients, float gradientScale, Storage<float> rowMeans, Storage<float> columnMeans, Storage<float> step);

    /// <summary>moments[i] = decay · moments[i] + (1 - decay) · ((gradientScale · g[i])² + epsilon).</summary>
    void SquaredMoments(Storage<float> gradients, float gradientScale, float decay, float epsilon, Storage<float> moments);

    /// <summary>step[i] = gradientScale · g[i] / √moments[i].</summary>
    void MomentStep(Storage<float> gradients, float gradientScale, Storage<float> moments, Storage<float> step);
}
