import { make, percent } from '../shared/dom.js';
import { levelNames, levelOf } from './words.js';

/**
 * Shows how probable each piece of the translation was: a bar each, in the order of the text.
 * @param {HTMLElement} place
 * @param {import('./types.js').Result|null} result
 */
export function showConfidence(place, result) {
  if (result === null) {
    place.replaceChildren(make('p.quiet', { textContent: 'Once there is a translation, its pieces stand here, each with the probability the model gave it.' }));
    return;
  }
  if (result.tokens.length === 0) {
    place.replaceChildren(make('p.quiet', { textContent: 'The server gave no probabilities for this translation.' }));
    return;
  }
  place.replaceChildren(summary(result), make('ol.pieces', { 'aria-label': 'Pieces of the translation', tabIndex: 0 }, ...result.tokens.map(piece)));
}

/** @param {import('./types.js').Result} result */
function summary({ tokens, score }) {
  const sure = tokens.filter((token) => Math.exp(token.log_probability) >= 0.8).length;
  const least = tokens.reduce((worst, token) => (token.log_probability < worst.log_probability ? token : worst));
  return make('p', {}, `The model was sure of ${sure} of ${tokens.length} pieces and least sure of `, make('b', { textContent: bare(least.piece) }),
    ` (${percent(Math.exp(least.log_probability))}).`, score === null ? null : ` Score of the whole: ${score.toFixed(3)}.`);
}

/** @param {import('./types.js').Token} token */
function piece(token) {
  const share = Math.exp(token.log_probability);
  const bar = make('span.bar', { 'aria-hidden': 'true' });
  bar.style.setProperty('--share', share.toFixed(3));
  bar.dataset.level = levelOf(share);
  const inner = token.piece.startsWith('\u2581') ? '' : ' inner';
  return make('li', { title: levelNames[levelOf(share)] }, make('span.share', { textContent: percent(share) }), bar,
    make('span', { className: `piece${inner}`, textContent: bare(token.piece) }), make('span.unseen', { textContent: `, ${levelNames[levelOf(share)]}` }));
}

/** @param {string} text a piece with the mark of a space */
const bare = (text) => text.replaceAll('\u2581', ' ').trim() || '␣';
