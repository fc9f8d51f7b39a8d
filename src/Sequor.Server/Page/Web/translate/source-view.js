import { make } from '../shared/dom.js';
import { wordsOf } from './words.js';

/** @typedef {import('./words.js').Word} Word */

/**
 * The text on the left. Behind the field lies the same text in words of its own, which can light up while the field stays a plain field.
 * Pointing at a word, or moving the caret into it, sends the event `word` with the word's index, or -1.
 */
export class SourceView extends EventTarget {
  /** @type {Word[]} */
  words = [];
  /** @type {HTMLElement[]} */
  #marks = [];
  #at = -1;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} backdrop
   */
  constructor(field, backdrop) {
    super();
    this.field = field;
    this.backdrop = backdrop;
    field.addEventListener('pointermove', (event) => this.#tell(this.#under(event.clientX, event.clientY)));
    field.addEventListener('pointerleave', () => this.#tell(-1));
    field.addEventListener('blur', () => this.#tell(-1));
    field.addEventListener('scroll', () => {
      backdrop.scrollTop = field.scrollTop;
    });
    document.addEventListener('selectionchange', () => {
      if (document.activeElement === field) this.#tell(this.#atCaret());
    });
  }

  /**
   * Lays out the words of the text that was translated; with nothing, there are none until the next translation.
   * @param {string} text
   * @param {string} language
   */
  lay(text, language) {
    this.words = text === '' ? [] : wordsOf(text, language);
    this.#marks = this.words.map((word) => make(word.spoken ? 'span.mark' : 'span', { textContent: word.text }));
    // A field shows an empty last line, a plain element does not; the extra line end makes both the same height.
    this.backdrop.replaceChildren(...this.#marks, '\n');
    this.backdrop.scrollTop = this.field.scrollTop;
    this.#at = -1;
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

  /** @param {number} index */
  #tell(index) {
    if (index === this.#at) return;
    this.#at = index;
    this.dispatchEvent(new CustomEvent('word', { detail: index }));
  }

  /** @param {number} x @param {number} y @returns {number} */
  #under(x, y) {
    const mark = document.elementsFromPoint(x, y).find((element) => element.parentElement === this.backdrop);
    const index = mark === undefined ? -1 : this.#marks.indexOf(/** @type {HTMLElement} */ (mark));
    return index >= 0 && this.words[index].spoken ? index : -1;
  }

  /** @returns {number} */
  #atCaret() {
    const at = this.field.selectionStart;
    return this.words.findIndex((word) => word.spoken && at >= word.start && at <= word.start + word.length);
  }
}
