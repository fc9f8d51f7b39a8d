using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>Small models of the text beside this file, and what spm_encode and spm_decode 0.1.97 say of it; see tools/golden/sentencepiece.sh.</summary>
internal static class GoldenModels
{
    public static string[] Names { get; } =
        ["bpe", "unigram", "bpe-symbols", "bpe-spaces", "unigram-bare", "unigram-suffix", "word", "char"];

    /// <summary>The sentences, then the odd lines.</summary>
    public static string[] Input { get; } = [.. Lines("text.txt"), .. Lines("odd.txt")];

    public static SentencePieceTokenizer Load(string name) => SentencePieceTokenizer.Load(new MemoryStream(Bytes(name)), name);

    public static byte[] Bytes(string name)
    {
        using FileStream packed = File.OpenRead(PathOf(name + ".model.gz"));
        using var model = new MemoryStream();
        new GZipStream(packed, CompressionMode.Decompress).CopyTo(model);
        return model.ToArray();
    }

    /// <summary>Lines end at a line feed and nowhere else.</summary>
    public static string[] Lines(string name) => File.ReadAllText(PathOf(name), Encoding.UTF8).Split('\n')[..^1];

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "golden", name);
}
