using System.CommandLine;

namespace Sequor.Cli;

/// <summary>One thing the program can do: its options, its help and its work.</summary>
internal abstract class Verb : Command
{
    /// <summary>Names a verb.</summary>
    /// <param name="name">What is typed for it.</param>
    /// <param name="description">What it does, as a sentence.</param>
    /// <param name="examples">Calls that work as they stand, given the files.</param>
    protected Verb(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description) => Examples = examples;

    /// <summary>The group it belongs to; null for none.</summary>
    public string? Group { get; set; }

    /// <summary>What is typed for it, with its group.</summary>
    public string FullName => Group is null ? Name : $"{Group} {Name}";

    /// <summary>Calls to copy.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether Ctrl-C and SIGTERM ask this verb to come to an end in good order; others just end.</summary>
    public virtual bool EndsInOrder => false;

    /// <summary>Options that the help shows under headings of their own, before the others. Default none.</summary>
    public virtual IReadOnlyList<(string Heading, IReadOnlyList<Option> Options)> OptionGroups => [];

    /// <summary>Does the work.</summary>
    /// <param name="given">The arguments, found to be of the right kinds.</param>
    /// <param name="terminal">Where text comes from and goes to.</param>
    /// <param name="stop">Set when someone wants the work to end.</param>
    /// <returns>The exit code.</returns>
    public abstract int Run(ParseResult given, Terminal terminal, CancellationToken stop);
}
