import { make } from '../shared/dom.js';
import { fieldsOf, typeName } from './schema.js';
import { TryForm } from './try-form.js';

/**
 * @param {string} path
 * @param {string} method
 * @returns {string} what an operation is called in addresses
 */
export const anchorOf = (path, method) => `${method}${path.replaceAll(/[^a-z0-9]+/giu, '-')}`.replace(/-$/u, '');

/**
 * Shows one operation: what it does, what it reads, what it answers, and a form to try it.
 * @param {any} document
 * @param {string} path
 * @param {string} method
 * @param {any} operation
 * @returns {HTMLElement}
 */
export function showOperation(document, path, method, operation) {
  const title = `${anchorOf(path, method)}-title`;
  return make('article.operation', { id: anchorOf(path, method), 'aria-labelledby': title },
    make('h3', { id: title }, badge(method), ' ', make('code', { textContent: path })),
    make('p.operation-summary', { textContent: operation.summary ?? '' }),
    operation.description ? make('p.quiet', { textContent: operation.description }) : null,
    make('div.operation-halves', {},
      make('div', {}, reads(document, operation), answers(document, operation)),
      make('div', {}, make('h4', { textContent: 'Try it' }), new TryForm(document, path, method, operation).draw())));
}

/** @param {string} method @returns {HTMLElement} */
export const badge = (method) => make(`span.method.${method}`, { textContent: method.toUpperCase() });

/** @param {any} document @param {any} operation */
function reads(document, operation) {
  const content = operation.requestBody?.content ?? {};
  const types = Object.keys(content);
  if (types.length === 0) return null;
  const fields = fieldsOf(document, content[types[0]].schema ?? {});
  return make('section', {}, make('h4', { textContent: 'Reads' }), make('p.quiet', { textContent: types.join(', ') }), fields);
}

/** @param {any} document @param {any} operation */
function answers(document, operation) {
  return make('section', {}, make('h4', { textContent: 'Answers' }), ...Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const type = Object.keys(response.content ?? {})[0];
    const schema = response.content?.[type]?.schema;
    const fields = schema === undefined ? null : fieldsOf(document, schema);
    const head = [make('b', { className: status.startsWith('2') ? 'good' : 'bad', textContent: status }), ` ${response.description ?? ''}`];
    return fields === null
      ? make('p.status', {}, ...head, schema === undefined ? null : make('span.quiet', { textContent: ` ${typeName(document, schema)}` }))
      : make('details.status', {}, make('summary', {}, ...head), fields);
  }));
}
