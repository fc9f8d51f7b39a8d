/** @typedef {import('./types.js').Span} Span */
/** @typedef {number[][]} Matrix [target][source] */

/** The mark of a space in a piece. */
const space = '\u2581';

/**
 * Finds where the pieces of a text stand in it. A piece that the tokenizer wrote differently (another form of a letter) takes as many
 * characters as it has; marks such as the end of the sentence take none.
 * @param {string[]} pieces
 * @param {string} text
 * @returns {Span[]}
 */
export function locate(pieces, text) {
  let at = 0;
  return pieces.map((piece) => {
    const bare = piece.replaceAll(space, ' ').trimStart();
    while (at < text.length && /\s/u.test(text[at])) at++;
    if (bare === '' || at >= text.length || /^<[^<>]+>$/u.test(piece)) return { start: at, length: 0 };
    const near = text.indexOf(bare, at);
    const start = near >= 0 && near - at <= 2 ? near : at;
    const length = Math.min(bare.length, text.length - start);
    at = start + length;
    return { start, length };
  });
}

/**
 * Means the weights of layers and heads.
 * @param {number[][][][]} layers [layer][head][target][source]
 * @param {number|null} layer null for all
 * @param {number|null} head null for all
 * @returns {Matrix}
 */
export function meanOf(layers, layer, head) {
  const chosen = (layer === null ? layers : [layers[layer]]).flatMap((heads) => (head === null ? heads : [heads[head]]));
  return chosen[0].map((row, target) => row.map((_, source) => sum(chosen.map((matrix) => matrix[target][source])) / chosen.length));
}

/**
 * Turns weights between pieces into weights between words: what a source word gets is the sum over its pieces, and a target word's row is
 * the mean over its pieces.
 * @param {Matrix} matrix
 * @param {Span[]} targetPieces
 * @param {Span[]} sourcePieces
 * @param {Span[]} targetWords
 * @param {Span[]} sourceWords
 * @returns {Matrix} [target word][source word]
 */
export function betweenWords(matrix, targetPieces, sourcePieces, targetWords, sourceWords) {
  const sourcesOf = sourceWords.map((word) => inside(sourcePieces, word));
  return targetWords.map((word) => {
    const rows = inside(targetPieces, word);
    return sourcesOf.map((columns) => (rows.length === 0 ? 0 : sum(rows.map((row) => sum(columns.map((column) => matrix[row][column])))) / rows.length));
  });
}

/**
 * Brings weights to 0 to 1 by the largest, and forgets what is too faint to show.
 * @param {number[]} weights
 * @returns {number[]}
 */
export function lit(weights) {
  const largest = Math.max(...weights, 0);
  return weights.map((weight) => (largest < 0.02 || weight < largest * 0.15 ? 0 : weight / largest));
}

/** @param {Span[]} pieces @param {Span} word @returns {number[]} */
const inside = (pieces, word) =>
  pieces.flatMap((piece, index) => (piece.length > 0 && piece.start < word.start + word.length && word.start < piece.start + piece.length ? [index] : []));

/** @param {number[]} numbers @returns {number} */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
