using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Sequor.Server.Page;

namespace Sequor.Server.Tests.Page;

public partial class PageFilesTests
{
    [Theory]
    [InlineData("/", "text/html", "<title>Translate")]
    [InlineData("/api", "text/html", "<title>API")]
    [InlineData("/page/translate/main.js", "text/javascript", "import {")]
    [InlineData("/page/styles/base.css", "text/css", ":root {")]
    [InlineData("/page/icon.svg", "image/svg+xml", "<svg")]
    public async Task A_file_is_sent_as_what_it_is(string path, string type, string begins)
    {
        await using PageHost host = await PageHost.StartAsync();
        using HttpResponseMessage answer = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains(begins, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_lets_nothing_in_from_elsewhere()
    {
        await using PageHost host = await PageHost.StartAsync();
        using HttpResponseMessage answer = await host.Client.GetAsync("/", TestContext.Current.CancellationToken);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_a_file_is_not_sent_it_again()
    {
        await using PageHost host = await PageHost.StartAsync();
        using HttpResponseMessage first = await host.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.True(first.Headers.CacheControl?.NoCache);
        using HttpRequestMessage again = new(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using HttpRequestMessage other = new(HttpMethod.Get, "/");
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));
        using HttpResponseMessage third = await host.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Theory]
    [InlineData("gzip, deflate, br", DecompressionMethods.Brotli, "br")]
    [InlineData("gzip", DecompressionMethods.GZip, "gzip")]
    [InlineData("br;q=0, gzip", DecompressionMethods.GZip, "gzip")]
    [InlineData("identity", DecompressionMethods.None, null)]
    public async Task A_file_is_compressed_as_the_browser_wants(string accepted, DecompressionMethods method, string? encoding)
    {
        await using PageHost host = await PageHost.StartAsync();
        string plain = await host.Client.GetStringAsync("/page/styles/base.css", TestContext.Current.CancellationToken);

        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Address, "/page/styles/base.css"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using HttpResponseMessage sent = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(encoding, sent.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", Assert.Single(sent.Headers.Vary));
        Assert.True(encoding is null || sent.Content.Headers.ContentLength < plain.Length / 2);

        using HttpClientHandler unpacking = new() { AutomaticDecompression = method };
        using HttpClient client = new(unpacking) { BaseAddress = host.Address };
        Assert.Equal(plain, await client.GetStringAsync("/page/styles/base.css", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Head_tells_the_length_without_the_file()
    {
        await using PageHost host = await PageHost.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Head, "/");
        using HttpResponseMessage answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(PageFiles.All["index.html"].In("").Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public void Pages_name_only_files_that_exist_and_carry_no_script_or_style_of_their_own()
    {
        foreach (string page in (string[])["index.html", "api.html"])
        {
            string text = Encoding.UTF8.GetString(PageFiles.All[page].In(""));
            Assert.All(Named().Matches(text), match => Assert.Contains(match.Groups[1].Value, PageFiles.All.Keys));
            Assert.DoesNotContain("http:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("https:", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<style|style=|<script>|\\son[a-z]+=", text);
        }
    }

    [Fact]
    public void Modules_import_only_files_that_exist_and_make_no_markup_of_text()
    {
        foreach ((string path, PageFile file) in PageFiles.All.Where(file => file.Key.EndsWith(".js", StringComparison.Ordinal)))
        {
            string text = Encoding.UTF8.GetString(file.In(""));
            foreach (Match match in Imported().Matches(text))
            {
                Uri named = new(new Uri("http://page/" + path), match.Groups[1].Value);
                Assert.Contains(named.AbsolutePath[1..], PageFiles.All.Keys);
            }

            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function", text);
            Assert.True(text.Split('\n').Length <= 300, path + " has more than 300 lines.");
        }
    }

    [GeneratedRegex("""(?:href|src)="page/([^"]+)["]""")]
    private static partial Regex Named();

    [GeneratedRegex("""import (?:.* from )?'([^']+)'""")]
    private static partial Regex Imported();
}
