using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Adds to each row what tells its position in the sentence.</summary>
public sealed class Positions
{
    private readonly Tensor _sinusoids;
    private readonly Parameter? _learned;
    private readonly PositionKind _kind;
    private readonly int _most;

    /// <summary>Makes the table; learned positions are <c>weight</c> [most, width].</summary>
    /// <param name="kind">How positions are told.</param>
    /// <param name="most">The longest sentence, in rows.</param>
    /// <param name="width">Width of the rows, D.</param>
    /// <param name="weights">Where learned positions come from.</param>
    /// <param name="device">Where the table of sinusoids lies.</param>
    public Positions(PositionKind kind, int most, int width, INamedWeights weights, Device device)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _kind = kind;
        _most = most;
        if (kind == PositionKind.Learned)
        {
            _learned = weights.Get("weight", [most, width], Initializer.Normal(1 / MathF.Sqrt(width)));
        }
        else if (kind == PositionKind.Sinusoidal)
        {
            _sinusoids = Tensor.From(Sinusoids(most, width), [most, width], device);
        }
    }

    /// <summary>Adds positions to embeddings, where the kind does so.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <param name="longest">The greatest position among the rows, plus 1.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ArgumentException">A sentence is longer than the table.</exception>
    public Tensor Forward(Tensor x, SequenceLayout layout, int longest)
    {
        if (_kind is PositionKind.Rotary or PositionKind.None)
        {
            return x;
        }

        if (longest > _most)
        {
            throw new ArgumentException(
                $"A sentence of {longest} pieces is longer than the {_most} positions this model was made for. Shorten it, or train with a larger max_positions.",
                nameof(longest));
        }

        return x.AddPositions(_learned?.Value ?? _sinusoids, layout);
    }

    /// <summary>sin(p / 10000^(2i/D)) in the even columns, the cosine in the odd ones (Vaswani et al. 2017, §3.5).</summary>
    internal static float[] Sinusoids(int count, int width)
    {
        // One power for each column: one for each place would be half of the time that loading a quantised model takes.
        double[] wavelengths = [.. Enumerable.Range(0, width).Select(i => Math.Pow(10_000, (i - (i % 2)) / (double)width))];
        var table = new float[count * width];
        for (int p = 0; p < count; p++)
        {
            for (int i = 0; i < width; i++)
            {
                double angle = p / wavelengths[i];
                table[(p * width) + i] = (float)(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        }

        return table;
    }
}
