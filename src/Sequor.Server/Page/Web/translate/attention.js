import { ask } from '../shared/api.js';
import { betweenWords, locate, meanOf } from './alignment.js';
import { overlaps } from './words.js';

/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').PairAttention} PairAttention */
/** @typedef {import('./types.js').Span} Span */
/** @typedef {{layer: number|null, head: number|null}} Choice null for all */

/**
 * The weights of one sentence, with the places of its pieces in the whole texts.
 * @typedef {object} Seen
 * @property {PairAttention} pair
 * @property {Span[]} sourcePieces
 * @property {Span[]} targetPieces
 */

/** Asks for the attention of a translation, a sentence at a time and each only once. */
export class Attention {
  /** @type {Map<number, Promise<Seen>>} */
  #known = new Map();

  /** @param {Result} result */
  constructor(result) {
    this.result = result;
  }

  /**
   * @param {number} index the sentence
   * @returns {Promise<Seen>}
   */
  of(index) {
    const known = this.#known.get(index) ?? this.#ask(index);
    this.#known.set(index, known);
    known.catch(() => this.#known.delete(index));
    return known;
  }

  /** @param {number} index @returns {Promise<Seen>} */
  async #ask(index) {
    const { input, text, sentences, model } = this.result;
    const { source, target } = sentences[index];
    const sourceText = input.slice(source.start, source.start + source.length);
    const targetText = text.slice(target.start, target.start + target.length);
    const pair = await ask('v1/attention', { model: model.id, source: sourceText, target: targetText });
    return {
      pair,
      sourcePieces: shifted(locate(pair.source_tokens, sourceText), source.start),
      targetPieces: shifted(locate(pair.target_tokens, targetText), target.start),
    };
  }
}

/**
 * What a word attends to, or what attends to it.
 * @param {Seen} seen
 * @param {Choice} choice
 * @param {'source'|'target'} side where the word stands
 * @param {Span} word
 * @param {Span[]} others the words of the other side
 * @returns {number[]} a weight for each of the others
 */
export function weightsOf(seen, choice, side, word, others) {
  const matrix = meanOf(seen.pair.layers, choice.layer, choice.head);
  return side === 'target'
    ? betweenWords(matrix, seen.targetPieces, seen.sourcePieces, [word], others)[0]
    : betweenWords(matrix, seen.targetPieces, seen.sourcePieces, others, [word]).map((row) => row[0]);
}

/**
 * @param {Span[]} words
 * @param {Span} piece
 * @returns {number} the first word that a piece belongs to; -1 for none
 */
export const wordOf = (words, piece) => words.findIndex((word) => overlaps(word, piece));

/** @param {Span[]} spans @param {number} by @returns {Span[]} */
const shifted = (spans, by) => spans.map((span) => ({ start: span.start + by, length: span.length }));
