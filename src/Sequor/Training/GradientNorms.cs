using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;

namespace Sequor.Training;

/// <summary>The gradient's size by part of the model.</summary>
internal static class GradientNorms
{
    /// <summary>The norm of each part's gradient per target token, in the model's order; a part is an embedding, a layer or a norm.</summary>
    internal static IReadOnlyList<NamedNorm> ByPart(ParameterSet parameters, long tokens)
    {
        var parts = new List<string>();
        var squares = new Dictionary<string, double>();
        foreach (Parameter parameter in parameters.All.Where(parameter => !parameter.IsFrozen))
        {
            string part = PartOf(parameter.Names[0]);
            if (!squares.ContainsKey(part))
            {
                parts.Add(part);
            }

            double norm = parameter.Gradient.Norm() / tokens;
            squares[part] = squares.GetValueOrDefault(part) + (norm * norm);
        }

        return [.. parts.Select(part => new NamedNorm(part, Math.Sqrt(squares[part])))];
    }

    /// <summary><c>encoder.layers.0</c> of <c>encoder.layers.0.self_attention.query.weight</c>, <c>decoder.norm</c> of <c>decoder.norm.weight</c>.</summary>
    private static string PartOf(string name)
    {
        string[] words = name.Split('.');
        int numbered = Array.FindIndex(words, word => word.All(char.IsAsciiDigit));
        return string.Join('.', words[..(numbered >= 0 ? numbered + 1 : Math.Max(1, words.Length - 1))]);
    }
}
