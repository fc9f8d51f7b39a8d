using System.Globalization;

namespace Sequor.Configuration;

/// <summary>Where a setting was written: a file with line and column, or an override such as <c>--set 2</c>.</summary>
/// <param name="Source">The file's path as the user gave it, or the name of the override; empty for a value set in code.</param>
/// <param name="Line">The line, counted from 1; 0 where there are no lines.</param>
/// <param name="Column">The column, counted from 1; 0 where there are no lines.</param>
public readonly record struct ConfigurationOrigin(string Source, int Line = 0, int Column = 0)
{
    /// <summary>The origin of values that no file holds.</summary>
    public static ConfigurationOrigin Code { get; } = new("");

    /// <summary>The origin as compilers print it: <c>config.yaml:12:5</c>, or the source alone.</summary>
    public override string ToString() =>
        Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
