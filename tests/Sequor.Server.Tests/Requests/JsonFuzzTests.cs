using System.Text;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.LibreTranslate;
using Sequor.Server.Requests;

namespace Sequor.Server.Tests.Requests;

public class JsonFuzzTests
{
    private static readonly byte[] _valid = Encoding.UTF8.GetBytes(
        """{"input": ["Gr\u00fc\ud83d\ude00ße", "b"], "model": null, "beam": 5, "nbest": 2, "length_penalty": -0.5e0, "glossary": {"a": "b"}, "tokens": true, "stream": false}""");

    private static readonly string[] _parts =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "1e999", "-", "0", "NaN", "\"input\"", "\"q\"", "\"glossary\"", "\u0000", "\n", "é", "😀", "\uFEFF", "/*", " "];

    [Fact]
    public void Random_bytes_are_refused_with_a_sentence()
    {
        Random random = new(1);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Try(bytes);
        }
    }

    [Fact]
    public void Damaged_requests_are_refused_with_a_sentence_or_mean_something()
    {
        Random random = new(2);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = [.. _valid];
            for (int damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Try(bytes.AsMemory(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length));
        }
    }

    [Fact]
    public void Heaps_of_tokens_are_refused_with_a_sentence_or_mean_something()
    {
        Random random = new(3);
        for (int i = 0; i < 5000; i++)
        {
            Try(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => _parts[random.Next(_parts.Length)]))));
        }
    }

    private static void Try(ReadOnlyMemory<byte> bytes)
    {
        Accept(() => JsonRequest.Parse(bytes, GenerationJson.Default.GenerateRequest, true));
        Accept(() => JsonRequest.Parse(bytes, GenerationJson.Default.ScoreRequest, true));
        Accept(() => JsonRequest.Parse(bytes, LibreTranslateJson.Default.TranslateRequest, false));
    }

    private static void Accept(Action parse)
    {
        try
        {
            parse();
        }
        catch (RequestFaultException fault)
        {
            Assert.Equal(400, fault.Status);
            Assert.Matches("[.?]$", fault.Message);
        }
    }
}
