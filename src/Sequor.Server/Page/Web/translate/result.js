/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').Sentence} Sentence */

/**
 * Reads the answer of `/v1/generate` for one input.
 * @param {any} response
 * @param {string} input
 * @param {import('./types.js').Model} model
 * @param {number} seconds
 * @returns {Result}
 */
export function resultOf(response, input, model, seconds) {
  const output = response.outputs[0];
  const best = output.hypotheses?.[0];
  const whole = [{ source: { start: 0, length: input.length }, target: { start: 0, length: output.text.length } }];
  return {
    input,
    text: output.text,
    model,
    sentences: output.sentences?.length > 0 ? output.sentences.map(sentenceOf) : whole,
    tokens: (best?.tokens ?? []).filter((token) => token.length > 0),
    glossary: output.glossary ?? [],
    score: output.score ?? null,
    cut: output.source_was_cut === true,
    unfinished: output.stopped_by === 'max_length',
    seconds,
  };
}

/**
 * @param {{source: [number, number], target: [number, number]}} sentence
 * @returns {Sentence}
 */
const sentenceOf = ({ source, target }) => ({
  source: { start: source[0], length: source[1] },
  target: { start: target[0], length: target[1] },
});

/**
 * The sentence that a place in the input or in the text belongs to.
 * @param {Sentence[]} sentences
 * @param {'source'|'target'} side
 * @param {number} at
 * @returns {number} its index; -1 for none
 */
export function sentenceAt(sentences, side, at) {
  return sentences.findIndex((sentence) => at >= sentence[side].start && at < sentence[side].start + sentence[side].length);
}

/**
 * Puts another translation of one sentence in its place.
 * @param {Result} result
 * @param {number} index the sentence
 * @param {Result} other a result of that sentence alone
 * @returns {Result}
 */
export function withSentence(result, index, other) {
  const { target } = result.sentences[index];
  const end = target.start + target.length;
  const growth = other.text.length - target.length;
  const move = (/** @type {number} */ start) => (start >= end ? start + growth : start);
  return {
    ...result,
    text: result.text.slice(0, target.start) + other.text + result.text.slice(end),
    sentences: result.sentences.map((one, at) => ({
      source: one.source,
      target: at === index ? { start: target.start, length: other.text.length } : { ...one.target, start: move(one.target.start) },
    })),
    tokens: [
      ...result.tokens.filter((token) => token.start < target.start),
      ...other.tokens.map((token) => ({ ...token, start: token.start + target.start })),
      ...result.tokens.filter((token) => token.start >= end).map((token) => ({ ...token, start: token.start + growth })),
    ],
    glossary: result.sentences.length === 1 ? other.glossary : result.glossary,
    score: result.sentences.length === 1 ? other.score : null,
    unfinished: result.unfinished || other.unfinished,
    seconds: other.seconds,
  };
}
