/** @typedef {{term: string, translation: string}} Entry */

/**
 * Reads a glossary of tab-separated lines: a term, a tab, its translation. Empty lines and lines that begin with `# ` are passed over.
 * @param {string} text
 * @returns {{entries: Entry[], faults: string[]}} every line that is neither is named
 */
export function fromTsv(text) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {string[]} */
  const faults = [];
  text.replace(/^\ufeff/u, '').split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('# ')) return;
    const [term, translation] = line.split('\t').map((field) => field.trim());
    if (term && translation) entries.push({ term, translation });
    else faults.push(`Line ${index + 1} needs a term, a tab and a translation.`);
  });
  return { entries, faults };
}

/**
 * Writes a glossary as tab-separated lines.
 * @param {Entry[]} entries
 * @returns {string}
 */
export function toTsv(entries) {
  const bare = (/** @type {string} */ field) => field.replace(/\s+/gu, ' ').trim();
  return entries.map(({ term, translation }) => `${bare(term)}\t${bare(translation)}\n`).join('');
}

/**
 * @param {Entry[]} entries
 * @returns {Record<string, string>|undefined} as the API wants it; a later line for the same term wins
 */
export function asTerms(entries) {
  const whole = entries.filter(({ term, translation }) => term !== '' && translation !== '');
  return whole.length === 0 ? undefined : Object.fromEntries(whole.map(({ term, translation }) => [term, translation]));
}

/**
 * The glossary of a model, as kept in this browser.
 * @param {string} model
 * @returns {Entry[]}
 */
export function readGlossary(model) {
  try {
    return fromTsv(localStorage.getItem(`sequor.glossary.${model}`) ?? '').entries;
  } catch {
    return [];
  }
}

/**
 * @param {string} model
 * @param {Entry[]} entries
 */
export function keepGlossary(model, entries) {
  try {
    localStorage.setItem(`sequor.glossary.${model}`, toTsv(entries.filter(({ term, translation }) => term !== '' && translation !== '')));
  } catch {
    // Storage can be full or forbidden; the glossary then holds until the page is left.
  }
}
