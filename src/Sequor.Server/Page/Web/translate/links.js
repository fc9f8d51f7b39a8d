import { make, percent } from '../shared/dom.js';
import { lit } from './alignment.js';
import { Attention, weightsOf } from './attention.js';
import { sentenceAt } from './result.js';

/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./source-view.js').SourceView} SourceView */
/** @typedef {import('./target-view.js').TargetView} TargetView */

/** Lights the words that a word attends to, on whichever side it is pointed at. */
export class Links extends EventTarget {
  /** @type {Attention|null} */
  attention = null;
  /** @type {import('./attention.js').Choice} */
  choice = { layer: null, head: null };
  #turn = 0;

  /**
   * @param {SourceView} source
   * @param {TargetView} target
   * @param {HTMLElement} readout says in words what lights up
   */
  constructor(source, target, readout) {
    super();
    this.source = source;
    this.target = target;
    this.readout = readout;
    source.addEventListener('word', (event) => this.#show('source', /** @type {CustomEvent} */ (event).detail));
    target.addEventListener('word', (event) => this.#show('target', /** @type {CustomEvent} */ (event).detail));
  }

  /**
   * Takes a new translation; null while there is none.
   * @param {Result|null} result
   */
  take(result) {
    this.attention = result === null || result.model.has_attention === false ? null : new Attention(result);
    this.clear();
  }

  /** Puts all lights out. */
  clear() {
    this.#turn++;
    this.source.light(null, -1);
    this.target.light(null, -1);
    this.readout.textContent = this.readout.dataset.empty ?? '';
  }

  /**
   * Lights a pair of words as a cell of the heat map has it.
   * @param {number} sourceIndex
   * @param {number} targetIndex
   */
  pair(sourceIndex, targetIndex) {
    this.#turn++;
    this.source.light(null, sourceIndex);
    this.target.light(null, targetIndex);
  }

  /**
   * @param {'source'|'target'} side
   * @param {number} index
   */
  async #show(side, index) {
    const turn = ++this.#turn;
    const [here, there] = side === 'source' ? [this.source, this.target] : [this.target, this.source];
    if (index < 0 || this.attention === null || here.words[index] === undefined) {
      this.clear();
      return;
    }
    const word = here.words[index];
    const sentence = sentenceAt(this.attention.result.sentences, side, word.start);
    if (sentence < 0) return;
    try {
      const seen = await this.attention.of(sentence);
      if (turn !== this.#turn) return;
      const weights = weightsOf(seen, this.choice, side, word, there.words).map((weight, other) => (there.words[other].spoken ? weight : 0));
      here.light(null, index);
      there.light(lit(weights), -1);
      this.#tell(side, index, weights, there.words);
      this.dispatchEvent(new CustomEvent('sentence', { detail: sentence }));
    } catch (fault) {
      if (turn === this.#turn) this.readout.textContent = /** @type {Error} */ (fault).message;
    }
  }

  /**
   * @param {'source'|'target'} side
   * @param {number} index
   * @param {number[]} weights
   * @param {import('./words.js').Word[]} others
   */
  #tell(side, index, weights, others) {
    const shown = lit(weights);
    const best = weights.map((weight, other) => ({ weight, other })).filter(({ other }) => shown[other] > 0).sort((one, two) => two.weight - one.weight).slice(0, 3);
    const said = best.map(({ weight, other }) => `${others[other].text} ${percent(weight)}`).join(', ');
    const word = (side === 'source' ? this.source : this.target).words[index].text;
    const sentence = said === '' ? 'attends to no word in particular' : side === 'target' ? `attends to ${said}` : `is attended to by ${said}`;
    this.readout.replaceChildren(make('b', { textContent: word }), ` ${sentence}`);
    if (side === 'target') this.target.describe(index, sentence);
  }
}
