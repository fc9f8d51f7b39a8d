using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Tensors.Kernels;

namespace Sequor.Cli.Verbs;

/// <summary>How the matrices of a model are held while it decodes.</summary>
internal sealed class ComputeTypeOption
{
    private readonly Option<string?> _type = new("--compute-type")
    {
        HelpName = "TYPE",
        Description = $"How weights are held: {string.Join(", ", WeightTypes.Names)}. Default: as the model says, which usually is as they are stored.",
    };

    /// <summary>Gives the option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb) => verb.Options.Add(_type);

    /// <summary>The type that was asked for; null for none.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">There is no such type.</exception>
    public WeightType? Of(ParseResult given) => given.GetValue(_type) is { } name ? Parse("--compute-type", name, WeightTypes.Names) : null;

    /// <summary>Reads the name of a type.</summary>
    /// <param name="option">The option, for the sentence.</param>
    /// <param name="name">What was given.</param>
    /// <param name="allowed">The names that can be given.</param>
    /// <exception cref="UsageException">There is no such type.</exception>
    public static WeightType Parse(string option, string name, IReadOnlyList<string> allowed) =>
        WeightTypes.TryParse(name, out WeightType type) && allowed.Contains(WeightTypes.NameOf(type))
            ? type
            : throw new UsageException($"{option} is '{name}', but must be {string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]}.");
}
