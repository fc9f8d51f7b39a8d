using System.Text;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Benchmarks;

/// <summary>Sources for a model without a vocabulary: as long as real sentences would be, of random pieces.</summary>
public static class RandomSources
{
    /// <summary>Characters of a word that one piece covers.</summary>
    public const int CharactersOfAPiece = 8;

    /// <summary>The signs of such a vocabulary: unknown 0, begin 1, end 2, padding 3. Pieces are drawn from those above them.</summary>
    public static SpecialIds Special { get; } = new(1, 2, 3);

    /// <summary>
    /// About how many pieces a subword vocabulary would cut a line into: for each run of letters and digits one for every eight characters begun,
    /// for every other character that is no space one.
    /// </summary>
    /// <param name="line">The line.</param>
    public static int PiecesOf(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        int pieces = 0;
        int run = 0;
        foreach (Rune character in line.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(character))
            {
                pieces += run++ % CharactersOfAPiece == 0 ? 1 : 0;
                continue;
            }

            run = 0;
            pieces += Rune.IsWhiteSpace(character) ? 0 : 1;
        }

        return pieces;
    }

    /// <summary>Draws the pieces of lines, each with its end sign behind them.</summary>
    /// <param name="lines">The lines, of which only the lengths count.</param>
    /// <param name="vocabularySize">Pieces of the source vocabulary, 5 or more.</param>
    /// <param name="seed">The same seed draws the same pieces.</param>
    public static int[][] Draw(IReadOnlyList<string> lines, int vocabularySize, int seed)
    {
        ArgumentNullException.ThrowIfNull(lines);
        int first = Special.Pad + 1;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(vocabularySize, first);
        int Piece(int line, int place) =>
            first + (int)(RandomKeys.Uniform(RandomKeys.Mix(RandomKeys.Mix((ulong)seed, (ulong)line), (ulong)place)) * (vocabularySize - first));
        return [.. lines.Select((text, line) => (int[])[.. Enumerable.Range(0, PiecesOf(text)).Select(place => Piece(line, place)), Special.End])];
    }

    /// <summary>Some of the sentences, evenly spread over all lengths.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="count">How many, 1 or more; no fewer than there are leaves all.</param>
    public static IReadOnlyList<int[]> Spread(IReadOnlyList<int[]> sentences, int count)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count >= sentences.Count)
        {
            return sentences;
        }

        int[][] sorted = [.. sentences.OrderBy(sentence => sentence.Length)];
        return [.. Enumerable.Range(0, count).Select(i => sorted[(int)(((2L * i) + 1) * sorted.Length / (2L * count))])];
    }
}
