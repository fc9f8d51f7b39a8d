import { ask } from '../shared/api.js';
import { make, percent } from '../shared/dom.js';
import { sentenceAt } from './result.js';

/** @typedef {import('./types.js').Result} Result */
/** @typedef {{continuation: string, log_probability: number, text: string}} Alternative */

const count = 6;

/** What else could stand at a word: a small window beside it. Choosing goes on from there. */
export class Alternatives {
  /** @type {AbortController|null} */
  #asking = null;
  /** @type {HTMLElement|null} */
  #mark = null;

  /**
   * @param {HTMLElement} place the window
   * @param {(sentence: number, prefix: string) => void} choose goes on from a beginning of a sentence's translation
   * @param {(mark: HTMLElement|null) => void} hold told the word that the window stands at, and null when it closes
   */
  constructor(place, choose, hold) {
    this.place = place;
    this.choose = choose;
    this.hold = hold;
    place.addEventListener('keydown', (event) => this.#key(event));
    // Not `toggle`, which comes later: an answer between the two would open the window again.
    place.addEventListener('beforetoggle', (event) => {
      if (/** @type {ToggleEvent} */ (event).newState !== 'closed') return;
      this.#asking?.abort();
      this.hold(null);
    });
    window.addEventListener('resize', () => this.close());
  }

  /**
   * Opens the window at a word.
   * @param {Result} result
   * @param {import('./types.js').Span & {text: string}} word
   * @param {HTMLElement} mark the word on the page
   */
  async open(result, word, mark) {
    const index = sentenceAt(result.sentences, 'target', word.start);
    if (index < 0) return;
    const { source, target } = result.sentences[index];
    const input = result.input.slice(source.start, source.start + source.length);
    const prefix = result.text.slice(target.start, word.start).trimEnd();
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#mark = mark;
    this.#fill(word.text, make('p.quiet.loading', { textContent: 'Looking for other words…' }));
    this.#place(mark);
    this.hold(mark);
    let content;
    try {
      const { alternatives } = await ask('v1/alternatives', { model: result.model.id, input, prefix, count }, asking.signal);
      content = this.#list(alternatives, index, prefix);
    } catch (fault) {
      content = make('p.quiet', { textContent: /** @type {Error} */ (fault).message });
    }
    if (asking.signal.aborted) return;
    this.#fill(word.text, content);
    this.#place(mark);
    /** @type {HTMLElement|null} */ (this.place.querySelector('button'))?.focus();
  }

  /** Closes the window. */
  close() {
    if (this.place.matches(':popover-open')) this.place.hidePopover();
  }

  /** @param {string} word @param {Node} content */
  #fill(word, content) {
    const close = make('button.plain.close', { type: 'button', textContent: '×', 'aria-label': 'Close', onclick: () => this.#leave() });
    this.place.replaceChildren(make('p.alternatives-title', {}, 'In place of ', make('b', { textContent: word })), content, close);
  }

  /**
   * @param {Alternative[]} alternatives
   * @param {number} index
   * @param {string} prefix
   */
  #list(alternatives, index, prefix) {
    if (alternatives.length === 0) return make('p.quiet', { textContent: 'The model offers nothing else here.' });
    const take = (/** @type {Alternative} */ alternative) => {
      this.close();
      this.choose(index, begunWith(prefix, alternative));
    };
    return make('ul.alternatives-list', {}, ...alternatives.map((one) => make('li', {}, make('button.plain', { type: 'button', onclick: () => take(one) },
      make('span.alternatives-words', {}, make('b', { textContent: one.continuation.trim() || '(ends here)' }), make('i', { textContent: rest(prefix, one) })),
      make('span.alternatives-share', { textContent: percent(Math.exp(one.log_probability)) })))));
  }

  /** @param {HTMLElement} mark */
  #place(mark) {
    if (!this.place.matches(':popover-open')) this.place.showPopover();
    const at = mark.getBoundingClientRect();
    const own = this.place.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - own.width - 8));
    const below = at.bottom + 6 + own.height <= window.innerHeight || at.top < own.height;
    this.place.style.left = `${left + window.scrollX}px`;
    this.place.style.top = `${(below ? at.bottom + 6 : at.top - own.height - 6) + window.scrollY}px`;
  }

  #leave() {
    this.close();
    this.#mark?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const buttons = /** @type {HTMLElement[]} */ ([...this.place.querySelectorAll('.alternatives-list button')]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#leave();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      buttons[(at + (event.key === 'ArrowDown' ? 1 : -1) + buttons.length) % buttons.length]?.focus();
    }
  }
}

/**
 * The beginning of the translation that an alternative stands for.
 * @param {string} prefix what it goes on from
 * @param {Alternative} alternative
 * @returns {string}
 */
export function begunWith(prefix, { continuation, text }) {
  const word = continuation.trim();
  const at = text.indexOf(word, prefix.length);
  const goesOn = text.startsWith(prefix) && at >= 0 && text.slice(prefix.length, at).trim() === '';
  return goesOn ? text.slice(0, at + word.length) : `${prefix}${prefix === '' ? '' : ' '}${word}`;
}

/**
 * How a translation would go on after an alternative.
 * @param {string} prefix
 * @param {Alternative} alternative
 * @returns {string}
 */
function rest(prefix, alternative) {
  const begun = begunWith(prefix, alternative);
  return alternative.text.startsWith(begun) ? alternative.text.slice(begun.length) : '';
}
