import { connectionFault, headers } from '../shared/api.js';
import { copy } from '../shared/copy.js';
import { make } from '../shared/dom.js';
import { showAnswer } from './answer.js';
import { curlOf } from './curl.js';
import { exampleOf, resolved, typeName } from './schema.js';

/** @typedef {import('./curl.js').Call} Call */

/** A form that makes one call, with the line that makes the same call from a shell. */
export class TryForm {
  /** @type {Map<string, HTMLInputElement>} */
  #parameters = new Map();
  /** @type {HTMLTextAreaElement|null} */
  #json = null;
  /** @type {Map<string, HTMLInputElement>} */
  #form = new Map();
  #curl = make('code.curl-line');
  #answer = make('div.answer', { role: 'status' });
  #asking = new AbortController();

  /**
   * @param {any} document
   * @param {string} path
   * @param {string} method
   * @param {any} operation
   */
  constructor(document, path, method, operation) {
    this.document = document;
    this.path = path;
    this.method = method.toUpperCase();
    this.operation = operation;
  }

  /** @returns {HTMLElement} */
  draw() {
    const content = this.operation.requestBody?.content ?? {};
    const json = content['application/json'];
    const parts = json === undefined ? content['multipart/form-data'] : undefined;
    const copying = /** @type {HTMLButtonElement} */ (make('button.small', { type: 'button', textContent: 'Copy', 'aria-label': 'Copy the curl line', onclick: () => copy(copying, this.#curl.textContent ?? '') }));
    const form = make('form.try', { oninput: () => this.#tell(), onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send();
    } },
    ...(this.operation.parameters ?? []).map((/** @type {any} */ parameter) => this.#parameter(parameter)),
    json === undefined ? null : this.#body(json),
    ...(parts === undefined ? [] : this.#parts(parts)),
    make('div.curl', {}, this.#curl, copying),
    make('p', {}, make('button.send', { type: 'submit', textContent: 'Send' })),
    this.#answer);
    this.#tell();
    return form;
  }

  /** @param {any} parameter */
  #parameter(parameter) {
    const field = /** @type {HTMLInputElement} */ (make('input', { type: 'text', required: parameter.required === true, value: parameter.example ?? '', autocomplete: 'off' }));
    this.#parameters.set(parameter.name, field);
    return make('label.try-field', {}, make('span', {}, make('code', { textContent: parameter.name }), ` ${parameter.description ?? ''}`), field);
  }

  /** @param {any} content */
  #body(content) {
    const examples = Object.entries(content.examples ?? {}).map(([name, example]) => ({ name, value: /** @type {any} */ (example).value }));
    if (examples.length === 0) examples.push({ name: 'Example', value: content.example ?? exampleOf(this.document, content.schema ?? {}) });
    const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { spellcheck: false, rows: 7, 'aria-label': 'Body, JSON' }));
    const fill = (/** @type {number} */ index) => {
      field.value = JSON.stringify(examples[index].value, null, 2);
      this.#tell();
    };
    this.#json = field;
    const choose = /** @type {HTMLSelectElement} */ (make('select', { 'aria-label': 'Example', onchange: () => fill(Number(choose.value)) },
      ...examples.map(({ name }, index) => make('option', { value: String(index), textContent: name }))));
    fill(0);
    return make('div.try-field', {}, examples.length > 1 ? choose : null, field);
  }

  /** @param {any} content */
  #parts(content) {
    const schema = resolved(this.document, content.schema ?? {});
    return Object.entries(schema.properties ?? {}).map(([name, field]) => {
      const isFile = typeName(this.document, /** @type {any} */ (field)) === 'file';
      const value = content.example?.[name] ?? '';
      const input = /** @type {HTMLInputElement} */ (make('input', { type: isFile ? 'file' : 'text', ...(isFile ? {} : { value: String(value) }), required: schema.required?.includes(name) ?? false }));
      this.#form.set(name, input);
      return make('label.try-field', {}, make('span', {}, make('code', { textContent: name }), ` ${resolved(this.document, /** @type {any} */ (field)).description ?? ''}`), input);
    });
  }

  /** @returns {Call} */
  #call() {
    let path = this.path;
    const query = new URLSearchParams();
    for (const { name, in: place } of this.operation.parameters ?? []) {
      const value = this.#parameters.get(name)?.value ?? '';
      if (place === 'path') path = path.replace(`{${name}}`, value === '' ? `{${name}}` : encodeURIComponent(value));
      else if (place === 'query' && value !== '') query.set(name, value);
    }
    const form = [...this.#form].flatMap(([name, field]) => (field.type === 'file' ? [...(field.files ?? [])].map((file) => [name, file]) : field.value === '' ? [] : [[name, field.value]]));
    const json = this.#json?.value.trim() || undefined;
    return {
      method: this.method,
      // Relative to the page, so that a server below another address is asked and not that address' own root.
      url: String(new URL(path.replace(/^\//u, '') + (query.size > 0 ? `?${query}` : ''), document.baseURI)).replaceAll('%7B', '{').replaceAll('%7D', '}'),
      headers: headers(json !== undefined),
      ...(json === undefined ? {} : { json }),
      ...(this.#form.size === 0 ? {} : { form: /** @type {[string, string|File][]} */ (form) }),
    };
  }

  #tell() {
    this.#curl.textContent = curlOf(this.#call());
  }

  async #send() {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const { method, url, headers: sent, json, form } = this.#call();
    const parts = new FormData();
    for (const [name, value] of form ?? []) parts.append(name, value);
    this.#answer.replaceChildren(make('p.quiet.loading', { textContent: 'Waiting for the answer…' }));
    const began = performance.now();
    try {
      const response = await fetch(url, { method, headers: sent, body: json ?? (form === undefined ? undefined : parts), signal: asking.signal });
      await showAnswer(this.#answer, response, began);
    } catch {
      if (!asking.signal.aborted) this.#answer.replaceChildren(make('p.bad', { textContent: connectionFault().message }));
    }
  }
}
