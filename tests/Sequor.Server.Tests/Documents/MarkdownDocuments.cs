using Markdig;

namespace Sequor.Server.Tests.Documents;

/// <summary>How the tests look at Markdown: as the page that it becomes.</summary>
internal static class MarkdownDocuments
{
    internal static MarkdownPipeline Pipeline { get; } =
        new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().UseTaskLists().UseFootnotes().UseAutoLinks().Build();

    /// <summary>The page, with all white space as one space.</summary>
    internal static string Page(string document) =>
        string.Join(' ', Markdown.ToHtml(document, Pipeline).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
