/** @typedef {import('./types.js').Model} Model */

/** The source language that stands for "find out". */
export const detect = 'auto';

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * @param {string} code as `de`; empty for models that name no language
 * @returns {string} as `German`
 */
export function languageName(code) {
  if (code === '') return 'Any text';
  if (code === detect) return 'Detect language';
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {Model} model @returns {string} */
export const sourceOf = (model) => model.source_language ?? '';

/** @param {Model} model @returns {string} */
export const targetOf = (model) => model.target_language ?? '';

/** @param {Model[]} models @returns {string[]} every language that something translates from, in the order of the models */
export const sources = (models) => [...new Set(models.map(sourceOf))];

/**
 * @param {Model[]} models
 * @param {string} source
 * @returns {string[]} every language that something translates this one into
 */
export function targets(models, source) {
  return [...new Set(models.filter((model) => source === detect || sourceOf(model) === source).map(targetOf))];
}

/**
 * Chooses a model for a pair of languages: the present one if it fits, else the first that does, else the first from that source.
 * @param {Model[]} models
 * @param {string} source
 * @param {string} target
 * @param {Model|null} present
 * @returns {Model|null}
 */
export function choose(models, source, target, present) {
  const usable = models.filter((model) => model.state !== 'failed');
  const fits = (/** @type {Model} */ model) => sourceOf(model) === source && targetOf(model) === target;
  if (present !== null && usable.includes(present) && fits(present)) return present;
  return usable.find(fits) ?? usable.find((model) => sourceOf(model) === source) ?? null;
}

/**
 * @param {Model[]} models
 * @param {Model} model
 * @returns {Model|null} the model for the way back
 */
export function wayBack(models, model) {
  const back = choose(models, targetOf(model), sourceOf(model), null);
  return back !== null && sourceOf(model) !== targetOf(model) && targetOf(back) === sourceOf(model) ? back : null;
}
