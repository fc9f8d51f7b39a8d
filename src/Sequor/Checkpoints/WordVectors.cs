using System.Globalization;
using Sequor.Batching;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Checkpoints;

/// <summary>In what size word vectors take their place among rows that were drawn.</summary>
public enum VectorScale
{
    /// <summary>As they stand in the file.</summary>
    AsGiven,

    /// <summary>Each of length 1.</summary>
    Unit,

    /// <summary>All by one factor, so that their numbers have the root mean square of those that were drawn.</summary>
    AsDrawn,
}

/// <summary>What a file of word vectors gave an embedding.</summary>
/// <param name="Ids">The pieces that have a vector.</param>
/// <param name="Pieces">Pieces of the vocabulary.</param>
/// <param name="Duplicates">Words of the vocabulary that stood in the file again; the first counts.</param>
public sealed record WordVectorCoverage(IReadOnlySet<int> Ids, int Pieces, int Duplicates)
{
    /// <summary>The coverage in words: <c>found 7,812 of 8,000 pieces</c>.</summary>
    public override string ToString()
    {
        string again = Duplicates == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Duplicates:N0} stood there more than once, and the first counts");
        return string.Create(CultureInfo.InvariantCulture, $"found {Ids.Count:N0} of {Pieces:N0} pieces{again}");
    }
}

/// <summary>Puts pretrained word vectors (word2vec or GloVe, as text, plain or gzip) into an embedding; rows without a vector stay as they were drawn.</summary>
public static class WordVectors
{
    // SentencePiece's mark of a word's beginning, which files of words do not have.
    private const char WordStart = '\u2581';

    /// <summary>Reads the vectors of a vocabulary's pieces. A piece is found by its exact form, or without the mark of a word's beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The pieces, one for each row of the table.</param>
    /// <param name="parameters">The weights, drawn.</param>
    /// <param name="table">The embedding among them, [V, D].</param>
    /// <param name="scale">In what size. Default: as given.</param>
    /// <param name="taken">Pieces that keep what they have; null for none.</param>
    /// <exception cref="CorpusException">The file is missing or damaged, or its vectors are not D wide; file and line are named.</exception>
    /// <exception cref="ArgumentException">The table has another number of rows than the vocabulary has pieces.</exception>
    public static WordVectorCoverage Load(
        string path, Vocabulary vocabulary, ParameterSet parameters, Parameter table, VectorScale scale = VectorScale.AsGiven, IReadOnlySet<int>? taken = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Shape.Rows != vocabulary.Size)
            throw new ArgumentException($"The embedding {table.Names[0]} has {table.Shape.Rows} rows, but the vocabulary {vocabulary.Size} pieces.", nameof(table));

        using WordVectorFile file = new(path);
        int width = table.Shape.Width;
        if (file.Width != width)
            throw file.Fault(1, $"the vectors are {file.Width} wide, but the embedding {table.Names[0]} is {width} wide; choose vectors of that width, or make the model's embeddings {file.Width} wide");

        Wanted wanted = new(vocabulary, taken);
        Dictionary<int, float[]> found = [];
        int duplicates = 0;
        while (file.Read(out WordVectorRow row))
        {
            (int exact, int unmarked, bool isDuplicate) = wanted.Find(row.Word);
            duplicates += isDuplicate ? 1 : 0;
            foreach (int id in (ReadOnlySpan<int>)[exact, unmarked])
            {
                if (id >= 0)
                    row.CopyTo(found[id] = new float[width]);
            }
        }

        Scale(found, scale, parameters, table);
        foreach ((int id, float[] vector) in found)
            parameters.Values.CopyFrom(table.Offset + ((long)id * width), vector);
        parameters.MarkChanged();
        return new WordVectorCoverage(found.Keys.ToHashSet(), vocabulary.Size, duplicates);
    }

    private static void Scale(Dictionary<int, float[]> found, VectorScale scale, ParameterSet parameters, Parameter table)
    {
        if (scale == VectorScale.AsGiven || found.Count == 0)
            return;
        float drawn = RootMeanSquare(Sum(table.Value.ToArray()), table.Shape.Count);
        float given = RootMeanSquare(found.Values.Sum(Sum), (long)found.Count * table.Shape.Width);
        foreach (float[] vector in found.Values)
        {
            float size = scale == VectorScale.AsDrawn ? given / drawn : MathF.Sqrt((float)Sum(vector));

            // A vector of zeros has no direction to keep.
            for (int i = 0; size > 0 && i < vector.Length; i++)
                vector[i] /= size;
        }

        static double Sum(float[] values) => values.Sum(value => (double)value * value);
        static float RootMeanSquare(double squares, long count) => (float)Math.Sqrt(squares / count);
    }

    /// <summary>The forms that are looked for; an exact form goes before one without its mark, wherever in the file they stand.</summary>
    private sealed class Wanted
    {
        private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _unmarked = new(StringComparer.Ordinal);
        private readonly HashSet<int> _foundExactly = [];
        private readonly HashSet<int> _foundUnmarked = [];

        internal Wanted(Vocabulary vocabulary, IReadOnlySet<int>? taken)
        {
            for (int id = 0; id < vocabulary.Size; id++)
            {
                if (taken?.Contains(id) == true)
                    continue;
                string piece = vocabulary[id];
                _exact.TryAdd(piece, id);
                if (piece.Length > 1 && piece[0] == WordStart)
                    _unmarked.TryAdd(piece[1..], id);
            }
        }

        /// <summary>The pieces that a word's vector is for, -1 for none; they count as found from then on.</summary>
        internal (int Exact, int Unmarked, bool IsDuplicate) Find(string word)
        {
            bool isExact = _exact.TryGetValue(word, out int exact);
            bool isUnmarked = _unmarked.TryGetValue(word, out int unmarked);
            bool isAgain = (isExact && !_foundExactly.Add(exact)) | (isUnmarked && !_foundUnmarked.Add(unmarked));
            return (isExact && !isAgain ? exact : -1, isUnmarked && !isAgain && !_foundExactly.Contains(unmarked) ? unmarked : -1, isAgain);
        }
    }
}
