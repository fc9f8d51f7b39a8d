// Runs published clients of LibreTranslate, unchanged, against a running server.
// Usage: node libretranslate.mjs http://localhost:5000   (in a folder where the clients are installed; libretranslate.sh does all of it)
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const server = process.argv[2].replace(/\/$/, '');
const english = 'Good morning.';
const german = 'Guten Morgen!';

/** @type {Record<string, () => Promise<void>>} */
const clients = {
  async libretranslate() {
    const { translate } = require('libretranslate');
    assert.equal(await translate({ query: english, source: 'en', target: 'de', apiurl: server }), german);
    assert.equal(await translate({ query: english, target: 'de', apiurl: server }), german);
    assert.deepEqual(await translate({ query: [english, 'Thank you.'], source: 'en', target: 'de', apiurl: server }), [german, 'Danke.']);
  },

  async 'libretranslate-ts'() {
    const { libreTranslate } = require('libretranslate-ts/dist/bundle.cjs.js');
    libreTranslate.setApiEndpoint(server);
    libreTranslate.setApiKey('');
    const languages = await libreTranslate.listLanguages();
    assert.deepEqual(languages.map((language) => language.code), ['en', 'de']);
    assert.ok(languages[0].targets.includes('de'));
    const answer = await libreTranslate.translate(english, 'en', 'de', 2);
    assert.equal(answer.status, 200);
    assert.equal(answer.translatedText, german);
    assert.equal(answer.alternatives.length, 2);
    const detected = await libreTranslate.detect('Wo ist denn hier der Bahnhof?');
    assert.equal(detected.language, 'de');
    assert.ok(detected.confidence > 50 && detected.confidence <= 100);
    assert.match((await libreTranslate.translate(english, 'en', 'xx')).error, /'target' is 'xx'/);
  },

  async 'libretranslate-extended'() {
    const { translate, detectLanguage } = require('libretranslate-extended');
    const settings = { provider: 'libretranslate', baseUrl: server };
    assert.equal(await translate({ query: english, source: 'en', target: 'de' }, settings), german);
    assert.equal(await translate({ query: 'Where is the station?', target: 'de' }, settings), 'Wo ist der Bahnhof?');
    assert.deepEqual(await translate({ query: [english, 'Thank you.'], source: 'en', target: 'de' }, settings), [german, 'Danke.']);
    assert.equal(await detectLanguage('Where is the station, please?', settings), 'en');
  },

  async translate() {
    const { default: translate } = await import(require.resolve('translate'));
    translate.engine = 'libre';
    translate.url = `${server}/translate`;
    assert.equal(await translate(english, { from: 'en', to: 'de' }), german);
  },

  async anylang() {
    const { LibreTranslateTranslator } = require('anylang/translators/unstable');
    const translator = new LibreTranslateTranslator({ apiHost: `${server}/translate` });
    assert.equal(await translator.translate(english, 'en', 'de'), german);
    assert.deepEqual(await translator.translateBatch([english, 'Thank you.'], 'en', 'de'), [german, 'Danke.']);
  },

  async 'n8n-nodes-libretranslate'() {
    const { LibreTranslate } = require('n8n-nodes-libretranslate/dist/nodes/LibreTranslate/LibreTranslate.node.js');
    const run = async (parameters, file) => (await new LibreTranslate().execute.call(workflow(parameters, file)))[0][0].json;
    const text = { resource: 'translation', operation: 'translate', text: english, sourceLanguage: 'en', targetLanguage: 'de', additionalFields: {} };
    assert.equal((await run(text)).translatedText, german);
    assert.equal((await run({ ...text, additionalFields: { format: 'html', alternatives: 0 }, text: `<p>${english}</p>` })).translatedText, `<p>${german}</p>`);
    assert.equal((await run({ resource: 'language', operation: 'detect', text: 'Wo ist denn hier der Bahnhof?' }))[0].language, 'de');
    assert.equal((await run({ resource: 'language', operation: 'getLanguages' })).languages.length, 2);
    assert.equal((await run({ resource: 'settings', operation: 'getFrontendSettings' })).keyRequired, false);
    const sent = { resource: 'translation', operation: 'translateFile', binaryPropertyName: 'data', sourceLanguage: 'en', targetLanguage: 'de' };
    const { translatedFileUrl } = await run(sent, { name: 'letter.txt', type: 'text/plain', content: `${english}\n` });
    assert.equal(await (await fetch(translatedFileUrl)).text(), `${german}\n`);
  },
};

/** What the n8n node finds around it: its parameters, and a way to send requests. */
function workflow(parameters, file) {
  return {
    getInputData: () => [{ json: {} }],
    getCredentials: async () => ({ url: server, apiKey: '' }),
    getNodeParameter: (name) => parameters[name],
    continueOnFail: () => false,
    getNode: () => ({ name: 'LibreTranslate' }),
    helpers: {
      assertBinaryData: () => ({ fileName: file.name, mimeType: file.type }),
      getBinaryDataBuffer: async () => Buffer.from(file.content),
      returnJsonArray: (items) => items,
      request: async ({ method, url, body, formData, qs }) => {
        const address = qs && Object.keys(qs).length > 0 ? `${url}?${new URLSearchParams(qs)}` : url;
        const response = await fetch(address, {
          method,
          headers: body ? { 'Content-Type': 'application/json' } : {},
          body: formData ? form(formData) : body && JSON.stringify(body),
        });
        const answer = await response.json();
        if (!response.ok) throw new Error(answer.error);
        return answer;
      },
    },
  };
}

/** A form in parts, of fields and one file. */
function form(fields) {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') made.append(name, value);
    else made.append(name, new Blob([value.value], { type: value.options.contentType }), value.options.filename);
  }
  return made;
}

let failed = 0;
for (const [name, run] of Object.entries(clients)) {
  const { version } = JSON.parse(await (await import('node:fs/promises')).readFile(path.join(process.cwd(), 'node_modules', name, 'package.json'), 'utf8'));
  try {
    await run();
    console.log(`ok      ${name} ${version}`);
  } catch (fault) {
    failed++;
    console.log(`FAILED  ${name} ${version}: ${fault?.message ?? fault}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
