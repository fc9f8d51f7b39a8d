namespace Sequor.Cli;

/// <summary>Verbs of one kind under one name: <c>sequor GROUP VERB</c>.</summary>
internal abstract class VerbGroup : Verb
{
    /// <summary>Names a group.</summary>
    /// <param name="name">What is typed for it.</param>
    /// <param name="description">What its verbs do, as a sentence.</param>
    /// <param name="verbs">Its verbs, one or more.</param>
    protected VerbGroup(string name, string description, params IReadOnlyList<Verb> verbs)
        : base(name, description, [.. verbs.SelectMany(verb => verb.Examples)])
    {
        Verbs = verbs;
        foreach (Verb verb in verbs)
        {
            verb.Group = name;
            Subcommands.Add(verb);
        }
    }

    /// <summary>The verbs of the group.</summary>
    public IReadOnlyList<Verb> Verbs { get; }

    /// <summary>A group does nothing itself; its verbs are found before it is run.</summary>
    /// <inheritdoc/>
    public override int Run(System.CommandLine.ParseResult given, Terminal terminal, CancellationToken stop) =>
        throw new Faults.UsageException($"{Name} needs what is meant behind it: {string.Join(", ", Verbs.Select(verb => verb.Name))}.");
}
