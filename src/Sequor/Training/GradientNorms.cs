using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>The gradient's size by part of the model; a part is an embedding, a layer or a norm.</summary>
internal sealed class GradientNorms
{
    // Further back there is little to be seen, and every logged update writes these numbers.
    private const int MostDistances = 100;

    // Names are taken apart once and not at every entry of the log.
    private readonly (string Name, Parameter[] Parameters)[] _parts;

    internal GradientNorms(ParameterSet parameters) =>
        _parts = [.. parameters.All.GroupBy(parameter => PartOf(parameter.Names[0])).Select(part => (part.Key, part.ToArray()))];

    /// <summary>The norm of each part's gradient per target token, in the model's order; parts that are frozen have none.</summary>
    internal IReadOnlyList<NamedNorm> ByPart(long tokens)
    {
        var norms = new List<NamedNorm>(_parts.Length);
        foreach ((string name, Parameter[] parameters) in _parts)
        {
            double squares = 0;
            bool learns = false;
            foreach (Parameter parameter in parameters)
            {
                if (!parameter.IsFrozen)
                {
                    double norm = parameter.Gradient.Norm() / tokens;
                    squares += norm * norm;
                    learns = true;
                }
            }

            if (learns)
            {
                norms.Add(new NamedNorm(name, Math.Sqrt(squares)));
            }
        }

        return norms;
    }

    /// <summary>The mean norm of each recurrent layer's gradient by distance from a sentence's last step, up to <see cref="MostDistances"/> steps.</summary>
    internal static IReadOnlyList<NormsByDistance> ByDistance(PassTrace trace, TrainingBatch batch) =>
    [
        .. trace.GradientNorms.Select(layer =>
        {
            int[] lengths = layer.Key.StartsWith("encoder.", StringComparison.Ordinal) ? batch.Source.Lengths : batch.TargetInput.Lengths;
            return new NormsByDistance(
                layer.Key, [.. layer.Value.Take(MostDistances).Select((sum, distance) => sum / Math.Max(1, lengths.Count(length => length > distance)))]);
        }),
    ];

    /// <summary><c>encoder.layers.0</c> of <c>encoder.layers.0.self_attention.query.weight</c>, <c>decoder.norm</c> of <c>decoder.norm.weight</c>.</summary>
    private static string PartOf(string name)
    {
        string[] words = name.Split('.');
        int numbered = Array.FindIndex(words, word => word.All(char.IsAsciiDigit));
        return string.Join('.', words[..(numbered >= 0 ? numbered + 1 : Math.Max(1, words.Length - 1))]);
    }
}
