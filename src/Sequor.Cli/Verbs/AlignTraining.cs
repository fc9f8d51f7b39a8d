using System.CommandLine;
using Sequor.Alignments;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Verbs;

/// <summary>How <c>align</c> learns; the short names are those of fast_align.</summary>
internal sealed class AlignTraining
{
    private const string FastAlign = "fast-align";
    private const string Model1 = "ibm1";

    private readonly Option<string> _kind = new("--kind")
    {
        HelpName = "KIND",
        Description = $"{FastAlign} (diagonal prior, tension fitted, variational Bayes) or {Model1} (IBM Model 1). Default: {FastAlign}.",
        DefaultValueFactory = _ => FastAlign,
    };

    private readonly Option<int> _iterations = new("--iterations", "-I") { HelpName = "N", Description = "Passes over the text. Default: 5.", DefaultValueFactory = _ => 5 };

    private readonly Option<bool?> _diagonal = new("--favor-diagonal", "-d") { HelpName = "BOOL", Description = "Favour links near the diagonal; '-d false' favours none. Default: true." };

    private readonly Option<bool?> _optimize = new("--optimize-tension", "-o") { HelpName = "BOOL", Description = "Fit how strongly the diagonal is favoured. Default: true." };

    private readonly Option<bool?> _bayes = new("--variational-bayes", "-v") { HelpName = "BOOL", Description = "Prefer few translations for each word, by a Dirichlet prior. Default: true." };

    private readonly Option<double?> _alpha = new("--alpha", "-a") { HelpName = "X", Description = "The parameter of that prior. Default: 0.01." };

    private readonly Option<double?> _tension = new("--tension", "-T") { HelpName = "X", Description = "How strongly the diagonal is favoured, at first. Default: 4." };

    private readonly Option<double?> _null = new("--p0", "-q") { HelpName = "P", Description = "The chance that a word has no counterpart. Default: 0.08; without the diagonal 1 / (n + 1)." };

    private readonly Option<bool> _noNull = new("--no-null", "-N") { Description = "Every word has a counterpart." };

    private Option[] All => [_kind, _iterations, _diagonal, _optimize, _bayes, _alpha, _tension, _null, _noNull];

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        foreach (Option option in All)
            verb.Options.Add(option);
    }

    /// <summary>The first of these options that somebody wrote; null for none.</summary>
    /// <param name="given">The arguments.</param>
    public string? FirstGiven(ParseResult given) => All.FirstOrDefault(option => given.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The settings.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="UsageException">They have faults.</exception>
    public AlignerOptions Of(ParseResult given)
    {
        AlignerOptions options = given.GetValue(_kind) switch
        {
            FastAlign => new AlignerOptions(),
            Model1 => AlignerOptions.Model1,
            var other => throw new UsageException($"--kind is '{other}', but must be {FastAlign} or {Model1}."),
        };
        if (given.GetValue(_null) is not null && given.GetValue(_noNull))
            throw new UsageException("--no-null says that --p0 is 0. Leave one of them out.");
        if (given.GetValue(_bayes) == false && given.GetValue(_alpha) is not null)
            throw new UsageException("--alpha belongs to --variational-bayes, which is turned off. Leave one of them out.");
        double? concentration = given.GetValue(_alpha) ?? given.GetValue(_bayes) switch
        {
            true => new AlignerOptions().Concentration,
            false => null,
            null => options.Concentration,
        };
        AlignmentPrior prior = given.GetValue(_diagonal) switch { true => AlignmentPrior.Diagonal, false => AlignmentPrior.Uniform, null => options.Prior };

        // Without the diagonal fast_align is IBM Model 1, whose empty word is one of n + 1.
        double? none = prior == AlignmentPrior.Uniform ? null : new AlignerOptions().NullProbability;
        options = options with
        {
            Iterations = given.GetValue(_iterations),
            Prior = prior,
            OptimizeTension = given.GetValue(_optimize) ?? options.OptimizeTension,
            Concentration = concentration,
            Tension = given.GetValue(_tension) ?? options.Tension,
            NullProbability = given.GetValue(_noNull) ? 0 : given.GetValue(_null) ?? none,
        };
        UsageException.ThrowIfAny([.. options.Validate().Select(InOptions)]);
        return options;
    }

    private string InOptions(string fault) => fault
        .Replace($"Alignment: {nameof(AlignerOptions.Iterations)}", _iterations.Name, StringComparison.Ordinal)
        .Replace($"Alignment: {nameof(AlignerOptions.NullProbability)}", _null.Name, StringComparison.Ordinal)
        .Replace($"Alignment: {nameof(AlignerOptions.Tension)}", _tension.Name, StringComparison.Ordinal)
        .Replace($"Alignment: {nameof(AlignerOptions.Concentration)}", _alpha.Name, StringComparison.Ordinal);
}
