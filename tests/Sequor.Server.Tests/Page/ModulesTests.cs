using System.Text.Json;
using Microsoft.Playwright;

namespace Sequor.Server.Tests.Page;

/// <summary>The modules that have logic, each asked on its own in the browser.</summary>
[Collection(PageCollection.Name)]
public class ModulesTests(Chromium chromium)
{
    [Theory]
    // Server-sent events: any cut, any line end, several data lines, comments, and none before the empty line.
    [InlineData("shared/sse.js", "const r = new m.EventReader(); return ['event: part\\nda', 'ta: {\"a\"', ':1}\\n', '\\n'].flatMap(t => r.push(t))", """[{"event":"part","data":"{\"a\":1}"}]""")]
    [InlineData("shared/sse.js", "const r = new m.EventReader(); return ['data: a\\r', '\\ndata: b\\r\\n\\r\\n', ': nothing\\n\\ndata:c\\n\\n'].flatMap(t => r.push(t))", """[{"event":"message","data":"a\nb"},{"event":"message","data":"c"}]""")]
    [InlineData("shared/sse.js", "return new m.EventReader().push('event: done\\ndata: 1\\n')", "[]")]
    // Faults: the server's sentence where there is one, the status where there is none.
    [InlineData("shared/api.js", "const f = m.faultOf(429, '{\"error\":\"Slowly.\"}', '7'); return [f.kind, f.message, f.retryAfter]", """["limit","Slowly.",7]""")]
    [InlineData("shared/api.js", "const f = m.faultOf(502, '<html>', null); return [f.kind, f.message, f.retryAfter]", """["gone","The server answered with status 502.",0]""")]
    // Pieces in a text: spaces skipped, repeated words in order, marks of no length, a letter that was written differently.
    [InlineData("translate/alignment.js", "return m.locate(['▁the', '▁the', 'n', '</s>'], ' the  then').map(s => [s.start, s.length])", "[[1,3],[6,3],[9,1],[10,0]]")]
    [InlineData("translate/alignment.js", "return m.locate(['▁fi', 'ne'], 'ﬁ ne').map(s => [s.start, s.length])", "[[0,2],[2,2]]")]
    [InlineData("translate/alignment.js", "return m.meanOf([[[[1, 0]], [[0, 1]]], [[[1, 0]], [[1, 0]]]], null, null)", "[[0.75,0.25]]")]
    [InlineData("translate/alignment.js", "return m.meanOf([[[[1, 0]], [[0, 1]]], [[[1, 0]], [[1, 0]]]], 0, 1)", "[[0,1]]")]
    // Two pieces of a source word add up; the two rows of a target word are averaged.
    [InlineData("translate/alignment.js", "const s = (start, length) => ({ start, length }); return m.betweenWords([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]], [s(0, 2), s(2, 2)], [s(0, 1), s(1, 1), s(3, 1)], [s(0, 4)], [s(0, 2), s(3, 1)])", "[[0.625,0.375]]")]
    [InlineData("translate/alignment.js", "return m.lit([0.5, 0.25, 0.05])", "[1,0.5,0]")]
    [InlineData("translate/alignment.js", "return m.lit([0.01, 0.005])", "[0,0]")]
    // Words and their confidence: the product of the pieces.
    [InlineData("translate/words.js", "return m.wordsOf('Wo ist’s?', 'de').map(w => w.text + (w.spoken ? '+' : '-'))", """["Wo+"," -","ist’s+","?-"]""")]
    [InlineData("translate/words.js", "return m.confidenceOf({ start: 0, length: 6 }, [{ start: 0, length: 3, log_probability: Math.log(0.5) }, { start: 3, length: 3, log_probability: Math.log(0.5) }, { start: 6, length: 1, log_probability: -9 }]).toFixed(3)", "\"0.250\"")]
    [InlineData("translate/words.js", "return [0.8, 0.79, 0.5, 0.2, 0.19].map(m.levelOf)", """["sure","fair","fair","unsure","guess"]""")]
    // What differs between two translations.
    [InlineData("translate/diff.js", "return m.newWords(['a', 'x', 'c', 'd'], ['a', 'b', 'c'])", "[false,true,false,true]")]
    [InlineData("translate/diff.js", "return m.newWords(['a'], [])", "[true]")]
    // Glossaries as TSV: there and back, a byte order mark, comments, and lines that are neither.
    [InlineData("translate/glossary.js", "return m.fromTsv('\\ufeff# mine\\r\\nred\\trot\\r\\n\\r\\nblue\\nC #\\tCis\\n')", """{"entries":[{"term":"red","translation":"rot"},{"term":"C #","translation":"Cis"}],"faults":["Line 4 needs a term, a tab and a translation."]}""")]
    [InlineData("translate/glossary.js", "return m.toTsv([{ term: 'a\\tb', translation: ' c\\n' }])", "\"a b\\tc\\n\"")]
    [InlineData("translate/glossary.js", "return m.asTerms([{ term: 'a', translation: '' }]) ?? 'none'", "\"none\"")]
    // Links to the page.
    [InlineData("translate/permalink.js", "return m.fromHash(m.toHash({ model: 'en-de', text: 'a & b = c\\n#' }))", """{"model":"en-de","text":"a & b = c\n#"}""")]
    [InlineData("translate/permalink.js", "return m.fromHash('#elsewhere')", "null")]
    // Models: a pair chooses the first that fits, one that failed never, and the way back needs both ends.
    [InlineData("translate/models.js", "const t = (id, s, e, state = 'ready') => ({ id, source_language: s, target_language: e, state }); const l = [t('x', 'en', 'de', 'failed'), t('a', 'en', 'de'), t('b', 'en', 'fr'), t('c', 'fr', 'en')]; return [m.choose(l, 'en', 'de', null).id, m.choose(l, 'en', 'zh', null).id, m.choose(l, 'zh', 'en', null), m.wayBack(l, l[2]).id, m.wayBack(l, l[1]), m.targets(l, 'en')]", """["a","a",null,"c",null,["de","fr"]]""")]
    // A sentence replaced by a longer one moves what comes after it.
    [InlineData("translate/result.js", "const s = (start, length) => ({ start, length }); const t = (start) => ({ piece: 'p', start, length: 1 }); const r = m.withSentence({ text: 'A. B. C.', sentences: [0, 3, 6].map(at => ({ source: s(at, 2), target: s(at, 2) })), tokens: [t(0), t(3), t(6)] }, 1, { text: 'Bbb.', tokens: [t(0), t(3)] }); return [r.text, r.sentences.map(x => [x.target.start, x.target.length]), r.tokens.map(x => x.start)]", """["A. Bbb. C.",[[0,2],[3,4],[8,2]],[0,3,6,8]]""")]
    // Where an alternative leads: after a space, without one, and with a text that does not begin as asked.
    [InlineData("translate/alternatives.js", "return [['Wo ist', 'der', 'Wo ist der Zug?'], ['我', '喜欢', '我喜欢茶'], ['', 'Wo', 'Wo ist er?'], ['Wo', 'war', 'wo war']].map(([p, continuation, text]) => m.begunWith(p, { continuation, text }))", """["Wo ist der","我喜欢","Wo","Wo war"]""")]
    // The API's page: lines for a shell, examples and names of types.
    [InlineData("explorer/curl.js", "return m.curlOf({ method: 'POST', url: 'http://h/v1', headers: { Authorization: 'Bearer x' }, json: '{ \"a\": \"it\\'s\" }' })", """
        "curl http://h/v1 -H \"Authorization: Bearer $SEQUOR_KEY\" -d '{\"a\":\"it'\\''s\"}'"
        """)]
    [InlineData("explorer/curl.js", "return m.curlOf({ method: 'POST', url: 'http://h/u', headers: {} })", "\"curl -X POST http://h/u\"")]
    [InlineData("explorer/schema.js", "const d = { components: { schemas: { A: { type: 'object', required: ['b'], properties: { b: { type: ['null', 'integer'] }, c: { type: 'string' } } } } } }; const s = { type: 'array', items: { $ref: '#/components/schemas/A' } }; return [m.exampleOf(d, s), m.typeName(d, s), m.typeName(d, { oneOf: [{ type: 'string' }, { type: 'null' }, { type: 'array', items: { type: 'string' } }] })]", """[[{"b":1}],"array of object","string or array of string"]""")]
    public async Task A_module_does_what_it_says(string module, string body, string expected)
    {
        IPage page = await PageAsync();
        string actual = await page.EvaluateAsync<string>(
            "async ([module, body]) => JSON.stringify(await new (Object.getPrototypeOf(async () => {}).constructor)('m', body)(await import('/page/' + module)))",
            new[] { module, body });
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(actual)), actual);
    }

    private async Task<IPage> PageAsync()
    {
        if (chromium.Blank is null)
        {
            IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { BypassCSP = true });
            PageHost host = await PageHost.StartAsync();
            chromium.Blank = (host, await context.NewPageAsync());
            await chromium.Blank.Value.Page.GotoAsync(host.Address + "page/icon.svg");
        }

        return chromium.Blank.Value.Page;
    }
}
