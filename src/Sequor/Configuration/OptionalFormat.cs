namespace Sequor.Configuration;

/// <summary>A value or nothing: <c>max_epochs: null</c>, or the key without a value.</summary>
internal sealed class OptionalFormat<T>(SettingFormat<T> format) : SettingFormat<T?>
    where T : struct
{
    public override string Expected => $"{format.Expected}, or nothing";

    public override bool AllowsNothing => true;

    public override bool TryParse(ScalarNode node, out T? value)
    {
        bool parsed = format.TryParse(node, out T given);
        value = parsed ? given : null;
        return parsed;
    }

    public override bool Allows(T? value) => value is not { } given || format.Allows(given);

    public override string Render(T? value) => value is { } given ? format.Render(given) : "null";
}

/// <summary>Text or nothing.</summary>
internal sealed class OptionalTextFormat : SettingFormat<string?>
{
    public static readonly OptionalTextFormat Instance = new();

    public override string Expected => "text, or nothing";

    public override bool AllowsNothing => true;

    public override bool TryParse(ScalarNode node, out string? value)
    {
        value = node.Text;
        return true;
    }

    public override bool Allows(string? value) => true;

    public override string Render(string? value) => value is null ? "null" : YamlText.Quote(value);
}
