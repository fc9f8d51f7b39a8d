using Sequor.Text.Sentences;

namespace Sequor.Server.Documents.Units;

/// <summary>The units of plain text: its sentences.</summary>
internal static class PlainTextUnits
{
    /// <summary>Finds the units.</summary>
    /// <param name="content">The document.</param>
    /// <param name="splitter">Cuts it.</param>
    public static DocumentParts Of(string content, SentenceSplitter splitter)
    {
        List<DocumentUnit> units = [];
        foreach (TextSpan span in splitter.Split(content).Where(span => span.IsSentence))
        {
            string sentence = span.Of(content);
            if (sentence.AsSpan().ContainsAnyLetter())
                units.Add(new DocumentUnit(span.Start, span.End, sentence, WebAddresses.MarksIn(sentence, 0, static (address, _) => address), static (text, _) => text));
        }

        return new DocumentParts(units, []);
    }
}
