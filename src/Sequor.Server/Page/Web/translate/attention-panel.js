import { make, percent } from '../shared/dom.js';
import { meanOf } from './alignment.js';
import { wordOf } from './attention.js';
import { bare, heatMap, stamp } from './heat-map.js';
import { sentenceChooser } from './sentence-chooser.js';

/** @typedef {import('./attention.js').Seen} Seen */

/** The attention of one sentence by layer and head: stamps to choose from, and the chosen one large. */
export class AttentionPanel {
  #sentence = 0;
  #turn = 0;

  /**
   * @param {HTMLElement} place
   * @param {import('./links.js').Links} links whose choice of layer and head this panel sets
   */
  constructor(place, links) {
    this.place = place;
    this.links = links;
    links.addEventListener('sentence', (event) => this.#follow(/** @type {CustomEvent} */ (event).detail));
  }

  /** Shows the present translation. */
  async show() {
    const turn = ++this.#turn;
    const { attention } = this.links;
    if (attention === null) {
      this.#say('Once there is a translation, this map shows which pieces of the source each piece of it looked at, layer by layer and head by head.');
      return;
    }
    this.#sentence = Math.min(this.#sentence, attention.result.sentences.length - 1);
    if (this.place.querySelector('.heat') === null) this.#say('Reading the attention…', 'loading');
    try {
      const seen = await attention.of(this.#sentence);
      if (turn === this.#turn) this.#draw(seen, attention.result.sentences.length);
    } catch (fault) {
      if (turn === this.#turn) this.#say(/** @type {Error} */ (fault).message);
    }
  }

  /** Shows why there is nothing to show for a model. */
  none() {
    this.#turn++;
    this.#say('This model has no attention to show.');
  }

  /** @param {number} sentence the one that is pointed at or chosen */
  #follow(sentence) {
    if (sentence === this.#sentence || this.place.hidden) return;
    this.#sentence = sentence;
    this.show();
  }

  /** @param {string} text @param {string} [kind] */
  #say(text, kind = '') {
    this.place.replaceChildren(make('p', { className: `quiet ${kind}`, textContent: text }));
  }

  /** @param {Seen} seen @param {number} sentences */
  #draw(seen, sentences) {
    const { layers, source_tokens: sources, target_tokens: targets } = seen.pair;
    const choice = this.#fitting(layers);
    const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.stamp;
    const said = make('p.heat-said', { 'aria-live': 'off', textContent: ' ' });
    const map = heatMap(sources, targets, meanOf(layers, choice.layer, choice.head), (target, source) => this.#point(seen, target, source, said));
    this.place.replaceChildren(make('div.attention', {},
      make('div', {}, sentenceChooser(sentences, this.#sentence, (sentence) => this.#follow(sentence)), this.#stamps(layers)),
      make('div.attention-map', {}, make('h3', { textContent: titleOf(choice) }), make('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Heat map' }, map), said)));
    if (focused !== undefined) /** @type {HTMLElement|null} */ (this.place.querySelector(`[data-stamp="${focused}"]`))?.focus();
  }

  /** @param {number[][][][]} layers */
  #fitting(layers) {
    const { choice } = this.links;
    if ((choice.layer ?? 0) >= layers.length || (choice.head ?? 0) >= layers[0].length) this.links.choice = { layer: null, head: null };
    return this.links.choice;
  }

  /** @param {number[][][][]} layers */
  #stamps(layers) {
    const heads = [...layers[0].keys()];
    const column = (/** @type {string} */ name) => make('th', { scope: 'col', textContent: name });
    const row = (/** @type {string} */ name, /** @type {number|null} */ layer) => make('tr', {}, make('th', { scope: 'row', textContent: name }),
      ...[null, ...heads].map((head) => make('td', {}, this.#stamp(layers, layer, head))));
    return make('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Layers and heads' }, make('table.stamps', {},
      make('thead', {}, make('tr', {}, make('td'), column('Mean'), ...heads.map((head) => column(`Head ${head + 1}`)))),
      make('tbody', {}, row('Mean', null), ...layers.map((_, layer) => row(`Layer ${layer + 1}`, layer)))));
  }

  /** @param {number[][][][]} layers @param {number|null} layer @param {number|null} head */
  #stamp(layers, layer, head) {
    const on = this.links.choice.layer === layer && this.links.choice.head === head;
    const button = make('button.stamp', { type: 'button', 'aria-pressed': String(on), 'aria-label': titleOf({ layer, head }), onclick: () => {
      this.links.choice = { layer, head };
      this.show();
    } }, stamp(meanOf(layers, layer, head)));
    button.dataset.stamp = `${layer}-${head}`;
    return button;
  }

  /** @param {Seen} seen @param {number} target @param {number} source @param {HTMLElement} said */
  #point(seen, target, source, said) {
    if (target < 0) {
      this.links.clear();
      said.textContent = '\u00a0';
      return;
    }
    const { layers, source_tokens: sources, target_tokens: targets } = seen.pair;
    const weight = meanOf(layers, this.links.choice.layer, this.links.choice.head)[target][source];
    said.textContent = `${bare(targets[target])} attends to ${bare(sources[source])}: ${percent(weight)}`;
    this.links.pair(wordOf(this.links.source.words, seen.sourcePieces[source]), wordOf(this.links.target.words, seen.targetPieces[target]));
  }
}

/** @param {import('./attention.js').Choice} choice */
function titleOf({ layer, head }) {
  if (layer === null && head === null) return 'Mean of all layers and heads';
  if (layer === null) return `Head ${(head ?? 0) + 1}, mean of all layers`;
  return head === null ? `Layer ${layer + 1}, mean of all heads` : `Layer ${layer + 1}, head ${head + 1}`;
}
