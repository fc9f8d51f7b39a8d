namespace Sequor.Server.Documents;

/// <summary>What a document is written in.</summary>
public enum DocumentFormat
{
    /// <summary>Plain text: every line end stays.</summary>
    Text,

    /// <summary>CommonMark with tables, task lists, footnotes and front matter.</summary>
    Markdown,

    /// <summary>HTML: a page or a part of one.</summary>
    Html,
}
