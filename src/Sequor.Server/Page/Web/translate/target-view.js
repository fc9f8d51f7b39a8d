import { make, percent } from '../shared/dom.js';
import { confidenceOf, levelNames, levelOf, wordsOf } from './words.js';

/** @typedef {import('./words.js').Word} Word */

/**
 * The translation on the right: plain text while it comes, words that can be pointed at and chosen once it is there. One word at a time can be
 * reached by Tab; the arrows go on from it. Sends `word` (an index, or -1) and `choose` (an index).
 */
export class TargetView extends EventTarget {
  /** @type {Word[]} */
  words = [];
  /** @type {HTMLElement[]} */
  #marks = [];
  #held = -1;

  /** @param {HTMLElement} place */
  constructor(place) {
    super();
    this.place = place;
    place.addEventListener('pointerover', (event) => this.#point(this.#indexOf(event)));
    place.addEventListener('pointerleave', () => this.#point(-1));
    place.addEventListener('focusin', (event) => this.#point(this.#indexOf(event)));
    place.addEventListener('focusout', () => this.#point(-1));
    place.addEventListener('click', (event) => {
      if (String(getSelection()) === '' && this.#indexOf(event) >= 0) this.#tell('choose', this.#indexOf(event));
    });
    place.addEventListener('keydown', (event) => this.#key(event));
  }

  /**
   * Shows text that is still coming.
   * @param {string} text
   */
  stream(text) {
    this.#held = -1;
    this.words = [];
    this.#marks = [];
    this.place.replaceChildren(text);
  }

  /**
   * Shows a whole translation in words.
   * @param {import('./types.js').Result} result
   * @param {string} language
   */
  show(result, language) {
    this.#held = -1;
    this.words = wordsOf(result.text, language);
    this.#marks = this.words.map((word) => (word.spoken ? this.#mark(word, confidenceOf(word, result.tokens)) : make('span', { textContent: word.text })));
    this.place.replaceChildren(...this.#marks);
    const first = this.#marks.find((mark) => mark.classList.contains('mark'));
    if (first !== undefined) first.tabIndex = 0;
  }

  /**
   * Lights words.
   * @param {number[]|null} weights one for each word, 0 to 1; null puts all out
   * @param {number} chosen the word that is pointed at; -1 for none
   */
  light(weights, chosen) {
    this.#marks.forEach((mark, index) => {
      const weight = weights?.[index] ?? 0;
      mark.classList.toggle('lit', weight > 0);
      mark.classList.toggle('chosen', index === chosen);
      mark.style.setProperty('--weight', weight.toFixed(3));
    });
  }

  /**
   * Tells readers who do not see the light what a word attends to.
   * @param {number} index
   * @param {string} sentence
   */
  describe(index, sentence) {
    this.#marks[index]?.setAttribute('aria-description', sentence);
  }

  /**
   * @param {number} index
   * @returns {HTMLElement|undefined} the word on the page
   */
  markOf(index) {
    return this.#marks[index];
  }

  /**
   * Holds a word: it counts as pointed at for as long as no other is, wherever pointer and focus go.
   * @param {HTMLElement|null} mark the word on the page; null lets go
   */
  hold(mark) {
    this.#held = mark === null ? -1 : this.#marks.indexOf(mark);
    this.#point(this.#marks.indexOf(/** @type {HTMLElement} */ (document.activeElement)));
  }

  /**
   * @param {Word} word
   * @param {number|null} confidence
   */
  #mark(word, confidence) {
    const said = confidence === null ? word.text : `${word.text}, ${levelNames[levelOf(confidence)]}, ${percent(confidence)}`;
    const mark = make('span.mark', { textContent: word.text, role: 'button', tabIndex: -1, 'aria-label': said, 'aria-haspopup': 'dialog' });
    if (confidence !== null) mark.dataset.level = levelOf(confidence);
    return mark;
  }

  /** @param {Event} event */
  #indexOf(event) {
    const mark = /** @type {HTMLElement} */ (event.target).closest('.mark');
    return mark === null ? -1 : this.#marks.indexOf(/** @type {HTMLElement} */ (mark));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#indexOf(event);
    if (at < 0) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#tell('choose', at);
      return;
    }
    const spoken = this.#marks.filter((mark) => mark.classList.contains('mark'));
    const place = spoken.indexOf(this.#marks[at]);
    const forward = getComputedStyle(this.place).direction === 'rtl' ? -1 : 1;
    const to = { ArrowRight: place + forward, ArrowLeft: place - forward, Home: 0, End: spoken.length - 1 }[event.key];
    if (to === undefined || spoken[to] === undefined) return;
    event.preventDefault();
    spoken[place].tabIndex = -1;
    spoken[to].tabIndex = 0;
    spoken[to].focus();
  }

  /** @param {number} index */
  #point(index) {
    this.#tell('word', index < 0 ? this.#held : index);
  }

  /** @param {string} name @param {number} index */
  #tell(name, index) {
    this.dispatchEvent(new CustomEvent(name, { detail: index }));
  }
}
