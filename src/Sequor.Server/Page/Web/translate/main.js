import { ask, ApiFault } from '../shared/api.js';
import { copy } from '../shared/copy.js';
import { byId } from '../shared/dom.js';
import { tabs } from '../shared/tabs.js';
import { Alternatives } from './alternatives.js';
import { AttentionPanel } from './attention-panel.js';
import { showConfidence } from './confidence-panel.js';
import { Files } from './files.js';
import { GlossaryPanel } from './glossary-panel.js';
import { Links } from './links.js';
import { showModel } from './model-panel.js';
import { detect, languageName, sourceOf, targetOf } from './models.js';
import { Notice } from './notice.js';
import { OthersPanel } from './others-panel.js';
import { fromHash, toHash } from './permalink.js';
import { Pickers } from './pickers.js';
import { SearchPanel } from './search-panel.js';
import { SourceView } from './source-view.js';
import { TargetView } from './target-view.js';
import { Translation } from './translation.js';

/** @typedef {import('./types.js').Model} Model */

/** @type {HTMLTextAreaElement} */
const field = byId('source-text');
const notice = new Notice(byId('notice'));
const pickers = new Pickers({ source: byId('from'), target: byId('to'), model: byId('model'), swap: byId('swap') });
const source = new SourceView(field, byId('source-words'));
const target = new TargetView(byId('target-text'));
const links = new Links(source, target, byId('readout'));
const attention = new AttentionPanel(byId('panel-attention'), links);
const search = new SearchPanel(byId('search'));
const glossary = new GlossaryPanel({
  rows: byId('glossary-rows'), add: byId('glossary-add'), open: byId('glossary-open'),
  save: byId('glossary-save'), clear: byId('glossary-clear'), note: byId('glossary-note'),
});
const translation = new Translation(modelFor, () => ({ tokens: true, glossary: search.keepsTerms ? glossary.terms : undefined, ...search.options }));
const others = new OthersPanel(byId('panel-others'), () => ({ glossary: glossary.terms }), (result, sentence, output) => translation.put(result, sentence, output));
const alternatives = new Alternatives(byId('alternatives'), (sentence, prefix) => translation.goOn(sentence, prefix), (mark) => target.hold(mark));
let limit = 0;
let panel = 'attention';
let card = new AbortController();
/** @type {Promise<void>|null} */
let reading = null;

/**
 * The model for a text: the chosen one, or the one for the language that the server finds in it.
 * @param {string} input
 * @param {AbortSignal} signal
 * @returns {Promise<Model>}
 */
async function modelFor(input, signal) {
  if (pickers.model === null) await readModels();
  if (pickers.detecting) {
    const [found] = await ask('detect', { q: input }, signal);
    const model = pickers.detected(found.language);
    byId('detected').textContent = model === null ? `${languageName(found.language)}: no model for it` : `Detected: ${languageName(found.language)}`;
    if (model !== null) chosen();
  }
  if (pickers.model === null) throw new ApiFault('missing', 'The server has no model to translate with.');
  return pickers.model;
}

/** Reads which models there are. Who wants to know while they are being read waits for the same answer, so that it comes only once. */
function readModels() {
  reading ??= ask('v1/models').then(({ models }) => {
    pickers.offer(models);
    chosen();
  }).finally(() => {
    reading = null;
  });
  return reading;
}

/** Makes the page fit the chosen model. */
function chosen() {
  const { model } = pickers;
  if (model === null) return;
  field.lang = sourceOf(model);
  byId('target-text').lang = targetOf(model);
  glossary.take(model.id);
  if (!pickers.detecting) byId('detected').textContent = '';
  if (panel === 'model') showCard();
}

function showCard() {
  card.abort();
  card = new AbortController();
  if (pickers.model !== null) showModel(byId('panel-model'), pickers.model, card.signal);
}

/** Shows how the translation stands. */
function show() {
  const { status, text, result, fault, retryIn } = translation.state;
  const output = byId('output');
  output.dataset.status = status;
  output.setAttribute('aria-busy', String(status === 'waiting' || status === 'streaming'));
  byId('stop-press').textContent = status === 'waiting' ? 'Translating…' : '';
  if (fault === null) notice.clear();
  else notice.show(fault, retryIn, () => translation.now(field.value));
  if (status === 'waiting') return;
  alternatives.close();
  if (result !== null && status !== 'streaming') {
    target.show(result, targetOf(result.model));
    source.lay(result.input === field.value ? result.input : '', sourceOf(result.model));
  } else target.stream(status === 'failed' ? '' : text);
  if (status !== 'streaming') settle();
}

/** Brings everything round the translation up to date. */
function settle() {
  const { status, result } = translation.state;
  byId('said').textContent = status === 'done' ? result?.text ?? '' : '';
  byId('copy').disabled = byId('link').disabled = result === null;
  byId('speed').textContent = result === null ? '' : speedOf(result);
  byId('remark').textContent = result === null ? '' : remarkOf(result);
  links.take(result);
  glossary.report(result?.glossary ?? [], search.keepsTerms ? result?.input ?? '' : '');
  showConfidence(byId('panel-confidence'), result);
  if (panel === 'attention') showAttention();
  if (panel === 'others') others.show(result);
}

