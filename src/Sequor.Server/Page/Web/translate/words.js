/** @typedef {import('./types.js').Span} Span */
/** @typedef {import('./types.js').Token} Token */
/** @typedef {Span & {text: string, spoken: boolean}} Word `spoken` is false for spaces and punctuation */

/**
 * Cuts a text into words and what lies between them; laid end to end they are the text.
 * @param {string} text
 * @param {string} language a code, or nothing
 * @returns {Word[]}
 */
export function wordsOf(text, language) {
  return [...segmenter(language).segment(text)].map(({ segment, index, isWordLike }) => ({
    text: segment,
    start: index,
    length: segment.length,
    spoken: isWordLike === true,
  }));
}

/** @param {string} language */
function segmenter(language) {
  try {
    return new Intl.Segmenter(language === '' ? undefined : language, { granularity: 'word' });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: 'word' });
  }
}

/**
 * @param {Span} one
 * @param {Span} other
 * @returns {boolean} whether they share a character
 */
export const overlaps = (one, other) => one.start < other.start + other.length && other.start < one.start + one.length;

/**
 * How probable the model found a word: the product of its pieces' probabilities.
 * @param {Span} word
 * @param {Token[]} tokens
 * @returns {number|null} 0 to 1; null where no piece is known
 */
export function confidenceOf(word, tokens) {
  const own = tokens.filter((token) => overlaps(token, word));
  return own.length === 0 ? null : Math.exp(own.reduce((sum, token) => sum + token.log_probability, 0));
}

/**
 * Confidence in words, for the shading and for those who do not see it.
 * @param {number} confidence 0 to 1
 * @returns {'sure'|'fair'|'unsure'|'guess'}
 */
export function levelOf(confidence) {
  if (confidence >= 0.8) return 'sure';
  if (confidence >= 0.5) return 'fair';
  return confidence >= 0.2 ? 'unsure' : 'guess';
}

/** What the levels are called. */
export const levelNames = { sure: 'sure', fair: 'fairly sure', unsure: 'unsure', guess: 'a guess' };
