namespace Sequor.Server.Settings;

/// <summary>Reads a value; false where the text is none.</summary>
internal delegate bool ValueParser<T>(string text, out T value);

/// <summary>What the values of a setting look like, wherever they are written.</summary>
/// <param name="HelpName">What stands for a value in the help.</param>
/// <param name="Expected">What a value must be, to end a sentence with.</param>
/// <param name="TryParse">Reads a value.</param>
/// <param name="Format">Writes a value so that it is read as the same.</param>
/// <param name="IsValid">Whether a value is in its range.</param>
internal sealed record SettingKind<T>(string HelpName, string Expected, ValueParser<T> TryParse, Func<T, string> Format, Func<T, bool> IsValid);