function showAttention() {
  if (pickers.model?.has_attention === false) attention.none();
  else attention.show();
}

/** @param {import('./types.js').Result} result */
function speedOf({ seconds, tokens }) {
  const time = seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
  return tokens.length === 0 ? time : `${time} · ${tokens.length} pieces`;
}

/** @param {import('./types.js').Result} result */
function remarkOf({ cut, unfinished }) {
  if (cut) return 'A sentence was too long for the model, which read only its beginning.';
  return unfinished ? 'The translation was ended by the length limit.' : '';
}

function count() {
  const { length } = field.value;
  byId('count').textContent = limit > 0 && length > limit * 0.8 ? `${length} of ${limit} characters` : `${length} character${length === 1 ? '' : 's'}`;
  byId('count').dataset.over = String(limit > 0 && length > limit);
  byId('clear').disabled = length === 0;
  byId('empty').hidden = length > 0;
}

/** Takes what is in the field. @param {boolean} [atOnce] */
function typed(atOnce = false) {
  count();
  source.lay('', '');
  links.clear();
  if (limit > 0 && field.value.length > limit) {
    translation.now('');
    notice.show(new ApiFault('large', `This server takes up to ${limit} characters; the text has ${field.value.length}.`), 0, () => translation.now(field.value));
    return;
  }
  if (atOnce || field.value.trim() === '') translation.now(field.value);
  else translation.soon(field.value);
}

/** @param {string} text */
function put(text) {
  field.value = text;
  typed(true);
}

function followLink() {
  const linked = fromHash(location.hash);
  if (linked === null) return;
  if (linked.model !== '') pickers.choose(linked.model);
  if (linked.text !== '') put(linked.text);
}

function listen() {
  translation.addEventListener('change', show);
  field.addEventListener('input', () => typed());
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) typed(true);
  });
  pickers.addEventListener('change', () => {
    chosen();
    typed(true);
  });
  byId('swap').addEventListener('click', () => {
    const back = translation.state.text;
    if (!pickers.swap()) return;
    chosen();
    put(back);
  });
  for (const part of [search, glossary]) part.addEventListener('change', () => translation.soon(field.value));
  target.addEventListener('choose', (event) => {
    const index = /** @type {CustomEvent} */ (event).detail;
    const { result } = translation.state;
    const mark = target.markOf(index);
    if (result !== null && mark !== undefined) alternatives.open(result, target.words[index], mark);
  });
  byId('clear').addEventListener('click', () => {
    put('');
    field.focus();
  });
  byId('copy').addEventListener('click', () => copy(byId('copy'), translation.state.text));
  byId('link').addEventListener('click', () => {
    const hash = toHash({ model: pickers.model?.id ?? '', text: field.value });
    history.replaceState(null, '', hash);
    copy(byId('link'), location.href);
  });
  byId('shade').addEventListener('change', () => byId('target-text').classList.toggle('shaded', byId('shade').checked));
  byId('examples').addEventListener('click', (event) => {
    const example = /** @type {HTMLElement} */ (event.target).closest('button');
    if (example !== null) put(example.textContent ?? '');
  });
  window.addEventListener('hashchange', followLink);
  window.addEventListener('online', () => typed(true));
}

async function begin() {
  listen();
  tabs(byId('modes'));
  tabs(byId('panels'), (name) => {
    panel = name;
    if (name === 'model') showCard();
    if (name === 'attention') showAttention();
    if (name === 'others') others.show(translation.state.result);
  })('attention');
  new Files({ drop: byId('drop'), field: byId('files'), list: byId('file-list') }, () => ({
    source: pickers.detecting ? detect : byId('from').value,
    target: byId('to').value,
  }));
  count();
  ask('frontend/settings').then((settings) => {
    limit = settings.charLimit > 0 ? settings.charLimit : 0;
    const formats = settings.supportedFilesFormat ?? [];
    byId('files').accept = formats.join(',');
    byId('modes').hidden = settings.filesTranslation === false;
    if (settings.language?.source?.code === detect) pickers.detectFirst();
    byId('formats').textContent = formats.length === 0 ? '' : `Takes ${formats.join(', ')}.`;
    count();
  }).catch(() => {
    // Without the settings nothing is known of limits; the server enforces its own.
  });
  await start();
}

/** Reads the models, and tries again until the server answers. */
async function start() {
  try {
    await readModels();
    notice.clear();
    followLink();
    // What was typed before the models were known, in vain perhaps, or kept by the browser over a reload.
    if (field.value !== '' && ['empty', 'failed'].includes(translation.state.status)) typed(true);
  } catch (fault) {
    const known = fault instanceof ApiFault ? fault : new ApiFault('broken', String(fault));
    const waiting = known.kind === 'key' ? 0 : known.retryAfter || 3;
    const timer = waiting === 0 ? 0 : setTimeout(start, waiting * 1000);
    notice.show(known, waiting, () => {
      clearTimeout(timer);
      start();
    });
  }
}

begin();
