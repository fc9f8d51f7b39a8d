import { make } from '../shared/dom.js';
import { newWords } from './diff.js';
import { wordsOf } from './words.js';

/** @typedef {import('./types.js').Result} Result */

/**
 * Shows the other translations that the search kept; words that the first does not have stand out.
 * @param {HTMLElement} place
 * @param {Result|null} result
 * @param {(hypothesis: import('./types.js').Hypothesis) => void} use puts one of them in the place of the first
 */
export function showOthers(place, result, use) {
  if (result === null) {
    place.replaceChildren(make('p.quiet', { textContent: 'Once there is a translation, the runners-up of the search stand here.' }));
    return;
  }
  const all = result.hypotheses;
  if (all.length < 2) {
    place.replaceChildren(make('p.quiet', { textContent: result.sentences.length > 1
      ? 'Other translations are shown for one sentence at a time. Choose a word of the translation to see what else could stand there.'
      : 'The search kept no other translation. Beam search with more hypotheses finds some: see “Search”.' }));
    return;
  }
  const language = result.model.target_language ?? '';
  const shown = segments(result.text, language);
  place.replaceChildren(make('ol.others', {}, ...all.map((one) => make('li', {},
    make('p.others-text', { dir: 'auto', lang: language }, ...marked(segments(one.text, language), shown)),
    make('span.others-score', { textContent: `score ${one.score.toFixed(3)}` }),
    one.text === result.text
      ? make('span.others-now', { textContent: 'shown above' })
      : make('button.small', { type: 'button', textContent: 'Use', 'aria-label': `Use: ${one.text}`, onclick: () => use(one) })))));
}

/** @param {string} text @param {string} language */
const segments = (text, language) => wordsOf(text, language).map((word) => word.text);

/** @param {string[]} words @param {string[]} others @returns {(string|Node)[]} */
function marked(words, others) {
  const fresh = newWords(words, others);
  return words.map((word, index) => (fresh[index] && word.trim() !== '' ? make('mark', { textContent: word }) : word));
}
