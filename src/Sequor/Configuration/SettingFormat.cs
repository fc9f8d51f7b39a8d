using System.Globalization;

namespace Sequor.Configuration;

/// <summary>How values of one kind are written in a file, and which of them are allowed.</summary>
/// <typeparam name="T">The type of the setting.</typeparam>
internal abstract class SettingFormat<T>
{
    /// <summary>What a fault says was expected: <c>a whole number from 1 to 64</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Whether a key without a value is a value too.</summary>
    public virtual bool AllowsNothing => false;

    public abstract bool TryParse(ScalarNode node, out T value);

    public abstract bool Allows(T value);

    public abstract string Render(T value);

    /// <summary>What else helps the user: the nearest of several names.</summary>
    public virtual string Advice(ScalarNode given) => "";
}

/// <summary>Whole numbers: <c>4096</c>, <c>10_000</c>, <c>1e5</c>.</summary>
internal sealed class IntegerFormat(IntegerBounds bounds) : SettingFormat<long>
{
    public override string Expected => $"a whole number {bounds}";

    public override bool TryParse(ScalarNode node, out long value)
    {
        string digits = node.Text.Replace("_", "", StringComparison.Ordinal);
        value = 0;
        if (node.Quoted || node.Text.StartsWith('_') || node.Text.EndsWith('_'))
        {
            return false;
        }
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        // 1e5 is how many people write a number of updates. Above 2^53 a double no longer tells whole numbers apart.
        bool whole = double.TryParse(digits, NumberFormat.Style, CultureInfo.InvariantCulture, out double number)
            && Math.Abs(number) <= 1L << 53 && Math.Floor(number) == number;
        value = whole ? (long)number : 0;
        return whole;
    }

    public override bool Allows(long value) => bounds.Contain(value);

    public override string Render(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Numbers: <c>0.1</c>, <c>5e-4</c>. Written so that reading them gives the same bits.</summary>
internal sealed class NumberFormat(NumberBounds bounds) : SettingFormat<double>
{
    public const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override string Expected => $"a number {bounds}";

    public override bool TryParse(ScalarNode node, out double value)
    {
        value = 0;
        return !node.Quoted && double.TryParse(node.Text, Style, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    public override bool Allows(double value) => bounds.Contain(value);

    public override string Render(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        // Readers of YAML 1.1 take 1E-09 for text: they want a point before the exponent.
        return exponent >= 0 && !text.Contains('.', StringComparison.Ordinal) ? text.Insert(exponent, ".0") : text;
    }
}

/// <summary><c>true</c> and <c>false</c>, and nothing else: whether <c>yes</c> is one depends on the version of YAML.</summary>
internal sealed class BooleanFormat : SettingFormat<bool>
{
    public static readonly BooleanFormat Instance = new();

    public override string Expected => "true or false";

    public override bool TryParse(ScalarNode node, out bool value)
    {
        value = node.Text is "true" or "True" or "TRUE";
        return !node.Quoted && (value || node.Text is "false" or "False" or "FALSE");
    }

    public override bool Allows(bool value) => true;

    public override string Render(bool value) => value ? "true" : "false";
}

/// <summary>Text; any single value will do, <c>no</c> for Norwegian included.</summary>
internal sealed class TextFormat : SettingFormat<string>
{
    public static readonly TextFormat Instance = new();

    public override string Expected => "text";

    public override bool TryParse(ScalarNode node, out string value)
    {
        value = node.Text;
        return true;
    }

    public override bool Allows(string value) => true;

    public override string Render(string value) => YamlText.Quote(value);
}
