import { ask } from '../shared/api.js';
import { byId, make } from '../shared/dom.js';
import { keepKey, readKey } from '../shared/key.js';
import { anchorOf, badge, showOperation } from './operation.js';

/** @typedef {{path: string, method: string, operation: any}} Listed */

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * Groups the operations by their first tag, in the document's order.
 * @param {any} document
 * @returns {Map<string, Listed[]>}
 */
function grouped(document) {
  /** @type {Map<string, Listed[]>} */
  const groups = new Map((document.tags ?? []).map((/** @type {any} */ tag) => [tag.name, []]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods.filter((one) => item[one] !== undefined)) {
      const tag = item[method].tags?.[0] ?? 'Other';
      groups.set(tag, [...(groups.get(tag) ?? []), { path, method, operation: item[method] }]);
    }
  }
  return new Map([...groups].filter(([, listed]) => listed.length > 0));
}

/** @param {any} document */
function show(document) {
  const groups = grouped(document);
  byId('about').replaceChildren(
    make('p.lead', { textContent: document.info.description ?? '' }),
    make('p.quiet', {}, `${document.info.title} ${document.info.version} · `, make('a', { href: 'openapi/v1.json', textContent: 'openapi/v1.json' })));
  byId('contents').replaceChildren(...[...groups].flatMap(([tag, listed]) => [
    make('p.contents-tag', { textContent: tag }),
    make('ul', {}, ...listed.map(({ path, method }) => make('li', {}, make('a', { href: `#${anchorOf(path, method)}` }, badge(method), make('span', { textContent: path }))))),
  ]));
  const place = byId('operations');
  place.removeAttribute('role');
  place.replaceChildren(...[...groups].map(([tag, listed]) => make('section', {}, make('h2', { textContent: tag }),
    ...listed.map(({ path, method, operation }) => showOperation(document, path, method, operation)))));
  if (location.hash !== '') window.document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

async function begin() {
  const key = byId('key');
  key.value = readKey();
  key.addEventListener('input', () => keepKey(key.value.trim()));
  byId('key-form').addEventListener('submit', (/** @type {Event} */ event) => event.preventDefault());
  try {
    show(await ask('openapi/v1.json'));
  } catch (fault) {
    byId('operations').replaceChildren(make('div.notice', {}, make('p', { textContent: /** @type {Error} */ (fault).message }), make('button.small', { type: 'button', textContent: 'Try again', onclick: () => location.reload() })));
  }
}

begin();
