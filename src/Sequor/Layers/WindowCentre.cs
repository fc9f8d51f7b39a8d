using System.Buffers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Local attention (Luong et al. 2015, §3.2): only positions near a centre are seen, which is the target's own position (local-m) or is predicted as
/// S · σ(vᵀ tanh(W s)) with S the length of the source (local-p, eq. 9), where weights fall off around it (eq. 10).</summary>
internal sealed class WindowCentre
{
    private readonly float _reach;
    private readonly Linear? _hidden;
    private readonly Linear? _position;

    /// <summary>Makes the layer; a predicted centre has <c>hidden.weight</c> [A, Q] and <c>position.weight</c> [1, A].</summary>
    internal WindowCentre(SourceAttentionOptions options, int queryWidth, INamedWeights weights)
    {
        _reach = options.WindowReach;
        if (options.Window == AttentionWindow.Predictive)
        {
            _hidden = Linear.WithoutBias(queryWidth, options.Width, weights.In("hidden"), options.Initializer);
            _position = Linear.WithoutBias(options.Width, 1, weights.In("position"), options.Initializer);
        }
    }

    /// <summary>The weights of the positions in the window, 0 outside of it.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="scores">[R, L]</param>
    /// <param name="query">[R, Q]</param>
    /// <param name="readers">Which sentence each row reads.</param>
    /// <param name="positions">The number of each row's target position, [R].</param>
    /// <returns>[R, L]</returns>
    internal Tensor Weights(Step step, Tensor scores, Tensor query, SourceReaders readers, ReadOnlySpan<int> positions)
    {
        if (_hidden is null)
        {
            float[] own = ArrayPool<float>.Shared.Rent(positions.Length);
            for (int i = 0; i < positions.Length; i++)
            {
                own[i] = positions[i];
            }

            Tensor centre = step.From(own.AsSpan(0, positions.Length), [positions.Length, 1]);
            ArrayPool<float>.Shared.Return(own);
            return scores.SoftmaxOverSource(readers, centre, _reach);
        }

        Tensor share = _position!.Forward(_hidden.Forward(query, Activation.Tanh), Activation.Sigmoid);
        Tensor centres = share.Multiply(readers.LengthsOfSources());
        return scores.SoftmaxOverSource(readers, centres, _reach).FocusOn(centres, _reach, readers);
    }
}
