using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Verbs;
using Sequor.Configuration;

namespace Sequor.Cli;

/// <summary>The program: finds the verb, checks how it was called, runs it, and says what went wrong.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> _help = new("--help", "-h", "-?") { Description = "Show this help.", Recursive = true };

    private static readonly Option<bool> _verbose = new("--verbose") { Description = "Show the stack trace of a fault.", Recursive = true };

    /// <summary>Every verb, in the order of the work.</summary>
    public static IReadOnlyList<Verb> Verbs() =>
    [
        new QuickstartVerb(),
        new TrainVerb(), new TranslateVerb(), new RescoreVerb(), new ScoreVerb(), new EvaluateVerb(), new ServeVerb(), new KeysVerb(), new McpVerb(),
        new InfoVerb(), new AverageVerb(), new QuantizeVerb(), new ImportVerb(), new BenchVerb(),
        new VocabVerb(), new TokenizeVerb(), new DetokenizeVerb(), new SplitVerb(), new DetectVerb(), new AlignVerb(), new LmVerb(),
    ];

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The arguments as they were given.</param>
    /// <param name="terminal">What the program has around it.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        string name = "sequor";
        terminal = terminal with { ShowsStackTraces = terminal.ShowsStackTraces || arguments.Contains("--verbose") };
        try
        {
            IReadOnlyList<Verb> verbs = Verbs();
            if (Overview.TryShow(arguments, verbs, terminal))
                return ExitCode.Success;

            Verb verb = Find(arguments, verbs);
            name = $"sequor {verb.FullName}";
            return Run(verb, arguments, terminal);
        }
        catch (Exception fault)
        {
            return Report(name, fault, terminal);
        }
    }

    private static Verb Find(IReadOnlyList<string> arguments, IReadOnlyList<Verb> verbs)
    {
        string given = arguments.FirstOrDefault(argument => !argument.StartsWith('-')) ?? arguments[0];
        if (verbs.FirstOrDefault(verb => verb.Name == given || verb.Aliases.Contains(given)) is { } found)
            return found is VerbGroup group ? FindIn(group, arguments) : found;

        string? nearest = NearestName.Find(given, verbs.SelectMany(verb => verb.Aliases.Prepend(verb.Name)));
        string advice = nearest is null ? "" : $" Did you mean '{nearest}'?";
        string kind = given.StartsWith('-') ? "option" : "verb";
        throw new UsageException($"There is no {kind} '{given}'.{advice}");
    }

    private static Verb FindIn(VerbGroup group, IReadOnlyList<string> arguments)
    {
        string? given = arguments.Where(argument => !argument.StartsWith('-')).ElementAtOrDefault(1);
        if (given is null)
            return group;
        if (group.Verbs.FirstOrDefault(verb => verb.Name == given || verb.Aliases.Contains(given)) is { } found)
            return found;
        throw new UsageException($"{group.Name} has no '{given}'; it has {string.Join(", ", group.Verbs.Select(verb => verb.Name))}.");
    }

    private static int Run(Verb verb, IReadOnlyList<string> arguments, Terminal terminal)
    {
        RootCommand root = new() { verb.Parents.OfType<Verb>().FirstOrDefault() ?? verb };
        root.Options.Clear();
        root.Options.Add(_help);
        root.Options.Add(_verbose);
        // A file may be called @name; this program reads no arguments from files.
        ParseResult given = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (given.GetValue(_help))
        {
            Overview.Write(HelpText.Of(verb, [_help, _verbose]), terminal);
            return ExitCode.Success;
        }

        if (verb is not VerbGroup)
            UsageException.ThrowIfAny(UsageFaults.Of(given, arguments, verb, [_help, _verbose]));
        using Signals signals = Signals.Listen(terminal.ReceivesSignals && verb.EndsInOrder);
        try
        {
            int code = verb.Run(given, terminal, signals.Stop);
            return signals.ExitCode ?? code;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;
        }
    }

    private static int Report(string name, Exception fault, Terminal terminal)
    {
        (int code, IReadOnlyList<string> sentences) = FaultText.Of(fault);
        if (sentences is [var only])
        {
            terminal.Errors.WriteLine($"{name}: {only}");
        }
        else if (sentences.Count > 0)
        {
            terminal.Errors.WriteLine($"{name}: {sentences.Count} things are wrong:");
            foreach (string sentence in sentences)
                terminal.Errors.WriteLine($"  {sentence}");
        }

        if (code == ExitCode.WrongUsage)
            terminal.Errors.WriteLine($"'{name} --help' shows how it is used.");
        if (terminal.ShowsStackTraces && sentences.Count > 0)
            terminal.Errors.WriteLine(fault);
        else if (code == ExitCode.Bug)
            terminal.Errors.WriteLine("Please report it, with what --verbose adds to this.");
        return code;
    }
}
