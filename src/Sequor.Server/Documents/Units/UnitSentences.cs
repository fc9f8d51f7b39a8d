using Sequor.Text.Sentences;

namespace Sequor.Server.Documents.Units;

/// <summary>The sentences of all units, each asked for once.</summary>
internal sealed class UnitSentences
{
    private readonly List<string> _distinct = [];

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private readonly List<IReadOnlyList<TextSpan>> _spans = [];

    /// <summary>Cuts units into sentences.</summary>
    /// <param name="units">The units.</param>
    /// <param name="splitter">Cuts.</param>
    /// <param name="cancellation">Ends the work.</param>
    public UnitSentences(IReadOnlyList<DocumentUnit> units, SentenceSplitter splitter, CancellationToken cancellation)
    {
        foreach (DocumentUnit unit in units)
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<TextSpan> spans = splitter.Split(unit.Text);
            _spans.Add(spans);
            foreach (TextSpan span in spans.Where(span => span.IsSentence))
            {
                if (_numbers.TryAdd(span.Of(unit.Text), _distinct.Count))
                    _distinct.Add(span.Of(unit.Text));
            }
        }
    }

    /// <summary>The sentences, each once.</summary>
    public IReadOnlyList<string> Distinct => _distinct;

    /// <summary>The spans of a unit.</summary>
    public IReadOnlyList<TextSpan> SpansOf(int unit) => _spans[unit];

    /// <summary>The number of a sentence among the distinct ones.</summary>
    public int NumberOf(string sentence) => _numbers[sentence];
}
