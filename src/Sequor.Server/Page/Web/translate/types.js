/**
 * What the server says, as far as the page reads it. Positions count UTF-16 units, as strings here do.
 *
 * @typedef {object} Model
 * @property {string} id
 * @property {'ready'|'loading'|'unloaded'|'failed'} state
 * @property {string|null} source_language
 * @property {string|null} target_language
 * @property {string|null} name
 * @property {number|null} parameters
 * @property {string|null} compute_type
 * @property {boolean|null} has_attention null while the model is not loaded
 * @property {boolean} [default]
 *
 * @typedef {{start: number, length: number}} Span
 * @typedef {{piece: string, log_probability: number, start: number, length: number}} Token
 * @typedef {{text: string, score: number, tokens?: Token[]}} Hypothesis one of several outputs
 * @typedef {{term: string, translation: string, met: boolean}} TermReport
 *
 * @typedef {object} Sentence one sentence and what became of it
 * @property {Span} source
 * @property {Span} target
 *
 * @typedef {object} Result
 * @property {string} input
 * @property {string} text
 * @property {Model} model
 * @property {Sentence[]} sentences
 * @property {Token[]} tokens in the order of the text; none where the server gave none
 * @property {TermReport[]} glossary
 * @property {number|null} score
 * @property {boolean} cut whether the model read only the beginning
 * @property {boolean} unfinished whether the length limit ended it
 * @property {number} seconds from asking to the whole answer
 *
 * @typedef {object} PairAttention the weights of one sentence pair
 * @property {string[]} source_tokens
 * @property {string[]} target_tokens
 * @property {number[][][][]} layers [layer][head][target piece][source piece]
 */
export {};
