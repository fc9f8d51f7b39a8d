using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

/// <summary>What a cross-entropy over N rows came to.</summary>
/// <param name="Loss">[1], the sum of the smoothed losses over all rows; the tensor to differentiate.</param>
/// <param name="LogLikelihoods">-log p(target) of each row, [N], in nats.</param>
/// <param name="Correct">1 for each row whose most probable class is the target, else 0, [N].</param>
public readonly record struct CrossEntropyResult(Tensor Loss, Tensor LogLikelihoods, Tensor Correct);

public readonly partial struct Tensor
{
    /// <summary>Rows of logits that exist at one time; 256 rows of 10,000 classes (10 MB) beat larger chunks by 2 to 3 %.</summary>
    private const int LossChunkRows = 256;

    /// <summary>Label-smoothed cross-entropy of rows of logits (Szegedy et al. 2016): (1 - ε)(lse - x_target) + ε (lse - mean x), summed over rows.</summary>
    /// <param name="targets">[N], each 0 to V - 1, where this is [N, V].</param>
    /// <param name="smoothing">ε, 0 to 1.</param>
    /// <exception cref="ShapeException">There are not as many targets as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class, or ε is out of its range.</exception>
    public CrossEntropyResult CrossEntropy(ReadOnlySpan<int> targets, float smoothing = 0)
    {
        CheckTargets(targets, Shape.Rows, Shape.Width);
        CheckSmoothing(smoothing);
        Step step = Op.RequiredStep("CrossEntropy", this);
        Tensor loss = Op.Result([1], out bool recorded, this);
        Storage<float> gradient = Op.Saved(recorded, loss, Shape.Count);
        if (recorded)
        {
            Kernels.Copy(Storage, gradient);
        }

        Storage<float> losses = step.Take<float>(targets.Length);
        Tensor likelihoods = step.Allocate([targets.Length], recorded: false);
        Tensor correct = step.Allocate([targets.Length], recorded: false);
        Kernels.CrossEntropy(
            recorded ? gradient : Storage, step.Upload(targets), smoothing, recorded ? 1 : 0, losses, likelihoods.Storage, correct.Storage, Shape.Width);
        Kernels.Fill(loss.Storage, (float)Kernels.Sum(losses));
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = SavedGradientsBackward, Unread = TapeValues.All, Output = loss, A = this, Saved = gradient });
        }

        return new CrossEntropyResult(loss, likelihoods, correct);
    }

    /// <summary>
    /// The cross-entropy of x · weightᵀ + bias without ever holding the [N, V] logits: chunks of rows are projected, compared and turned into
    /// gradients while they are in cache. The same numbers as <see cref="Linear"/> followed by <see cref="CrossEntropy"/>.
    /// </summary>
    /// <param name="weight">[V, D], where this is [N, D].</param>
    /// <param name="bias">[V], or none.</param>
    /// <param name="targets">[N], each 0 to V - 1.</param>
    /// <param name="smoothing">ε, 0 to 1.</param>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class, or ε is out of its range.</exception>
    public CrossEntropyResult ProjectedCrossEntropy(Tensor weight, Tensor bias, ReadOnlySpan<int> targets, float smoothing = 0)
    {
        ShapeErrors.CheckRank("ProjectedCrossEntropy", "the weight", weight.Shape, 2);
        ShapeErrors.CheckWidth("ProjectedCrossEntropy", "the input", Shape, weight.Shape.Width);
        if (!bias.IsNone)
        {
            ShapeErrors.CheckSame("ProjectedCrossEntropy's bias", bias.Shape, [weight.Shape[0]]);
        }

        CheckTargets(targets, Shape.Rows, weight.Shape[0]);
        CheckSmoothing(smoothing);
        Step step = Op.RequiredStep("ProjectedCrossEntropy", this, weight, bias);
        Tensor loss = Op.Result([1], out bool recorded, this, weight, bias);
        int chunks = (Shape.Rows + LossChunkRows - 1) / LossChunkRows;
        var work = new ProjectedLoss(step, this, weight, bias, recorded, LossChunkRows);
        Storage<int> ids = step.Upload(targets);
        Storage<float> losses = step.Take<float>(targets.Length);
        Tensor likelihoods = step.Allocate([targets.Length], recorded: false);
        Tensor correct = step.Allocate([targets.Length], recorded: false);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            // Each chunk adds to the whole gradient of the weight, so a last chunk of a few rows would cost as much traffic as a full one.
            int row = (int)((long)Shape.Rows * chunk / chunks);
            int count = (int)((long)Shape.Rows * (chunk + 1) / chunks) - row;
            work.Run(row, count, ids.Slice(row, count), smoothing, losses.Slice(row, count),
                likelihoods.Storage.Slice(row, count), correct.Storage.Slice(row, count));
        }

        work.ReleaseLogits(step);
        Kernels.Fill(loss.Storage, (float)Kernels.Sum(losses));
        step.Release(losses);
        if (recorded)
        {
            Op.Remember(work.Entry(loss));
        }

        return new CrossEntropyResult(loss, likelihoods, correct);
    }

    /// <summary>The gradients were worked out with the loss, for an upstream gradient of 1.</summary>
    internal static void SavedGradientsBackward(in TapeEntry entry, Gradients gradients)
    {
        Span<float> factor = stackalloc float[1];
        entry.Output.Device.Download(gradients.Of(entry.Output), factor);
        AddSaved(entry.A, entry.Saved, factor[0], gradients);
        AddSaved(entry.B, entry.SavedB, factor[0], gradients);
        AddSaved(entry.C, entry.SavedC, factor[0], gradients);
    }

    private static void AddSaved(Tensor input, Storage<float> saved, float factor, Gradients gradients)
    {
        if (Gradients.Wants(input))
        {
            Storage<float> slot = gradients.Slot(input, out bool accumulate);
            input.Kernels.Scale(saved, factor, slot, accumulate);
        }
    }

    private static void CheckSmoothing(float smoothing)
    {
        if (!(smoothing is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "The share of probability spread over all classes must be 0 to 1.");
        }
    }

    private static void CheckTargets(ReadOnlySpan<int> targets, int rows, int classes)
    {
        if (targets.Length != rows)
        {
            throw new ShapeException($"CrossEntropy of {rows} rows with {targets.Length} targets: there must be one target for each row.");
        }

        foreach (int target in targets)
        {
            if ((uint)target >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(nameof(targets), target, $"CrossEntropy over {classes} classes: the target {target} is not one of them.");
            }
        }
    }
}
