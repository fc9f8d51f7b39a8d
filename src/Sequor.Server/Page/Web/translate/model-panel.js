import { ask } from '../shared/api.js';
import { make } from '../shared/dom.js';
import { curve } from './curve.js';
import { languageName, sourceOf, targetOf } from './models.js';

/** @typedef {import('./types.js').Model} Model */

/**
 * Shows a model's card: what it is for, how good it is, where it fails, what it was made of.
 * @param {HTMLElement} place
 * @param {Model} model
 * @param {AbortSignal} signal
 */
export async function showModel(place, model, signal) {
  place.replaceChildren(make('p.quiet.loading', { textContent: 'Reading the card…' }));
  try {
    const whole = await ask(`v1/models/${encodeURIComponent(model.id)}`, undefined, signal);
    place.replaceChildren(...card(whole, whole.card ?? {}));
  } catch (fault) {
    if (!signal.aborted) place.replaceChildren(make('p.quiet', { textContent: /** @type {Error} */ (fault).message }));
  }
}

/** @param {Model} model @param {any} said */
function card(model, said) {
  return [
    make('h3', { textContent: said.name ?? model.name ?? model.id }),
    make('p.lead', { textContent: said.description ?? '' }),
    facts(model, said),
    list('Where it fails', said.known_failures),
    part('What it is for', said.intended_use && make('p', { textContent: said.intended_use })),
    part('How good it is', scores(said.metrics)),
    part('How it learned', curves(said.curve ?? [])),
    part('What it was made of', data(said.training_data)),
  ].filter((one) => one !== null);
}

/** @param {Model} model @param {any} said */
function facts(model, said) {
  const training = said.training ?? {};
  const rows = [
    ['Languages', model.source_language === null ? null : `${languageName(sourceOf(model))} → ${languageName(targetOf(model))}`],
    ['Parameters', number(model.parameters ?? said.parameters)],
    ['Computes in', model.compute_type],
    ['Licence', said.license],
    ['Training', training.updates && `${number(training.updates)} updates${training.epochs ? `, ${number(training.epochs)} epochs` : ''}${training.minutes ? `, ${number(training.minutes, 1)} minutes` : ''}`],
    ['Training speed', training.target_tokens_per_second && `${number(training.target_tokens_per_second)} target tokens/s`],
    ['Machine', said.machine],
    ['Seed', said.seed],
    ['Weights', said.weights_sha256 && `SHA-256 ${said.weights_sha256.slice(0, 16)}…`],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
  return make('dl.facts', {}, ...rows.map(([name, value]) => make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: String(value) }))));
}

/** @param {any[]|undefined} metrics */
function scores(metrics) {
  if (!metrics?.length) return null;
  return make('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Scores' }, make('table.scores', {},
    make('thead', {}, make('tr', {}, ...['Metric', 'Score', '95% interval', 'Test set', 'Signature'].map((name) => make('th', { textContent: name, scope: 'col' })))),
    make('tbody', {}, ...metrics.map((metric) => make('tr', {},
      make('th', { textContent: metric.name, scope: 'row' }),
      make('td', {}, make('b', { textContent: metric.score.toFixed(2) })),
      make('td', { textContent: metric.low === undefined ? '' : `${metric.low.toFixed(2)} to ${metric.high.toFixed(2)}` }),
      make('td', { textContent: metric.test_set ?? '' }),
      make('td', {}, make('code', { textContent: metric.signature ?? '' })))))));
}

/** @param {any[]} points */
function curves(points) {
  const known = [['loss', 'Validation loss'], ['bleu', 'BLEU'], ['chrf', 'chrF'], ['accuracy', 'Accuracy']];
  const drawn = known
    .map(([key, name]) => ({ name, points: points.filter((point) => Number.isFinite(point[key])).map((point) => ({ update: point.update, value: point[key] })) }))
    .filter((one) => one.points.length > 1);
  return drawn.length === 0 ? null : make('div.curves', {}, ...drawn.map((one) => curve(one.name, one.points, 'update')));
}

/** @param {any[]|undefined} sets */
function data(sets) {
  if (!sets?.length) return null;
  return make('ul.data', {}, ...sets.map((set) => make('li', {},
    make('b', { textContent: set.name }), ` · ${number(set.pairs)} pairs · ${set.license ?? 'licence unknown'}`,
    set.source ? make('p.quiet', { textContent: set.source }) : null)));
}

/** @param {string} title @param {string[]|undefined} items */
const list = (title, items) => part(title, items?.length ? make('ul', {}, ...items.map((item) => make('li', { textContent: item }))) : null);

/** @param {string} title @param {Node|null|undefined|''} content */
const part = (title, content) => (content ? make('section.card-part', {}, make('h4', { textContent: title }), content) : null);

/** @param {number|null|undefined} value @param {number} [digits] */
const number = (value, digits = 0) => (value === null || value === undefined ? null : value.toLocaleString('en', { maximumFractionDigits: digits }));
