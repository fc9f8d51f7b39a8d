namespace Sequor.Text.Sentences;

/// <summary>What a span of a text is for somebody who works sentence by sentence.</summary>
public enum TextSpanKind
{
    /// <summary>A sentence, or a heading or another stretch of words that stands like one.</summary>
    Sentence,

    /// <summary>What lies between sentences and is kept as it is: spaces, line ends, indentation, bullets, rules.</summary>
    Between,
}
