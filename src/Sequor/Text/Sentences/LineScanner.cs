using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>Finds the sentences of one line (or of one cell of it).</summary>
internal sealed class LineScanner
{
    /// <summary>How far a bracket may reach for the sentences in it to stay together.</summary>
    private const int LongestBracket = 300;

    private readonly string _text;

    private readonly int _start;

    private readonly int _end;

    private readonly char _questionMark;

    private readonly EndMarkJudge _judge;

    /// <summary>The place behind the bracket that the walk is in; at most the place itself outside of brackets.</summary>
    private int _bracketEnd;

    /// <summary>Prepares a walk.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the line's words may begin.</param>
    /// <param name="end">Where the line ends.</param>
    /// <param name="rules">The language.</param>
    /// <param name="hasUpperCase">Whether the line has capitals.</param>
    public LineScanner(string text, int start, int end, LanguageRules rules, bool hasUpperCase)
    {
        _text = text;
        _start = Characters.SkipSpaces(text, start, end);
        _end = end;
        while (_end > _start && char.IsWhiteSpace(text[_end - 1]))
            _end--;
        _questionMark = rules.QuestionMark;
        _judge = new EndMarkJudge(text, _start, _end, rules, hasUpperCase);
    }

    /// <summary>Adds the sentences of the line. What has neither letter nor digit is no sentence, and goes to the one before it where there is one.</summary>
    /// <param name="spans">Where they go.</param>
    public void AddTo(SpanList spans)
    {
        int sentence = _start;
        (int Start, int End) last = (-1, -1);
        bool hasWord = false;
        int place = _start;
        while (place < _end)
        {
            if (!Characters.IsEndMark(_text[place]) && _text[place] != _questionMark)
            {
                hasWord = hasWord || Characters.IsWordAt(_text, place);
                EnterBracket(place, sentence);
                place++;
                continue;
            }

            int behind = EndMarks.Skip(_text, place, _end);
            if (hasWord && behind < _end && behind >= _bracketEnd && !IsNumberOfList(sentence, place) && _judge.Ends(place, behind))
            {
                Flush(last, spans);
                last = (sentence, behind);
                behind = Characters.SkipSpaces(_text, behind, _end);
                (sentence, hasWord) = (behind, false);
            }

            place = behind;
        }

        if (hasWord)
            Flush(last, spans);
        last = hasWord ? (sentence, _end) : (last.Start, _end);
        Flush(last, spans);
    }

    /// <summary>Whether the sentence so far is a number with a stop, which counts what follows.</summary>
    private bool IsNumberOfList(int sentence, int mark) =>
        _text[mark] == '.' && _text.AsSpan(sentence, mark - sentence).IndexOfAnyExceptInRange('0', '9') < 0;

    private static void Flush((int Start, int End) sentence, SpanList spans)
    {
        if (sentence.Start >= 0)
            spans.AddSentence(sentence.Start, sentence.End);
    }

    /// <summary>Sentences in a bracket that stands within a sentence do not end that sentence.</summary>
    private void EnterBracket(int place, int sentence)
    {
        if (place < _bracketEnd || place == sentence || _text[place] is not ('(' or '（' or '['))
            return;
        char opener = _text[place];
        char closer = opener switch { '(' => ')', '（' => '）', _ => ']' };
        int depth = 0;
        int limit = Math.Min(_end, place + LongestBracket);
        for (int i = place; i < limit; i++)
        {
            depth += _text[i] == opener ? 1 : _text[i] == closer ? -1 : 0;
            if (depth == 0)
            {
                _bracketEnd = i + 1;
                return;
            }
        }
    }
}
