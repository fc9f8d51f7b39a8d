using Sequor.Decoding;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;
using Sequor.Training.Reports.Pages;

namespace Sequor.Training.Reports;

/// <summary>Which source tokens the target tokens of one sentence looked at.</summary>
public sealed record AttentionMap
{
    /// <summary>What is shown, for example <c>decoder layer 4, mean of all heads</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The S tokens that are looked at.</summary>
    public required IReadOnlyList<string> SourceTokens { get; init; }

    /// <summary>The T tokens that look.</summary>
    public required IReadOnlyList<string> TargetTokens { get; init; }

    /// <summary>The weights by head, or one head that is the mean of all; at least one.</summary>
    public required IReadOnlyList<AttentionHead> Heads { get; init; }

    /// <summary>The map of a sentence's best output, of any model that records what it looks at.</summary>
    /// <param name="output">The output.</param>
    /// <returns>The map; null where nothing was recorded: an empty source or output, or a model without attention.</returns>
    public static AttentionMap? Of(GeneratedText output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Hypotheses is not [{ Hypothesis.Attention: { Count: > 0 } rows }, ..] ? null : new AttentionMap
        {
            Title = output.Source,
            SourceTokens = output.SourcePieces,
            TargetTokens = output.Pieces,
            Heads = [new AttentionHead("", [.. rows.SelectMany(row => row)])],
        };
    }

    /// <summary>Draws the first head as an SVG file of its own, with a title and a description for those who cannot see it.</summary>
    /// <param name="output">Where the file's text goes; it says that it is UTF-8.</param>
    /// <exception cref="ArgumentException">There is not one weight per target and source token.</exception>
    public void WriteSvg(TextWriter output)
    {
        AttentionSection.Check([this]);
        new AttentionPicture
        {
            Id = "attention",
            Title = Title,
            SourceTokens = SourceTokens,
            TargetTokens = TargetTokens,
            Weights = Heads[0].Weights,
            Style = PictureStyle.Css,
        }.Write(new MarkupWriter(output));
    }
}
