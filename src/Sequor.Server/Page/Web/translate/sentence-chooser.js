import { make } from '../shared/dom.js';

/**
 * Lets one of several sentences be chosen.
 * @param {number} count
 * @param {number} chosen
 * @param {(sentence: number) => void} choose
 * @returns {HTMLElement|null} null where there is only one
 */
export function sentenceChooser(count, chosen, choose) {
  if (count < 2) return null;
  const options = Array.from({ length: count }, (_, index) => make('option', { value: String(index), textContent: `Sentence ${index + 1} of ${count}` }));
  const field = /** @type {HTMLSelectElement} */ (make('select', { 'aria-label': 'Sentence', onchange: () => choose(Number(field.value)) }, ...options));
  field.value = String(chosen);
  return make('p', {}, field);
}
