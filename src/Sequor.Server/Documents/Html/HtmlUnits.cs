using System.Text;
using Sequor.Server.Documents.Units;

namespace Sequor.Server.Documents.Html;

/// <summary>Finds the text of HTML: what stands between the tags of blocks, with inline tags as marks, and the text of some attributes.</summary>
internal sealed class HtmlUnits
{
    /// <summary>Tokens within which inline code must close.</summary>
    private const int LongestInline = 256;

    private readonly string _source;

    private readonly IReadOnlyList<HtmlToken> _tokens;

    private readonly UnitBuilder _builder;

    private readonly List<Replacement> _replacements = [];

    private readonly string? _targetLanguage;

    private readonly CancellationToken _cancellation;

    private HtmlUnits(string source, string? targetLanguage, CancellationToken cancellation)
    {
        (_source, _targetLanguage, _cancellation) = (source, targetLanguage, cancellation);
        _tokens = HtmlTokenizer.Cut(source, cancellation);
        _builder = new UnitBuilder(source, (text, _) => HtmlText.Escape(text));
    }

    /// <summary>Finds the units of a document.</summary>
    /// <param name="source">The document.</param>
    /// <param name="targetLanguage">What the language of the page becomes; null leaves it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static DocumentParts Of(string source, string? targetLanguage, CancellationToken cancellation)
    {
        HtmlUnits units = new(source, targetLanguage, cancellation);
        units.Walk();
        return new DocumentParts(units._builder.Units, units._replacements);
    }

    private void Walk()
    {
        int i = 0;
        while (i < _tokens.Count)
        {
            _cancellation.ThrowIfCancellationRequested();
            HtmlToken token = _tokens[i];
            if (token.Kind == HtmlTokenKind.Open)
            {
                i = Open(i);
                continue;
            }

            if (token.Kind == HtmlTokenKind.Text)
                Text(token);
            else if (token.Kind == HtmlTokenKind.Other)
                _builder.Single(token.Start, token.End);
            else if (HtmlElements.IsBlock(token.Name))
                _builder.Flush();
            else
                _builder.Close(token.Name, new MarkSource(token.Start, token.End));
            i++;
        }

        _builder.Flush();
    }

    /// <summary>A tag that opens; gives the number of the token behind what is done with it.</summary>
    private int Open(int number)
    {
        HtmlToken tag = _tokens[number];
        bool isBlock = HtmlElements.IsBlock(tag.Name);
        if (isBlock)
            _builder.Flush();
        bool isForeign = HtmlElements.IsSkipped(tag.Name) || (HtmlElements.HasRawText(tag.Name) && isBlock);
        bool isKept = !isForeign && HtmlAttributes.IsNotTranslated(_source, tag);
        if ((!isForeign && !isKept) || tag.Name == "textarea")
            AddAttributes(tag);
        if (HtmlElements.IsVoid(tag.Name) || tag.ClosesItself)
        {
            if (!isBlock)
                _builder.Single(tag.Start, tag.End);
            return number + 1;
        }

        if (!isForeign && !isKept && !HtmlElements.IsVerbatim(tag.Name))
        {
            if (!isBlock)
                _builder.Open(tag.Name, tag.Start, tag.End);
            return number + 1;
        }

        int close = Closing(number, isBlock);
        if (close < 0)
        {
            if (!isBlock)
                _builder.Single(tag.Start, tag.End);
            return isBlock ? _tokens.Count : number + 1;
        }

        if (!isBlock)
            _builder.Protected(TextBetween(number, close), tag.Start, _tokens[close].End);
        return close + 1;
    }

    /// <summary>The token that closes an element; below 0 for none. What is inline must close before its block does.</summary>
    private int Closing(int number, bool isBlock)
    {
        string name = _tokens[number].Name;
        int depth = 0;
        int limit = isBlock ? _tokens.Count : Math.Min(_tokens.Count, number + LongestInline);
        for (int i = number; i < limit; i++)
        {
            HtmlToken token = _tokens[i];
            if (!isBlock && i > number && token.Kind is HtmlTokenKind.Open or HtmlTokenKind.Close && HtmlElements.IsBlock(token.Name))
                return -1;
            if (token.Name != name || token.Kind is not (HtmlTokenKind.Open or HtmlTokenKind.Close))
                continue;
            depth += token.Kind == HtmlTokenKind.Close ? -1 : token.ClosesItself ? 0 : 1;
            if (depth == 0)
                return i;
        }

        return -1;
    }

    private string TextBetween(int open, int close) => string.Concat(
        Enumerable.Range(open + 1, close - open - 1).Select(i => _tokens[i]).Where(token => token.Kind == HtmlTokenKind.Text)
            .Select(token => HtmlText.Decode(_source[token.Start..token.End])));

    /// <summary>Text, with its references resolved; one whose name is not known stays as a mark.</summary>
    private void Text(HtmlToken token)
    {
        StringBuilder text = new();
        int start = token.Start;
        int place = token.Start;
        while (place < token.End)
        {
            string? decoded = null;
            int behind = _source[place] == '&' ? HtmlText.Reference(_source, place, token.End, out decoded) : place;
            if (behind == place)
            {
                text.Append(_source[place++]);
            }
            else if (decoded is not null)
            {
                text.Append(decoded);
                place = behind;
            }
            else
            {
                _builder.Text(text.ToString(), start, place);
                text.Clear();
                _builder.Single(place, behind);
                (place, start) = (behind, behind);
            }
        }

        _builder.Text(text.ToString(), start, token.End);
    }

    private void AddAttributes(HtmlToken tag)
    {
        bool saysText = HtmlAttributes.SaysText(_source, tag);
        foreach (HtmlAttribute attribute in HtmlAttribute.Of(_source, tag))
        {
            if (HtmlAttributes.IsText(tag, attribute.Name, saysText))
            {
                char quote = attribute.Quote;
                _builder.Attribute(attribute.ValueStart, attribute.ValueEnd, HtmlText.Decode(attribute.RawValue(_source)), (text, _) => HtmlText.EscapeValue(text, quote));
            }
            else if (_targetLanguage is not null && tag.Name == "html" && attribute.Name is ("lang" or "xml:lang"))
            {
                _replacements.Add(new Replacement(attribute.ValueStart, attribute.ValueEnd, HtmlText.EscapeValue(_targetLanguage, attribute.Quote)));
            }
        }
    }
}
