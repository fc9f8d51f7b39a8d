/**
 * What a link to the page carries after its `#`, which browsers never send to a server.
 * @typedef {{model: string, text: string}} Linked
 */

/**
 * @param {string} hash
 * @returns {Linked|null}
 */
export function fromHash(hash) {
  const fields = new URLSearchParams(hash.replace(/^#/u, ''));
  const text = fields.get('text');
  return text === null && !fields.has('model') ? null : { model: fields.get('model') ?? '', text: text ?? '' };
}

/**
 * @param {Linked} linked
 * @returns {string} with its `#`
 */
export function toHash({ model, text }) {
  return `#${new URLSearchParams({ model, text })}`;
}
