using System.CommandLine;
using System.Text;

namespace Sequor.Cli;

/// <summary>The help of a verb: what it does, how it is called, each option, and calls to copy.</summary>
internal static class HelpText
{
    private const int Columns = 100;
    private const int TextColumn = 34;

    /// <summary>Writes the help.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="general">The options that every verb has.</param>
    public static string Of(Verb verb, IReadOnlyList<Option> general)
    {
        StringBuilder text = new();
        text.Append(verb.Description).Append("\n\nUsage: sequor ").Append(verb.FullName);
        foreach (Argument argument in verb.Arguments)
            text.Append(' ').Append(Called(argument));
        text.Append(verb is VerbGroup ? " VERB [options]\n" : " [options]\n");
        if (verb.Aliases.Count > 0)
            text.Append("Also called: ").AppendJoin(", ", verb.Aliases).Append('\n');
        if (verb.Arguments.Count > 0)
        {
            text.Append("\nArguments:\n");
            foreach (Argument argument in verb.Arguments)
                Entry(text, argument.Name, argument.Description!);
        }

        if (verb is VerbGroup group)
        {
            text.Append("\nVerbs:\n");
            foreach (Verb one in group.Verbs)
                Entry(text, one.Name, one.Description!);
        }

        foreach ((string heading, IReadOnlyList<Option> options) in verb.OptionGroups)
            Options(text, heading, options);
        Options(text, "Options", [.. verb.Options.Except(verb.OptionGroups.SelectMany(group => group.Options)), .. general]);
        text.Append(verb.Examples.Count == 1 ? "\nExample:\n" : "\nExamples:\n");
        foreach (string example in verb.Examples)
            text.Append("  ").Append(example).Append('\n');
        return text.ToString();
    }

    private static void Options(StringBuilder text, string heading, IReadOnlyList<Option> options)
    {
        text.Append('\n').Append(heading).Append(":\n");
        foreach (Option option in options)
            Entry(text, Called(option), option.Description + (option.Required ? " Needed." : ""));
    }

    private static string Called(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? argument.Name + "…" : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Called(Option option)
    {
        IEnumerable<string> names = option.Aliases.Prepend(option.Name).OrderBy(name => name.StartsWith("--", StringComparison.Ordinal));
        return string.Join(", ", names) + (option.HelpName is { } value ? " " + value : "");
    }

    private static void Entry(StringBuilder text, string left, string right)
    {
        text.Append("  ").Append(left.PadRight(TextColumn - 2));
        int column = Math.Max(TextColumn, left.Length + 2);
        if (column > TextColumn - 2 + 1 && left.Length + 2 >= TextColumn)
        {
            text.Append('\n').Append(' ', TextColumn);
            column = TextColumn;
        }

        foreach (string word in right.Split(' '))
        {
            if (column + word.Length > Columns)
            {
                text.Length--;
                text.Append('\n').Append(' ', TextColumn);
                column = TextColumn;
            }

            text.Append(word).Append(' ');
            column += word.Length + 1;
        }

        text.Length--;
        text.Append('\n');
    }
}
