using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sequor.Benchmarks.Growth;

/// <summary>
/// Pairs of made-up sentences, a function of the seed alone: words of syllables that occur as often as words do (the r-th most frequent about 1/r of the time),
/// and as target the same sentence in another language's words, neighbours exchanged here and there.
/// </summary>
internal sealed class SyntheticText
{
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";
    private const double Exchanged = 0.1;

    private readonly string[] _sourceWords;
    private readonly string[] _targetWords;
    private readonly Random _random;
    private long _swept;

    /// <summary>Makes two lexicons.</summary>
    /// <param name="words">Words in each.</param>
    /// <param name="seed">The seed of everything.</param>
    internal SyntheticText(int words, int seed)
    {
        _random = new Random(seed);
        _sourceWords = [.. Enumerable.Range(0, words).Select(word => Spell(word, 0))];
        _targetWords = [.. Enumerable.Range(0, words).Select(word => Spell(word, 1))];
    }

    /// <summary>Writes two files, one sentence a line; packed when their names end in <c>.gz</c>.</summary>
    /// <param name="sourcePath">Where sources go.</param>
    /// <param name="targetPath">Where targets go.</param>
    /// <param name="lines">How many pairs.</param>
    /// <param name="length">Words of a sentence.</param>
    /// <param name="isExact">Whether every sentence has that many words, or half to one and a half times as many.</param>
    internal void Write(string sourcePath, string targetPath, long lines, int length, bool isExact)
    {
        using TextWriter source = Open(sourcePath);
        using TextWriter target = Open(targetPath);
        List<int> sentence = [];
        for (long line = 0; line < lines; line++)
        {
            Draw(sentence, isExact ? length : _random.Next(Math.Max(1, length / 2), (length * 3 / 2) + 1));
            WriteLine(source, sentence, _sourceWords);
            Exchange(sentence);
            WriteLine(target, sentence, _targetWords);
        }
    }

    private static TextWriter Open(string path)
    {
        Stream file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        return new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
    }

    private static void WriteLine(TextWriter output, List<int> sentence, string[] words)
    {
        for (int place = 0; place < sentence.Count; place++)
        {
            if (place > 0)
                output.Write(' ');
            output.Write(words[sentence[place]]);
        }

        output.Write('\n');
    }

    private static string Spell(int word, int language)
    {
        StringBuilder spelling = new();
        long rest = (2L * word) + language;
        int syllables = Consonants.Length * Vowels.Length;
        do
        {
            int syllable = (int)(rest % syllables);
            spelling.Append(Consonants[syllable / Vowels.Length]).Append(Vowels[syllable % Vowels.Length]);
            rest /= syllables;
        }
        while (rest > 0);

        // Spelling does not tell the two languages apart, as little as it does in life.
        return spelling.ToString();
    }

    /// <summary>Every fourth word goes through the lexicon in turn, so that all words occur; the others are drawn.</summary>
    private void Draw(List<int> sentence, int length)
    {
        sentence.Clear();
        for (int place = 0; place < length; place++)
        {
            sentence.Add(place % 4 == 3
                ? (int)(_swept++ % _sourceWords.Length)
                : (int)Math.Pow(_sourceWords.Length, _random.NextDouble()) - 1);
        }
    }

    private void Exchange(List<int> sentence)
    {
        for (int place = 1; place < sentence.Count; place++)
        {
            if (_random.NextDouble() < Exchanged)
                (sentence[place - 1], sentence[place]) = (sentence[place], sentence[place - 1]);
        }
    }

    /// <summary>text SOURCE TARGET LINES [WORDS-A-SENTENCE] [WORDS-IN-ALL] [exact]</summary>
    internal static int Run(IReadOnlyList<string> args)
    {
        int Number(int place, int otherwise) => args.Count > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
        if (args.Count < 3)
        {
            Console.Error.WriteLine("text SOURCE TARGET LINES [WORDS-A-SENTENCE, 12] [WORDS-IN-ALL, 30000] [exact]");
            return 2;
        }

        new SyntheticText(Number(4, 30_000), seed: 1).Write(
            args[0], args[1], long.Parse(args[2], CultureInfo.InvariantCulture), Number(3, 12), args.Count > 5 && args[5] == "exact");
        return 0;
    }
}
