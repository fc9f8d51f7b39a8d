using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sequor.Configuration;

namespace Sequor.Cli.Faults;

/// <summary>What is wrong with the way a verb was called, in words of our own.</summary>
internal static class UsageFaults
{
    /// <summary>Lists every fault.</summary>
    /// <param name="given">What the parser made of the arguments.</param>
    /// <param name="arguments">The arguments as they were given.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="general">The options that every verb has.</param>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public static IReadOnlyList<string> Of(ParseResult given, IReadOnlyList<string> arguments, Command verb, IReadOnlyList<Option> general)
    {
        string[] known = [.. verb.Options.Concat(general).SelectMany(option => option.Aliases.Prepend(option.Name))];
        string[] unknown = [.. arguments.TakeWhile(argument => argument != "--").Where(IsOption).Select(NameOf).Where(name => !known.Contains(name))];
        // What follows an unknown option was meant for it, and is no fault of its own.
        IEnumerable<string> surplus = unknown.Length > 0 ? [] : given.UnmatchedTokens.Select(token => $"'{token}' is one argument too many.");
        string[] faults = [.. unknown.Select(name => Unknown(name, known)), .. surplus, .. given.Errors.Select(error => Sentence(error, given)).OfType<string>()];
        return [.. faults.Distinct()];
    }

    // A lone - is standard input, and -0.5 is a number.
    private static bool IsOption(string argument) =>
        argument is ['-', _, ..] && !double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string NameOf(string argument) => argument.Split('=', ':')[0];

    private static string Unknown(string name, string[] known)
    {
        string? nearest = NearestName.Find(name, known.Where(one => one.StartsWith("--", StringComparison.Ordinal)));
        return $"There is no option '{name}' here." + (nearest is null ? "" : $" Did you mean '{nearest}'?");
    }

    private static string? Sentence(ParseError error, ParseResult given) => error.SymbolResult switch
    {
        // The parser's own words for unknown and surplus arguments; they are named above.
        CommandResult when given.UnmatchedTokens.Count > 0 => null,
        ArgumentResult { Parent: OptionResult option } argument => OfOption(option, [.. argument.Tokens.Select(token => token.Value)]),
        OptionResult option => option.IdentifierToken is null ? $"The option {option.Option.Name} is needed." : OfOption(option, [.. option.Tokens.Select(token => token.Value)]),
        ArgumentResult argument => argument.Tokens.Count == 0
            ? $"{argument.Argument.Name} is missing: {argument.Argument.Description?.TrimEnd('.')}."
            : $"{argument.Argument.Name} cannot be '{string.Join(' ', argument.Tokens.Select(token => token.Value))}'.",
        _ => error.Message,
    };

    private static string OfOption(OptionResult result, string[] values)
    {
        string name = result.IdentifierToken?.Value ?? result.Option.Name;
        string kind = KindOf(result.Option);
        return values.Length switch
        {
            0 => $"{name} needs {kind} behind it.",
            1 => $"{name} needs {kind}, not '{values[0]}'.",
            _ => $"{name} was given {values.Length} values ({string.Join(", ", values)}), but takes one.",
        };
    }

    private static string KindOf(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return Type.GetTypeCode(type.IsArray ? type.GetElementType() : type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.UInt64 or TypeCode.UInt32 => "a whole number from 0 up",
            TypeCode.Single or TypeCode.Double => "a number",
            _ => $"a value ({option.HelpName})",
        };
    }
}
