using System.Text;
using Sequor.Text.Sentences;

namespace Sequor.Server.Documents.Units;

/// <summary>Writes a document with its units translated.</summary>
internal sealed class DocumentWriter
{
    private readonly string _source;

    private readonly DocumentParts _parts;

    private readonly UnitSentences _sentences;

    private readonly IReadOnlyList<AlignedTranslation> _translations;

    /// <summary>What replaces stretches within marks, by place.</summary>
    private readonly List<Replacement> _replacements = [];

    /// <summary>Prepares to write.</summary>
    /// <param name="source">The document.</param>
    /// <param name="parts">What is replaced.</param>
    /// <param name="sentences">The sentences of the units.</param>
    /// <param name="translations">The translations of the distinct sentences.</param>
    public DocumentWriter(string source, DocumentParts parts, UnitSentences sentences, IReadOnlyList<AlignedTranslation> translations) =>
        (_source, _parts, _sentences, _translations) = (source, parts, sentences, translations);

    /// <summary>The document.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public string Write(CancellationToken cancellation)
    {
        _replacements.AddRange(_parts.Replacements);
        for (int i = 0; i < _parts.Units.Count; i++)
        {
            if (_parts.Units[i].IsAttribute)
                _replacements.Add(new Replacement(_parts.Units[i].Start, _parts.Units[i].End, Translated(i)));
        }

        _replacements.Sort((left, right) => left.Start.CompareTo(right.Start));
        StringBuilder output = new(_source.Length);
        int place = 0;
        for (int i = 0; i < _parts.Units.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            DocumentUnit unit = _parts.Units[i];
            if (unit.IsAttribute || unit.Start < place)
                continue;
            output.Append(Raw(place, unit.Start)).Append(Translated(i));
            place = unit.End;
        }

        return output.Append(Raw(place, _source.Length)).ToString();
    }

    private string Translated(int number)
    {
        DocumentUnit unit = _parts.Units[number];
        StringBuilder text = new();
        List<SpanLink> links = [];
        foreach (TextSpan span in _sentences.SpansOf(number))
        {
            string part = span.Of(unit.Text);
            if (!span.IsSentence)
            {
                links.AddRange(Enumerable.Range(0, span.Length).Select(i => new SpanLink(span.Start + i, 1, text.Length + i, 1)));
                text.Append(part);
                continue;
            }

            AlignedTranslation translation = _translations[_sentences.NumberOf(part)];
            links.AddRange(translation.Links.Select(link => link with { SourceStart = link.SourceStart + span.Start, TargetStart = link.TargetStart + text.Length }));
            text.Append(translation.Text);
        }

        return unit.Marks.Count == 0 ? unit.Escape(text.ToString(), true) : new UnitWriter(unit, text.ToString(), links, Raw).Write();
    }

    /// <summary>A stretch of the document as it is, but for what is replaced in it.</summary>
    private string Raw(int start, int end)
    {
        int first = FirstFrom(start);
        if (first == _replacements.Count || _replacements[first].Start >= end)
            return _source[start..end];
        StringBuilder raw = new();
        int place = start;
        for (int i = first; i < _replacements.Count && _replacements[i].Start < end; i++)
        {
            raw.Append(_source, place, _replacements[i].Start - place).Append(_replacements[i].Text);
            place = _replacements[i].End;
        }

        return raw.Append(_source, place, end - place).ToString();
    }

    private int FirstFrom(int start)
    {
        int low = 0;
        int high = _replacements.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_replacements[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
