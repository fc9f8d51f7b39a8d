import { keepKey, readKey } from '../shared/key.js';
import { make } from '../shared/dom.js';

/** @typedef {import('../shared/api.js').ApiFault} ApiFault */

/** What each kind of fault is called, above the server's own sentence. */
const titles = {
  offline: 'You are offline',
  gone: 'The server is gone',
  key: 'This server asks for a key',
  limit: 'Too many requests',
  busy: 'The server is busy',
  large: 'The text is too long',
  wrong: 'The server could not take this',
  missing: 'Not found',
  broken: 'Something went wrong',
};

/** Says what keeps the page from its work, and offers what can be done about it. */
export class Notice {
  #ticking = 0;

  /** @param {HTMLElement} place a live region */
  constructor(place) {
    this.place = place;
  }

  /** Takes back what was said. */
  clear() {
    clearInterval(this.#ticking);
    this.place.replaceChildren();
  }

  /**
   * @param {ApiFault} fault
   * @param {number} retryIn seconds until it is tried again by itself; 0 for never
   * @param {() => void} again tries again
   */
  show(fault, retryIn, again) {
    clearInterval(this.#ticking);
    const waiting = make('span.notice-waiting', { 'aria-hidden': 'true' });
    const retry = make('button.small', { type: 'button', textContent: fault.kind === 'large' ? 'Try anyway' : 'Try again', onclick: again });
    this.place.replaceChildren(make('div.notice', {},
      make('div', {}, make('h2', { textContent: titles[fault.kind] }), make('p', {}, fault.message, ' ', waiting)),
      fault.kind === 'key' ? keyForm(again) : retry));
    this.place.firstElementChild?.setAttribute('data-kind', fault.kind);
    if (retryIn > 0) this.#count(retryIn, waiting);
  }

  /** @param {number} seconds @param {HTMLElement} place */
  #count(seconds, place) {
    let left = seconds;
    const tell = () => {
      place.textContent = left > 0 ? `Trying again in ${left} s.` : 'Trying again…';
      left--;
    };
    tell();
    this.#ticking = setInterval(tell, 1000);
  }
}

/** @param {() => void} again */
function keyForm(again) {
  const field = /** @type {HTMLInputElement} */ (make('input', { type: 'password', id: 'key', autocomplete: 'off', required: true, value: readKey() }));
  return make('form.key', { onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    keepKey(field.value.trim());
    again();
  } }, make('label', { for: 'key', textContent: 'Key' }), field, make('button.small', { type: 'submit', textContent: 'Use it' }),
  make('p.quiet', { textContent: 'It is kept until this tab is closed and sent to this server only.' }));
}
