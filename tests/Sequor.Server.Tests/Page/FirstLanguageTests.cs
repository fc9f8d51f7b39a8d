using static Microsoft.Playwright.Assertions;

namespace Sequor.Server.Tests.Page;

[Collection(PageCollection.Name)]
public class FirstLanguageTests(Chromium chromium)
{
    [Theory]
    [InlineData("auto", "/", false, "auto")]
    [InlineData("en", "/", false, "en")]
    [InlineData("auto", "/#model=de-en", false, "de")]
    [InlineData("auto", "/", true, "en")]
    public async Task The_source_language_is_found_out_at_first_where_the_server_says_so_and_nothing_was_chosen(string first, string path, bool hasOneModel, string shown)
    {
        await using OpenPage page = await OpenPage.OpenAsync(chromium, new FakeApi { FirstLanguage = first, HasOneModel = hasOneModel }, path);

        await Expect(page.Page.Locator("#formats")).ToHaveTextAsync("Takes .txt, .md.");
        await Expect(page.Page.Locator("#model option")).ToHaveCountAsync(hasOneModel ? 1 : 2);
        await Expect(page.Page.Locator("#from")).ToHaveValueAsync(shown);
    }
}
