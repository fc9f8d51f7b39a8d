using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text.Sentences;

namespace Sequor.Cli.Verbs;

/// <summary>Cuts text into sentences.</summary>
internal sealed class SplitVerb : Verb
{
    private const int WindowLines = 1000;

    private readonly TextFiles _files = new();

    private readonly Option<string?> _language = new("--language", "-l")
    {
        HelpName = "CODE",
        Description = "The text's language, such as de; it decides which abbreviations are known. Default: general rules.",
    };

    private readonly Option<int> _maximumLength = new("--max-length")
    {
        HelpName = "N",
        Description = "Cut sentences of more than N characters, behind a comma or at a space; 0 for no limit. Default: 0.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object for each sentence, with its place in the line." };

    /// <summary>Makes the verb.</summary>
    public SplitVerb()
        : base("split", "Cut text into sentences, one a line.", "sequor split --language de < article.txt > sentences.txt")
    {
        _files.AddTo(this);
        foreach (Option option in (Option[])[_language, _maximumLength, _json])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        SentenceSplitterOptions options = new() { MaximumLength = given.GetValue(_maximumLength) };
        UsageException.ThrowIfAny(options.Validate());
        SentenceSplitter splitter = SentenceSplitter.For(given.GetValue(_language), options);
        bool json = given.GetValue(_json);
        using LineSource source = _files.OpenInput(given, terminal);
        using LineSink sink = _files.OpenOutput(given, terminal);
        long line = 0;
        while (source.ReadWindow(WindowLines) is { Count: > 0 } window)
        {
            foreach (string text in window)
                Write(text, ++line, splitter.Split(text), json, sink);
            sink.Flush();
        }

        return ExitCode.Success;
    }

    /// <summary>A line without a sentence stays a line, so that paragraphs stay apart.</summary>
    private static void Write(string text, long line, IReadOnlyList<TextSpan> spans, bool json, LineSink sink)
    {
        IEnumerable<TextSpan> sentences = spans.Where(span => span.IsSentence);
        foreach (TextSpan span in sentences)
            sink.WriteLine(json ? Json(text, line, span) : span.Of(text));
        if (!json && !sentences.Any())
            sink.WriteLine(text.Trim());
    }

    private static string Json(string text, long line, TextSpan span) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", line);
        writer.WriteNumber("start", span.Start);
        writer.WriteNumber("length", span.Length);
        writer.WriteString("text", span.Of(text));
        writer.WriteEndObject();
    });
}
