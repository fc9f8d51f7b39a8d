import { make } from '../shared/dom.js';
import { choose, detect, languageName, sourceOf, sources, targetOf, targets, wayBack } from './models.js';

/** @typedef {import('./types.js').Model} Model */

/** The pickers of languages and model, which always agree with each other. Tells a change by the event `change`. */
export class Pickers extends EventTarget {
  /** @type {Model[]} */
  #models = [];
  /** @type {Model|null} */
  #model = null;
  #isChosen = false;
  #detecting = false;

  /**
   * @param {{source: HTMLSelectElement, target: HTMLSelectElement, model: HTMLSelectElement, swap: HTMLButtonElement}} fields
   */
  constructor(fields) {
    super();
    this.fields = fields;
    fields.source.addEventListener('change', () => this.#chooseSource());
    fields.target.addEventListener('change', () => this.#take(choose(this.#models, this.#source(), fields.target.value, null)));
    fields.model.addEventListener('change', () => this.choose(fields.model.value));
  }

  /** @returns {Model|null} the model that is chosen */
  get model() {
    return this.#model;
  }

  /** @returns {boolean} whether the source language is to be found out */
  get detecting() {
    return this.#detecting && this.#canDetect();
  }

  /** @returns {Model[]} */
  get models() {
    return this.#models;
  }

  /**
   * Offers models; the chosen one stays if it is among them.
   * @param {Model[]} models
   */
  offer(models) {
    this.#models = models;
    const kept = models.find((model) => model.id === this.#model?.id);
    this.#model = kept ?? models.find((model) => model.default) ?? models[0] ?? null;
    this.#draw();
  }

  /**
   * Chooses a model by its id.
   * @param {string} id
   * @returns {boolean} whether there is such a model
   */
  choose(id) {
    const model = this.#models.find((one) => one.id === id) ?? null;
    if (model !== null) {
      this.#chosen(false);
      this.#take(model);
    }
    return model !== null;
  }

  /** Finds the source language out until one is chosen; where one was already, by a link or by hand, it stays. */
  detectFirst() {
    this.#detecting = !this.#isChosen;
    this.#draw();
  }

  /**
   * Takes the language that was found in the text.
   * @param {string} language
   * @returns {Model|null} the model for it, if there is one
   */
  detected(language) {
    const model = choose(this.#models, language, this.fields.target.value, this.#model);
    if (model !== null && model !== this.#model) {
      this.#model = model;
      this.#draw();
    }
    return model;
  }

  /** @returns {boolean} whether there was a way back to swap to */
  swap() {
    const back = this.#model === null ? null : wayBack(this.#models, this.#model);
    if (back === null) return false;
    this.#chosen(false);
    this.#model = back;
    this.#draw();
    return true;
  }

  /** @param {boolean} detecting */
  #chosen(detecting) {
    this.#detecting = detecting;
    this.#isChosen = true;
  }

  /** @returns {boolean} whether there are source languages to tell apart */
  #canDetect() {
    return sources(this.#models).filter((language) => language !== '').length > 1;
  }

  #source() {
    return this.#model === null ? '' : sourceOf(this.#model);
  }

  #chooseSource() {
    const { value } = this.fields.source;
    this.#chosen(value === detect);
    this.#take(this.#detecting ? this.#model : choose(this.#models, value, this.fields.target.value, null));
  }

  /** @param {Model|null} model */
  #take(model) {
    this.#model = model ?? this.#model;
    this.#draw();
    this.dispatchEvent(new Event('change'));
  }

  #draw() {
    const { source, target, model, swap } = this.fields;
    const from = sources(this.#models);
    const present = this.#model;
    fill(source, [...(this.#canDetect() ? [detect] : []), ...from].map((code) => [code, languageName(code), false]), this.detecting ? detect : this.#source());
    fill(target, targets(this.#models, this.detecting ? detect : this.#source()).map((code) => [code, languageName(code), false]), present === null ? '' : targetOf(present));
    fill(model, this.#models.map((one) => [one.id, `${one.id}${one.state === 'failed' ? ' (failed)' : ''}`, one.state === 'failed']), present?.id ?? '');
    const back = present === null ? null : wayBack(this.#models, present);
    swap.disabled = back === null;
    swap.title = back === null ? 'No model translates back' : `Swap: translate from ${languageName(sourceOf(back))} to ${languageName(targetOf(back))}`;
    for (const field of [source, target, model]) field.disabled = this.#models.length === 0;
  }
}

/**
 * @param {HTMLSelectElement} field
 * @param {[string, string, boolean][]} options value, text, disabled
 * @param {string} value
 */
function fill(field, options, value) {
  field.replaceChildren(...options.map(([code, text, disabled]) => make('option', { value: code, textContent: text, disabled })));
  field.value = value;
}
