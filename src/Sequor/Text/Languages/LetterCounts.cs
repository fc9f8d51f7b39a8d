using System.Globalization;
using System.Text;
using Sequor.Text.Training;
using Sequor.Text.Unicode;

namespace Sequor.Text.Languages;

/// <summary>The letters of a text by script, and the scores of the languages that share one.</summary>
/// <param name="scripts">The scripts.</param>
internal sealed class LetterCounts(ScriptTable scripts)
{
    /// <summary>A character of these says as much as this many letters of an alphabet.</summary>
    private const int WeightOfSyllable = 3;

    private const int MostLettersOfWord = 64;

    private const int LongestNgram = 5;

    /// <summary>Words that are all scored; of those behind them, which can hardly change the answer, one in eight.</summary>
    private const int WordsToScoreAll = 2000;

    private const int SampleOfWords = 8;

    private const int WordMark = '_';

    private const int FirstSyllable = 0xAC00;

    private const int LastSyllable = 0xD7A3;

    /// <summary>The word that is read, its first letter at 1, between marks of its ends.</summary>
    private readonly int[] _word = CreateWord();

    private readonly long[] _weights = new long[scripts.Scripts.Count];

    private readonly long[]?[] _scores = new long[]?[scripts.Scripts.Count];

    private int _length;

    private long _words;

    private int _script = -1;

    private bool _hasApostrophe;

    /// <summary>Letters of Hiragana and Katakana.</summary>
    public long Kana { get; private set; }

    /// <summary>Chinese characters.</summary>
    public long Han { get; private set; }

    /// <summary>How much of the text is in a script.</summary>
    public long WeightOf(int script) => _weights[script];

    /// <summary>The sums of weights for each language of a script.</summary>
    public ReadOnlySpan<long> ScoresOf(SharedScript script) => _scores[scripts.IndexOf(script)] ??= new long[script.Languages.Count];

    /// <summary>Reads a text.</summary>
    /// <param name="text">Any text.</param>
    public void Read(string text)
    {
        string composed = text.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') < 0 ? text : Composed(text);
        foreach (Rune rune in composed.EnumerateRunes())
            Add(rune);
        EndWord();
    }

    private void Add(Rune rune)
    {
        if (rune.IsAscii && !char.IsAsciiLetter((char)rune.Value))
        {
            AddMark(rune.Value == '\'');
            return;
        }

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
        {
            if (_length > 0)
                Append(rune);
        }
        else if (category > UnicodeCategory.OtherLetter)
        {
            AddMark(rune.Value == '’');
        }
        else if (scripts.IndexOf(rune.Value) is >= 0 and var script)
        {
            AddLetter(rune, script);
        }
    }

    /// <summary>An apostrophe belongs to a word if a letter follows; anything else ends it.</summary>
    private void AddMark(bool isApostrophe)
    {
        if (isApostrophe && _length > 0 && !_hasApostrophe)
            _hasApostrophe = true;
        else
            EndWord();
    }

    private void AddLetter(Rune rune, int script)
    {
        if (script != _script)
            EndWord();
        _script = script;
        byte name = UnicodeScripts.Of(rune.Value);
        Han += name == UnicodeScripts.Han ? 1 : 0;
        Kana += name is UnicodeScripts.Hiragana or UnicodeScripts.Katakana ? 1 : 0;
        _weights[script] += scripts.Scripts[script] is HanScript || rune.Value is >= FirstSyllable and <= LastSyllable ? WeightOfSyllable : 1;
        if (_hasApostrophe)
            Append(new Rune('\''));
        _hasApostrophe = false;
        Append(rune);
    }

    private void Append(Rune rune)
    {
        if (scripts.Scripts[_script] is not SharedScript)
            return;
        if (_length == MostLettersOfWord)
            EndWord();
        _word[++_length] = Rune.ToLowerInvariant(rune).Value;
    }

    private void EndWord()
    {
        if (_length > 0 && (++_words <= WordsToScoreAll || _words % SampleOfWords == 0))
            Score((SharedScript)scripts.Scripts[_script], _scores[_script] ??= new long[scripts.Scripts[_script].Languages.Count]);
        _length = 0;
        _hasApostrophe = false;
    }

    private void Score(SharedScript script, long[] scores)
    {
        _word[_length + 1] = WordMark;
        for (int first = 0; first < _length + 2; first++)
        {
            uint hash = NgramTable.HashOfNothing;
            int end = Math.Min(first + LongestNgram, _length + 2);
            for (int i = first; i < end; i++)
            {
                hash = NgramTable.Extend(hash, _word[i]);
                ReadOnlySpan<sbyte> row = script.Table.RowOf(hash);
                for (int language = 0; language < row.Length && language < scores.Length; language++)
                    scores[language] += row[language];
            }
        }
    }

    private static int[] CreateWord()
    {
        int[] word = new int[MostLettersOfWord + 2];
        word[0] = WordMark;
        return word;
    }

    private static string Composed(string text)
    {
        StringBuilder composed = new(text.Length);
        foreach (int codePoint in Normalization.Nfc(text.EnumerateRunes().Select(rune => rune.Value)))
            composed.Append(new Rune(codePoint).ToString());
        return composed.ToString();
    }
}
