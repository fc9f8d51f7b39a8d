using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sequor.Server.Keys;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Operations;

/// <summary>Whatever is sent, the answer is a sentence, the server goes on, and nothing of its inside is shown. docs/serving.md lists what is tried.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20261120;

    private static readonly string[] _paths =
        ["/translate", "/detect", "/translate_file", "/suggest", "/v1/generate", "/v1/attention", "/v1/alternatives", "/v1/score", "/v1/models/en-de/load", "/v1/models/nothing/load"];

    private static readonly string?[] _types =
        ["application/json", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/xml", "nonsense", null];

    private static readonly string[] _valid =
    [
        """{"q":"Good morning.","source":"en","target":"de","format":"text","alternatives":2,"api_key":""}""",
        """{"q":["A","B"],"source":"auto","target":"de"}""",
        """{"model":"en-de","input":["One."],"beam":2,"nbest":2,"tokens":true,"glossary":{"One":"Eins"},"prefix":"Ein","max_length":10}""",
        """{"model":"en-de","input":"One.","stream":true,"decode":"sample","seed":7,"temperature":1.5,"top_k":3,"max_length":10}""",
        """{"model":"en-de","source":"One.","target":"Eins."}""",
        """{"model":"en-de","pairs":[{"source":"One.","target":"Eins."}]}""",
        "------x\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\nOne.\r\n------x--\r\n",
    ];

    private static readonly string[] _odd =
    [
        "", "null", "[]", "7", "\"q\"", "{}", "{", "}", "{\"q\":", new string('[', 20_000), new string('{', 20_000), "{\"q\":" + new string('[', 5000) + new string(']', 5000) + "}",
        "{\"q\":\"" + new string('a', 30_000) + "\",\"source\":\"en\",\"target\":\"de\"}", "{\"q\":\"" + new string('a', 300_000) + "\"}",
        """{"q":"\ud800","source":"en","target":"de"}""", """{"q":"\u0000\u001b[31m\u202e","source":"en","target":"de"}""",
        """{"q":1e999,"source":"en","target":"de"}""", """{"q":"a","q":"b","source":"en","source":"de","target":"de"}""", """{"q":"a","source":{"a":[1]},"target":null}""",
        """{"q":[["a"]],"source":"en","target":"de"}""", """{"q":[null,1,true],"source":"en","target":"de"}""", """{"q":"a","source":"en","target":"de","alternatives":-1}""",
        """{"q":"a","source":"en","target":"de","alternatives":99999999999999999999}""", """{"input":"a","beam":2147483647}""", """{"input":"a","nbest":-5}""",
        """{"input":"a","temperature":-1}""", """{"input":"a","temperature":1e-300,"decode":"sample"}""", """{"input":"a","length_penalty":"NaN"}""", """{"input":"a","top_p":7,"decode":"sample"}""",
        """{"input":"a","max_length":2147483647,"min_length":2147483647}""", """{"input":"a","prefix":"\ud800"}""", """{"input":"a","glossary":{"":""}}""", """{"model":"../../etc/passwd","input":"a"}""",
        """{"path":"/etc"}""", """{"path":"../../.."}""", """{"path":"\u0000"}""", """{"pairs":[]}""", """{"pairs":[{}]}""", """{"pairs":{"source":"a"}}""", """{"source":"","target":""}""",
        "\ufeff{\"q\":\"a\",\"source\":\"en\",\"target\":\"de\"}", "q=%ZZ&source=%00&target=%E0%A4%A", "q=" + new string('&', 5000), "--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.txt\"\r\n\r\n",
    ];

    private static readonly ServerOptions _options = new()
    {
        BodyLimit = 100_000,
        FileLimit = 100_000,
        CharactersPerText = 1000,
        TextsPerRequest = 20,
        HeaderTimeout = TimeSpan.FromSeconds(2),
        RequestTimeout = TimeSpan.FromSeconds(20),
        MaximumConnections = 2000,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Odd_broken_and_random_bodies_of_any_type_are_answered_in_sentences(bool looksForKeys)
    {
        using TemporaryKeys keys = new();
        await using Listening server = await Listening.StartAsync(looksForKeys ? _options with { KeyFile = keys.Path } : _options);
        Random random = new(Seed);
        List<(string Path, string? Type, byte[] Body)> requests =
        [
            .. from path in _paths from body in _odd select (path, (string?)"application/json", Encoding.UTF8.GetBytes(body)),
            .. from path in _paths from type in _types from body in _valid select (path, type, Encoding.UTF8.GetBytes(body)),
            .. from path in _paths from type in _types select (path, type, Encoding.UTF8.GetBytes(_odd[random.Next(_odd.Length)])),
            .. from path in _paths from turn in Enumerable.Range(0, 15) select (path, _types[random.Next(_types.Length)], Noise(random)),
            .. from path in _paths from turn in Enumerable.Range(0, 25) select (path, (string?)"application/json", Damaged(random)),
            .. from path in _paths select (path, (string?)"application/json", (byte[])[.. "{\"q\":\"\xff\xfe"u8, 0xFF, 0xC0, 0x80, (byte)'"', (byte)'}']),
        ];
        List<string> faults = [];
        foreach ((string path, string? type, byte[] body) in requests)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = type is not null && MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? known) ? known : null;
            if (await FaultAsync(server, request) is { } fault)
            {
                faults.Add($"{path} {type} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 100)))}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        await AnswersAsync(server);
    }

    [Fact]
    public async Task Odd_paths_methods_and_heads_are_answered_in_sentences()
    {
        await using Listening server = await Listening.StartAsync(_options);
        List<string> faults = [];
        foreach (string path in (string[])["/%00", "/..%2f..%2fetc/passwd", "//", "/v1/models/%2e%2e", "/v1/models/" + new string('a', 3000), "/%ff%fe", "/translate/", "/page/../../x", "/v1/models/%F0%9F%92%A9", "/?q=" + new string('a', 3000)])
        {
            foreach (string method in (string[])["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"])
            {
                using HttpRequestMessage request = new(new HttpMethod(method), new Uri(server.Address.GetLeftPart(UriPartial.Authority) + path));
                if (await FaultAsync(server, request) is { } fault)
                {
                    faults.Add($"{method} {path}: {fault}");
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        await AnswersAsync(server);
    }

    [Fact]
    public async Task What_is_no_HTTP_and_what_never_ends_leaves_others_alone()
    {
        await using Listening server = await Listening.StartAsync(_options);
        Random random = new(Seed);
        string[] heads =
        [
            "POST /translate HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", "POST /translate HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            "POST /translate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n1\r\n{\r\n0\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n", "\r\n\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: {i}\r\n")) + "\r\n",
            "GET /" + new string('a', 20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002",
        ];
        List<TcpClient> clients = [];
        try
        {
            foreach (string head in heads)
            {
                clients.Add(await SendAsync(server, Encoding.Latin1.GetBytes(head)));
            }

            for (int i = 0; i < 100; i++)
            {
                clients.Add(await SendAsync(server, Noise(random)));
            }

            for (int i = 0; i < 100; i++)
            {
                clients.Add(await SendAsync(server, "POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray()));
            }

            for (int i = 0; i < 1000; i++)
            {
                clients.Add(await SendAsync(server, []));
            }

            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AnswersAsync(server)));
            await Task.WhenAll(clients.Select(EndsQuietlyAsync)).WaitAsync(TimeSpan.FromSeconds(60), Listening.Stop);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await AnswersAsync(server);
        Assert.False(server.Log.Contains("\n   at ", StringComparison.Ordinal), server.Log);
    }

    // Reads until the server closes, unless the connection is idle, which it may be as long as its client likes.
    private static async Task EndsQuietlyAsync(TcpClient client)
    {
        using MemoryStream answer = new();
        if (client.Available == 0 && client.Client.LocalEndPoint is not null)
        {
            return;
        }

        try
        {
            byte[] buffer = new byte[4096];
            int read;
            while (client.Available > 0 && (read = await client.GetStream().ReadAsync(buffer, Listening.Stop)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // Closed by the server: what it had to say was said.
        }

        string text = Encoding.Latin1.GetString(answer.ToArray());
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 500", text, StringComparison.Ordinal);
    }

    private static async Task<string?> FaultAsync(Listening server, HttpRequestMessage request)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await server.Client.SendAsync(request, Listening.Stop);
        }
        catch (HttpRequestException fault) when (fault.InnerException is IOException)
        {
            // A body that is too large may be cut off before its sender has looked for the answer.
            return null;
        }

        using (answer)
        {
            string text = await answer.Content.ReadAsStringAsync(Listening.Stop);
            return (int)answer.StatusCode == 500 ? "500: " + text
                : text.Contains("Exception", StringComparison.Ordinal) || text.Contains("   at ", StringComparison.Ordinal) ? "shows its inside: " + text
                : (int)answer.StatusCode >= 400 && request.Method != HttpMethod.Head && !IsSentence(text) && !IsRefusedByTheListener(answer, text) ? $"{(int)answer.StatusCode} is no sentence: '{text}'"
                : null;
        }
    }

    // What is no HTTP never reaches the server; the listener answers 400 without a body and closes.
    private static bool IsRefusedByTheListener(HttpResponseMessage answer, string text) =>
        answer.StatusCode == HttpStatusCode.BadRequest && text.Length == 0 && answer.Headers.ConnectionClose == true;

    private static bool IsSentence(string text)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(text);
            return body.RootElement.EnumerateObject().Single() is { Name: "error", Value: { ValueKind: JsonValueKind.String } sentence } && sentence.GetString()! is [.., '.' or '?'];
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task AnswersAsync(Listening server)
    {
        using HttpResponseMessage answer = await server.TranslateAsync();
        Assert.Equal("""{"translatedText":"Guten Morgen!"}""", await answer.Content.ReadAsStringAsync(Listening.Stop));
    }

    private static async Task<TcpClient> SendAsync(Listening server, byte[] bytes)
    {
        TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Listening.Stop);
        try
        {
            await client.GetStream().WriteAsync(bytes, Listening.Stop);
        }
        catch (IOException)
        {
            // The server has closed already.
        }

        return client;
    }

    // With a key file, every body is searched for a key before it is read.
    private sealed class TemporaryKeys : IDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("sequor-fuzz-").FullName;

        internal TemporaryKeys() => KeyFile.Change(Path, _ => []);

        internal string Path => System.IO.Path.Combine(_directory, "keys.json");

        public void Dispose() => Directory.Delete(_directory, recursive: true);
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 2000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Damaged(Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(_valid[random.Next(_valid.Length - 1)]);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
