using System.IO.Compression;
using System.Security.Cryptography;

namespace Sequor.Server.Page;

/// <summary>One file of the web page, ready to be sent plain, as gzip or as Brotli.</summary>
internal sealed class PageFile
{
    private readonly byte[] _plain;
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    /// <summary>Keeps a file; it is compressed when first asked for compressed, so that starting costs nothing.</summary>
    /// <param name="path">Its path below <c>Web</c>, with slashes.</param>
    /// <param name="plain">Its bytes.</param>
    internal PageFile(string path, byte[] plain)
    {
        _plain = plain;
        ContentType = TypeOf(path);
        Tag = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));
        _gzip = new Lazy<byte[]>(() => Squeeze(stream => new GZipStream(stream, CompressionLevel.SmallestSize)));
        _brotli = new Lazy<byte[]>(() => Squeeze(stream => new BrotliStream(stream, CompressionLevel.SmallestSize)));
    }

    /// <summary>What the file is, as HTTP names it.</summary>
    internal string ContentType { get; }

    /// <summary>Changes with the bytes and with nothing else; 24 hexadecimal digits.</summary>
    internal string Tag { get; }

    /// <summary>The bytes in an encoding: <c>br</c>, <c>gzip</c>, or anything else for plain.</summary>
    internal byte[] In(string encoding) => encoding switch
    {
        "br" => _brotli.Value,
        "gzip" => _gzip.Value,
        _ => _plain,
    };

    private byte[] Squeeze(Func<Stream, Stream> squeezing)
    {
        using MemoryStream small = new();
        using (Stream stream = squeezing(small))
        {
            stream.Write(_plain);
        }

        return small.ToArray();
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml; charset=utf-8",
        _ => "application/octet-stream",
    };
}
