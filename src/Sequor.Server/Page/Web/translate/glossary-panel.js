import { make } from '../shared/dom.js';
import { asTerms, fromTsv, keepGlossary, readGlossary, toTsv } from './glossary.js';

/** @typedef {import('./glossary.js').Entry} Entry */

/** The editor of a model's glossary. Tells by `change` that the next translation would differ. */
export class GlossaryPanel extends EventTarget {
  /** @type {Entry[]} */
  #entries = [];
  #model = '';

  /**
   * @param {{rows: HTMLElement, add: HTMLButtonElement, open: HTMLInputElement, save: HTMLButtonElement, clear: HTMLButtonElement, note: HTMLElement}} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    parts.add.addEventListener('click', () => this.#add());
    parts.open.addEventListener('change', () => this.#import());
    parts.save.addEventListener('click', () => this.#export());
    parts.clear.addEventListener('click', () => this.#set([], 'The glossary is empty.'));
  }

  /** @returns {Record<string, string>|undefined} what the API is to hold to */
  get terms() {
    return asTerms(this.#entries);
  }

  /**
   * Takes the glossary of a model.
   * @param {string} model
   */
  take(model) {
    if (model === this.#model) return;
    this.#model = model;
    this.#entries = readGlossary(model);
    this.#draw();
  }

  /**
   * Says which terms a translation met.
   * @param {import('./types.js').TermReport[]} report
   * @param {string} input
   */
  report(report, input) {
    const said = new Map(report.map((one) => [one.term, one.met]));
    [...this.parts.rows.children].forEach((row, index) => {
      const { term } = this.#entries[index];
      const met = said.get(term);
      const place = /** @type {HTMLElement} */ (row.querySelector('.met'));
      place.dataset.met = met === undefined ? '' : String(met);
      place.textContent = met === undefined ? (term !== '' && input !== '' ? 'not in the text' : '') : met ? '✓ met' : '✗ not met';
    });
  }

  #draw() {
    const { rows, save, clear } = this.parts;
    rows.replaceChildren(...this.#entries.map((entry) => this.#row(entry)));
    save.disabled = clear.disabled = this.#entries.length === 0;
    /** @type {HTMLElement} */ (rows.closest('table')).hidden = this.#entries.length === 0;
  }

  /** @param {Entry} entry */
  #row(entry) {
    const field = (/** @type {'term'|'translation'} */ name, /** @type {string} */ label) => make('td', {}, make('input', {
      type: 'text', value: entry[name], 'aria-label': label, dir: 'auto', autocomplete: 'off',
      oninput: (/** @type {Event} */ event) => {
        entry[name] = /** @type {HTMLInputElement} */ (event.target).value.trim();
        this.#changed();
      },
    }));
    const remove = make('button.plain', { type: 'button', textContent: '×', 'aria-label': `Remove ${entry.term || 'this line'}`, onclick: () => {
      this.#entries = this.#entries.filter((one) => one !== entry);
      this.#draw();
      this.parts.add.focus();
      this.#changed();
    } });
    return make('tr', {}, field('term', 'Term'), field('translation', 'Its translation'), make('td.met'), make('td', {}, remove));
  }

  #add() {
    this.#entries.push({ term: '', translation: '' });
    this.#draw();
    /** @type {HTMLElement} */ (this.parts.rows.lastElementChild?.querySelector('input')).focus();
  }

  async #import() {
    const file = this.parts.open.files?.[0];
    if (file === undefined) return;
    const { entries, faults } = fromTsv(await file.text());
    this.parts.open.value = '';
    const known = new Map([...this.#entries, ...entries].map((entry) => [entry.term, entry]));
    this.#set([...known.values()], [`${entries.length} terms read from ${file.name}.`, ...faults.slice(0, 3)].join(' '));
  }

  #export() {
    const link = /** @type {HTMLAnchorElement} */ (make('a', {
      href: URL.createObjectURL(new Blob([toTsv(this.#entries)], { type: 'text/tab-separated-values' })),
      download: `glossary-${this.#model}.tsv`,
    }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** @param {Entry[]} entries @param {string} note */
  #set(entries, note) {
    this.#entries = entries;
    this.#draw();
    this.#changed();
    this.parts.note.textContent = note;
  }

  #changed() {
    this.parts.note.textContent = '';
    this.parts.save.disabled = this.parts.clear.disabled = this.#entries.length === 0;
    keepGlossary(this.#model, this.#entries);
    this.dispatchEvent(new Event('change'));
  }
}
