/** How the search goes: the part of a request that the reader sets. Tells by `change` that the next translation would differ. */
export class SearchPanel extends EventTarget {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    super();
    this.form = form;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      this.#fit();
      if (form.checkValidity()) this.dispatchEvent(new Event('change'));
    });
    this.#fit();
  }

  /** @returns {object} the fields of a request */
  get options() {
    const fields = new FormData(this.form);
    const number = (/** @type {string} */ name) => Number(fields.get(name));
    switch (fields.get('decode')) {
      case 'greedy':
        return { decode: 'greedy' };
      case 'sample':
        return { decode: 'sample', temperature: number('temperature'), top_p: number('top_p'), seed: number('seed') };
      case 'beam':
        return { decode: 'beam', beam: number('beam'), length_penalty: number('length_penalty') };
      default:
        return {};
    }
  }

  /** @returns {boolean} whether the chosen search can hold to a glossary */
  get keepsTerms() {
    return !['greedy', 'sample'].includes(String(new FormData(this.form).get('decode')));
  }

  /** Only what belongs to the chosen search can be set. */
  #fit() {
    const chosen = String(new FormData(this.form).get('decode'));
    for (const part of /** @type {NodeListOf<HTMLFieldSetElement>} */ (this.form.querySelectorAll('[data-for]'))) {
      const on = part.dataset.for === chosen;
      part.hidden = !on;
      part.disabled = !on;
    }
  }
}
