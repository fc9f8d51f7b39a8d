import { ApiFault, askStream } from '../shared/api.js';
import { resultOf, withSentence } from './result.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Result} Result */

/**
 * How a translation stands.
 * @typedef {object} State
 * @property {'empty'|'waiting'|'streaming'|'done'|'failed'} status
 * @property {string} text what there is of the translation
 * @property {Result|null} result the whole answer, once it is there
 * @property {ApiFault|null} fault
 * @property {number} retryIn seconds until it is tried again by itself; 0 for never
 */

/** How long typing must pause before a translation begins, in milliseconds. */
const pause = 350;

/** Faults that pass by themselves. */
const passing = ['gone', 'offline', 'limit', 'busy'];

/** Translates what is typed: waits for a pause, drops the answer before, shows parts as they come, tries again what failed in passing. */
export class Translation extends EventTarget {
  /** @type {State} */
  state = { status: 'empty', text: '', result: null, fault: null, retryIn: 0 };
  /** @type {AbortController|null} */
  #running = null;
  #timer = 0;
  #failures = 0;

  /**
   * @param {(input: string, signal: AbortSignal) => Promise<Model>} modelFor the model that is to translate an input
   * @param {(model: Model) => object} optionsFor the rest of the request
   */
  constructor(modelFor, optionsFor) {
    super();
    this.modelFor = modelFor;
    this.optionsFor = optionsFor;
  }

  /**
   * Translates soon: when no other call comes within the pause.
   * @param {string} input
   */
  soon(input) {
    this.#again(pause, () => this.now(input));
  }

  /**
   * Translates at once.
   * @param {string} input
   * @returns {Promise<void>}
   */
  async now(input) {
    if (input.trim() === '') {
      this.#stop();
      this.#become({ status: 'empty', text: '', result: null, fault: null });
      return;
    }
    await this.#run(() => this.now(input), async (signal, part) => {
      const model = await this.modelFor(input, signal);
      const began = performance.now();
      const response = await askStream('v1/generate', { model: model.id, input, stream: true, ...this.optionsFor(model) }, part, signal);
      return resultOf(response, input, model, (performance.now() - began) / 1000);
    });
  }

  /**
   * Goes on from a chosen beginning of one sentence; the others stay.
   * @param {number} index the sentence
   * @param {string} prefix how its translation shall begin
   * @returns {Promise<void>}
   */
  async goOn(index, prefix) {
    const { result } = this.state;
    if (result === null) return;
    const { source, target } = result.sentences[index];
    const input = result.input.slice(source.start, source.start + source.length);
    const before = result.text.slice(0, target.start);
    const after = result.text.slice(target.start + target.length);
    await this.#run(() => this.goOn(index, prefix), async (signal, part) => {
      const began = performance.now();
      const request = { model: result.model.id, input, prefix, stream: true, ...this.optionsFor(result.model), split_sentences: false };
      const response = await askStream('v1/generate', request, part, signal);
      return withSentence(result, index, resultOf(response, input, result.model, (performance.now() - began) / 1000));
    }, before, after, result);
  }

  /**
   * Puts an output that the server has already given in the place of one sentence's translation.
   * @param {Result} result
   * @param {number} index the sentence
   * @param {any} response the answer that holds it
   */
  put(result, index, response) {
    this.#stop();
    const { source } = result.sentences[index];
    const input = result.input.slice(source.start, source.start + source.length);
    const changed = withSentence(result, index, resultOf(response, input, result.model, result.seconds));
    this.#become({ status: 'done', text: changed.text, result: changed, fault: null });
  }

  /** Lets go of what is running or waiting. */
  #stop() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  /**
   * @param {number} milliseconds
   * @param {() => void} then
   */
  #again(milliseconds, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, milliseconds);
  }

  /**
   * @param {() => void} again
   * @param {(signal: AbortSignal, part: (text: string) => void) => Promise<Result>} work
   * @param {string} [before]
   * @param {string} [after]
   * @param {Result|null} [kept] what stays if the work fails
   */
  async #run(again, work, before = '', after = '', kept = null) {
    this.#stop();
    const running = new AbortController();
    this.#running = running;
    let parts = '';
    this.#become({ status: 'waiting', text: this.state.text, result: kept, fault: null });
    try {
      const result = await work(running.signal, (text) => {
        parts += text;
        if (this.#running === running) this.#become({ status: 'streaming', text: before + parts + after, result: kept, fault: null });
      });
      if (this.#running !== running) return;
      this.#failures = 0;
      this.#become({ status: 'done', text: result.text, result, fault: null });
    } catch (fault) {
      if (this.#running !== running) return;
      this.#fail(fault instanceof ApiFault ? fault : new ApiFault('broken', `The answer could not be read: ${String(fault)}`), again, kept);
    }
  }

  /**
   * @param {ApiFault} fault
   * @param {() => void} again
   * @param {Result|null} kept
   */
  #fail(fault, again, kept) {
    const passes = passing.includes(fault.kind);
    this.#failures = passes ? this.#failures + 1 : 0;
    const retryIn = passes ? Math.ceil(fault.retryAfter || Math.min(30, 2 ** this.#failures)) : 0;
    if (passes) this.#again(retryIn * 1000, again);
    this.#become({ status: 'failed', text: kept?.text ?? this.state.text, result: kept, fault, retryIn });
  }

  /** @param {Partial<State>} state */
  #become(state) {
    this.state = { retryIn: 0, ...this.state, ...state, ...(state.retryIn === undefined ? { retryIn: 0 } : {}) };
    this.dispatchEvent(new Event('change'));
  }
}
