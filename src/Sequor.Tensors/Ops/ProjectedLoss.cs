using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>Projection, cross-entropy and their gradients, one chunk of rows at a time. Gradients are for an upstream gradient of 1 and scaled in the backward pass.</summary>
internal readonly struct ProjectedLoss
{
    private readonly IKernels _kernels;
    private readonly Tensor _input;
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly bool _recorded;
    private readonly Storage<float> _logits;
    private readonly Storage<float> _dInput;
    private readonly Storage<float> _dWeight;
    private readonly Storage<float> _dBias;

    internal ProjectedLoss(Step step, Tensor input, Tensor weight, Tensor bias, bool recorded, int chunkRows)
    {
        (_input, _weight, _bias, _recorded, _kernels) = (input, weight, bias, recorded, input.Kernels);
        _logits = step.Take<float>((long)Math.Min(chunkRows, input.Shape.Rows) * weight.Shape[0]);
        _dInput = Wanted(step, input);
        _dWeight = Wanted(step, weight);
        _dBias = Wanted(step, bias);
        Clear(_dWeight);
        Clear(_dBias);
    }

    internal void Run(
        int row, int count, Storage<int> targets, float smoothing, Storage<float> losses, Storage<float> likelihoods, Storage<float> correct)
    {
        int classes = _weight.Shape[0];
        int width = _input.Shape.Width;
        Matrix hidden = _input.AsMatrix().RowRange(row, count);
        var scores = new Matrix(_logits.Slice(0, (long)count * classes), count, classes);
        var epilogue = new Epilogue(_bias.IsNone ? default : _bias.Storage);
        new WeightProduct(_weight).Run(_kernels, hidden, scores, false, epilogue);
        _kernels.CrossEntropy(scores.Storage, targets, smoothing, _recorded ? 1 : 0, losses, likelihoods, correct, classes);
        if (!_dInput.IsEmpty)
        {
            _kernels.MatMul(scores, _weight.AsMatrix(), new Matrix(_dInput, _input.Shape.Rows, width).RowRange(row, count), false, default);
        }

        if (!_dWeight.IsEmpty)
        {
            _kernels.MatMul(scores.Transposed, hidden, new Matrix(_dWeight, classes, width), true, default);
        }

        if (!_dBias.IsEmpty)
        {
            _kernels.ColumnSums(scores, _dBias, true);
        }
    }

    internal void ReleaseLogits(Step step) => step.Release(_logits);

    internal TapeEntry Entry(Tensor loss) => new()
    {
        Backward = Tensor.SavedGradientsBackward,
        Unread = TapeValues.All,
        Output = loss,
        A = _input,
        B = _weight,
        C = _bias,
        Saved = _dInput,
        SavedB = _dWeight,
        SavedC = _dBias,
    };

    private Storage<float> Wanted(Step step, Tensor tensor) =>
        _recorded && Gradients.Wants(tensor) ? step.Take<float>(tensor.Shape.Count) : default;

    private void Clear(Storage<float> storage)
    {
        if (!storage.IsEmpty)
        {
            _kernels.Fill(storage, 0);
        }
    }
}
