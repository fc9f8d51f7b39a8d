namespace Sequor.Layers;

/// <summary>What is wrong with an option.</summary>
/// <param name="Option">The option as configurations write it, with dots below a part: <c>attention.heads</c>.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
internal readonly record struct OptionFault(string Option, string Sentence)
{
    /// <summary>The same fault seen from the record that has the options as a part.</summary>
    internal OptionFault Within(string part) => this with { Option = $"{part}.{Option}" };
}
