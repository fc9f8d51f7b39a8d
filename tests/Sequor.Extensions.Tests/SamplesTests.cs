using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Sequor.Extensions.Tests;

/// <summary>The samples, as whoever reads them would run them.</summary>
public sealed partial class SamplesTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_translates_a_letter_and_streams_a_line()
    {
        using Process process = Start("04-in-an-application", "in-an-application", Contained.Model("en-de"));
        process.StandardInput.Close();
        string output = await Ended(process);
        Assert.Matches(@"\A[^\n]+!\n\n[^\n]+\. [^\n]+! [^\n]+\?\n\n    [^\n]+\n", output);
        Assert.Contains("I have a new house. -> Ich habe ein neues Haus.\n", output, StringComparison.Ordinal);
        Assert.Matches(@"Ich [^\n]*morgen[^\n]*\.\n\z", output);
    }

    [Fact]
    public async Task A_web_application_translates_streams_and_tells_its_health()
    {
        using Process process = Start("05-on-the-web", "on-the-web", "--urls", "http://127.0.0.1:0", "--Sequor:Models:0", Contained.Model("en-de"));
        try
        {
            string? address = null;
            while (address is null && await process.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(_patience, Stop) is { } line)
            {
                address = ListeningAt().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
            }

            Assert.NotNull(address);
            using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = _patience };
            Assert.Equal("Healthy", await client.GetStringAsync("health", Stop));
            using HttpResponseMessage translated = await client.PostAsync("translate", new StringContent("I have a red house.\n"), Stop);
            Assert.Equal("Ich habe ein rotes Haus.\n", await translated.Content.ReadAsStringAsync(Stop));
            using HttpResponseMessage streamed = await client.PostAsync("stream", new StringContent("I have a red house."), Stop);
            Assert.Equal("text/event-stream", streamed.Content.Headers.ContentType?.MediaType);
            string[] parts = [.. (await streamed.Content.ReadAsStringAsync(Stop)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => part["data: ".Length..])];
            Assert.True(parts.Length > 1);
            Assert.Equal("Ich habe ein rotes Haus.", string.Concat(parts));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_chat_answers_line_by_line_and_draws_an_output()
    {
        using Process process = Start("06-chat", "chat", Contained.Model("en-de"));
        await process.StandardInput.WriteAsync("I have a red house.\nWhere is Tom?\n\n".AsMemory(), Stop);
        process.StandardInput.Close();
        string[] lines = (await Ended(process)).Split('\n');
        Assert.Equal("en-de is ready. Type a line; an empty one ends.", lines[0]);
        Assert.Matches(@"\AIch habe ein rotes Haus\.  \([0-9]+ pieces, stop\)\z", lines[1]);
        Assert.Matches(@"\AWo ist Tom\?  \([0-9]+ pieces, stop\)\z", lines[2]);
        Assert.NotEqual("", lines[3]);
    }

    private static Process Start(string folder, string name, params string[] arguments)
    {
        string kind = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Contained.Root, "samples", folder, "bin", kind, "net10.0", name + ".dll");
        Assert.SkipUnless(File.Exists(program), $"The sample is not built: there is no {program}.");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Contained.Root,
        })!;
    }

    private static async Task<string> Ended(Process process)
    {
        string output = await process.StandardOutput.ReadToEndAsync(Stop).WaitAsync(_patience, Stop);
        await process.WaitForExitAsync(Stop).WaitAsync(_patience, Stop);
        Assert.Equal(0, process.ExitCode);
        return output.ReplaceLineEndings("\n");
    }

    [GeneratedRegex("Now listening on: (http://.+)")]
    private static partial Regex ListeningAt();
}
