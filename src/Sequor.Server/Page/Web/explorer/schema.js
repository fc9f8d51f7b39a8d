import { make } from '../shared/dom.js';

/** @typedef {Record<string, any>} Schema */

/**
 * Follows references into the document.
 * @param {any} document the whole OpenAPI document
 * @param {Schema} schema
 * @returns {Schema}
 */
export function resolved(document, schema) {
  let at = schema;
  while (at.$ref !== undefined) {
    const names = String(at.$ref).replace(/^#\//u, '').split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const { description } = at;
    at = names.reduce((place, name) => place[name], document);
    if (description !== undefined) at = { ...at, description };
  }
  return at;
}

/**
 * What a value may be, in a few words.
 * @param {any} document
 * @param {Schema} schema
 * @returns {string}
 */
export function typeName(document, schema) {
  const real = resolved(document, schema);
  const choices = real.oneOf ?? real.anyOf;
  if (choices !== undefined) return [...new Set(choices.map((/** @type {Schema} */ one) => typeName(document, one)))].filter((name) => name !== 'null').join(' or ');
  if (real.enum !== undefined) return real.enum.map((/** @type {any} */ value) => JSON.stringify(value)).join(' or ');
  if (real.type === 'null') return 'null';
  const names = [real.type ?? []].flat().filter((name) => name !== 'null');
  if (names.includes('integer') || names.includes('number')) return names.includes('integer') ? 'integer' : 'number';
  if (names.includes('array')) return `array of ${typeName(document, real.items ?? {}) || 'anything'}`;
  if (real.format === 'binary') return 'file';
  return names.join(' or ') || (real.properties === undefined ? 'anything' : 'object');
}

/**
 * An example of a value, made of the schema alone.
 * @param {any} document
 * @param {Schema} schema
 * @param {number} [depth] how far to go into objects
 * @returns {any}
 */
export function exampleOf(document, schema, depth = 3) {
  const real = resolved(document, schema);
  if (real.example !== undefined) return real.example;
  if (real.default !== undefined && real.default !== null) return real.default;
  if (real.enum !== undefined) return real.enum[0];
  const choices = real.oneOf ?? real.anyOf;
  if (choices !== undefined) return exampleOf(document, choices.find((/** @type {Schema} */ one) => one.type !== 'null') ?? {}, depth);
  const type = typeName(document, real);
  if (real.properties !== undefined) {
    if (depth === 0) return {};
    const names = real.required ?? Object.keys(real.properties);
    return Object.fromEntries(names.map((/** @type {string} */ name) => [name, exampleOf(document, real.properties[name], depth - 1)]));
  }
  if (type.startsWith('array')) return depth === 0 ? [] : [exampleOf(document, real.items ?? {}, depth - 1)];
  return { integer: 1, number: 1, boolean: false, string: 'text' }[type] ?? null;
}

/**
 * The fields of an object as a list; those of objects within it can be opened.
 * @param {any} document
 * @param {Schema} schema
 * @param {number} [depth]
 * @returns {HTMLElement|null} null where there are none
 */
export function fieldsOf(document, schema, depth = 4) {
  const real = inner(document, schema);
  if (real.properties === undefined || depth === 0) return null;
  return make('ul.fields', {}, ...Object.entries(real.properties).map(([name, field]) => {
    const below = fieldsOf(document, /** @type {Schema} */ (field), depth - 1);
    const { description } = resolved(document, /** @type {Schema} */ (field));
    return make('li', {},
      make('p.field-head', {}, make('code', { textContent: name }), make('span.quiet', { textContent: typeName(document, /** @type {Schema} */ (field)) }),
        real.required?.includes(name) ? make('span.needed', { textContent: 'needed' }) : null),
      description ? make('p.quiet', { textContent: description }) : null,
      below === null ? null : make('details', {}, make('summary', { textContent: `Fields of ${name}` }), below));
  }));
}

/** @param {any} document @param {Schema} schema @returns {Schema} what an array holds, or the one object among several choices */
function inner(document, schema) {
  const real = resolved(document, schema);
  if (real.items !== undefined) return inner(document, real.items);
  const object = (real.oneOf ?? real.anyOf ?? []).map((/** @type {Schema} */ one) => inner(document, one)).find((/** @type {Schema} */ one) => one.properties !== undefined);
  return object ?? real;
}
