using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>Writes back-off models in ARPA form: logarithms to the base of ten with nine digits, which give back the same bits.</summary>
internal sealed class ArpaWriter
{
    private const double LogOfTen = 2.302585092994045684;

    private readonly NgramModel _model;
    private readonly StreamWriter _writer;

    private ArpaWriter(NgramModel model, StreamWriter writer) => (_model, _writer) = (model, writer);

    /// <summary>Writes a file, packed where its name ends in <c>.gz</c>.</summary>
    internal static void Write(string path, NgramModel model) => WholeFile.Write(path, file =>
    {
        using Stream? packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
        using StreamWriter writer = new(packed ?? file, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        new ArpaWriter(model, writer).WriteAll();
    });

    private void WriteAll()
    {
        _writer.WriteLine("\\data\\");
        for (int order = 1; order <= _model.Order; order++)
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ngram {order}={_model.Trie.Count(order)}"));
        for (int order = 1; order <= _model.Order; order++)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n\\{order}-grams:"));
            WriteBelow(NgramTrie.Root, "", order);
        }

        _writer.WriteLine("\n\\end\\");
    }

    private void WriteBelow(int context, string words, int orders)
    {
        (int first, int end) = _model.Trie.Children(context);
        for (int node = first; node < end; node++)
        {
            string word = _model.Words[_model.Trie.Word(node)];
            if (orders > 1)
                WriteBelow(node, $"{words}{word} ", orders - 1);
            else
                WriteLine(node, words, word);
        }
    }

    private void WriteLine(int node, string words, string word)
    {
        Write(_model.Trie.LogProb(node));
        _writer.Write('\t');
        _writer.Write(words);
        _writer.Write(word);
        if (node < _model.Trie.First(_model.Order) && _model.Trie.BackOff(node) is not 0 and float backOff)
        {
            _writer.Write('\t');
            Write(backOff);
        }

        _writer.Write('\n');
    }

    private void Write(float logarithm)
    {
        Span<char> text = stackalloc char[32];
        double toTen = logarithm <= NgramTrie.Impossible ? -99 : logarithm / LogOfTen;
        toTen.TryFormat(text, out int length, "G9", CultureInfo.InvariantCulture);
        _writer.Write(text[..length]);
    }
}
