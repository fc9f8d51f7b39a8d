namespace Sequor.Server.Documents.Html;

/// <summary>What a stretch of HTML is.</summary>
internal enum HtmlTokenKind
{
    /// <summary>Text, references included.</summary>
    Text,

    /// <summary>A tag that opens an element.</summary>
    Open,

    /// <summary>A tag that closes one.</summary>
    Close,

    /// <summary>A comment, a document type, the text of a script: nothing that is shown as text.</summary>
    Other,
}

/// <summary>A stretch of HTML; laid end to end the tokens are the document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Name">The name of a tag in small letters; else empty.</param>
/// <param name="ClosesItself">Whether a tag that opens ends in <c>/&gt;</c>.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, int Start, int End, string Name, bool ClosesItself);
