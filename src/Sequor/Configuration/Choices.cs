namespace Sequor.Configuration;

/// <summary>The names a setting can be chosen from, each with what it stands for.</summary>
/// <typeparam name="T">What the names stand for, as a rule an enumeration.</typeparam>
public sealed class Choices<T>
    where T : struct, Enum
{
    private readonly (string Name, T Value)[] _choices;

    /// <summary>Makes the list.</summary>
    /// <param name="choices">Names as users write them, with their values; the first name of a value is the one that is written.</param>
    public Choices(params (string Name, T Value)[] choices) => _choices = choices;

    /// <summary>All names, in the order in which they were given.</summary>
    public IEnumerable<string> Names => _choices.Select(choice => choice.Name);

    /// <summary>The name under which <paramref name="value"/> is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No name stands for the value.</exception>
    public string NameOf(T value)
    {
        foreach ((string name, T choice) in _choices)
        {
            if (choice.Equals(value))
            {
                return name;
            }
        }
        throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected one of {string.Join(", ", Names)}.");
    }

    internal bool TryFind(string name, out T value)
    {
        foreach ((string known, T choice) in _choices)
        {
            if (known == name)
            {
                value = choice;
                return true;
            }
        }
        value = default;
        return false;
    }

    internal bool Contains(T value) => _choices.Any(choice => choice.Value.Equals(value));
}

/// <summary>One of several names.</summary>
internal sealed class ChoiceFormat<T>(Choices<T> choices) : SettingFormat<T>
    where T : struct, Enum
{
    public override string Expected => "one of " + string.Join(", ", choices.Names);

    public override bool TryParse(ScalarNode node, out T value) => choices.TryFind(node.Text, out value);

    public override bool Allows(T value) => choices.Contains(value);

    public override string Render(T value) => choices.Contains(value) ? choices.NameOf(value) : value.ToString();

    public override string Advice(ScalarNode given) =>
        NearestName.Find(given.Text, choices.Names) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
}
