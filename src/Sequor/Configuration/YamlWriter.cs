using System.Text;

namespace Sequor.Configuration;

/// <summary>Writes sections, lists and values as YAML in the order in which they come.</summary>
internal sealed class YamlWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _itemBegins;

    public void Value(string key, string rendered) => Line($"{key}: {rendered}");

    public void List(string key, IReadOnlyList<string> rendered)
    {
        Line(rendered.Count == 0 ? $"{key}: []" : $"{key}:");
        foreach (string item in rendered)
        {
            _text.Append(' ', 2 * _depth + 2).Append("- ").Append(item).Append('\n');
        }
    }

    public void Section(string key, Action content)
    {
        Line($"{key}:");
        Nested(1, content);
    }

    public void List(string key, IEnumerable<Action> items)
    {
        Action[] contents = [.. items];
        Line(contents.Length == 0 ? $"{key}: []" : $"{key}:");
        foreach (Action content in contents)
        {
            _itemBegins = true;
            Nested(2, content);
        }
    }

    public override string ToString() => _text.ToString();

    private void Nested(int levels, Action content)
    {
        _depth += levels;
        content();
        _depth -= levels;
    }

    private void Line(string text)
    {
        _text.Append(' ', 2 * _depth - (_itemBegins ? 2 : 0)).Append(_itemBegins ? "- " : "").Append(text).Append('\n');
        _itemBegins = false;
    }
}
