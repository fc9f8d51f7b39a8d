import { ask } from '../shared/api.js';
import { make } from '../shared/dom.js';
import { newWords } from './diff.js';
import { sentenceChooser } from './sentence-chooser.js';
import { wordsOf } from './words.js';

/** @typedef {import('./types.js').Result} Result */
/** @typedef {import('./types.js').Hypothesis} Hypothesis */

const count = 6;

/** What else a search finds for one sentence; words that the shown translation does not have stand out. */
export class OthersPanel {
  #sentence = 0;
  /** @type {Result|null} */
  #result = null;
  #asking = new AbortController();

  /**
   * @param {HTMLElement} place
   * @param {() => object} options the rest of a request
   * @param {(result: Result, sentence: number, output: any) => void} use puts an output in the place of the shown one
   */
  constructor(place, options, use) {
    this.place = place;
    this.options = options;
    this.use = use;
  }

  /**
   * Shows what else there is for a translation.
   * @param {Result|null} result
   */
  async show(result) {
    this.#asking.abort();
    this.#result = result;
    if (result === null) {
      this.place.replaceChildren(make('p.quiet', { textContent: 'Once there is a translation, what else the search finds stands here.' }));
      return;
    }
    this.#sentence = Math.min(this.#sentence, result.sentences.length - 1);
    const asking = new AbortController();
    this.#asking = asking;
    this.#fill(result, make('p.quiet.loading', { textContent: 'Looking for other translations…' }));
    try {
      const { source } = result.sentences[this.#sentence];
      const input = result.input.slice(source.start, source.start + source.length);
      const response = await ask('v1/generate', { ...this.options(), model: result.model.id, input, decode: 'beam', beam: count, nbest: count, tokens: true, split_sentences: false }, asking.signal);
      this.#fill(result, this.#list(result, response));
    } catch (fault) {
      if (!asking.signal.aborted) this.#fill(result, make('p.quiet', { textContent: /** @type {Error} */ (fault).message }));
    }
  }

  /** @param {Result} result @param {Node} content */
  #fill(result, content) {
    const chooser = sentenceChooser(result.sentences.length, this.#sentence, (sentence) => {
      this.#sentence = sentence;
      this.show(this.#result);
    });
    this.place.replaceChildren(...[chooser, content].filter((one) => one !== null));
  }

  /** @param {Result} result @param {any} response */
  #list(result, response) {
    const { target } = result.sentences[this.#sentence];
    const language = result.model.target_language ?? '';
    const present = result.text.slice(target.start, target.start + target.length);
    const shown = segments(present, language);
    return make('ol.others', {}, ...response.outputs[0].hypotheses.map((/** @type {Hypothesis} */ one) => make('li', {},
      make('p.others-text', { dir: 'auto', lang: language }, ...marked(segments(one.text, language), shown)),
      make('span.others-score', { textContent: `score ${one.score.toFixed(3)}` }),
      one.text === present
        ? make('span.others-now', { textContent: 'shown above' })
        : make('button.small', { type: 'button', textContent: 'Use', 'aria-label': `Use: ${one.text}`, onclick: () => this.use(result, this.#sentence, asOutput(response, one)) }))));
  }
}

/** @param {any} response @param {Hypothesis} hypothesis @returns {any} an answer whose best output is this one */
const asOutput = (response, hypothesis) => ({ ...response, outputs: [{ text: hypothesis.text, score: hypothesis.score, hypotheses: [hypothesis], stopped_by: 'eos' }] });

/** @param {string} text @param {string} language */
const segments = (text, language) => wordsOf(text, language).map((word) => word.text);

/** @param {string[]} words @param {string[]} others @returns {(string|Node)[]} */
function marked(words, others) {
  const fresh = newWords(words, others);
  return words.map((word, index) => (fresh[index] && word.trim() !== '' ? make('mark', { textContent: word }) : word));
}
