import { make } from '../shared/dom.js';

/**
 * Shows an answer as it comes: its status, how long it took, and its body.
 * @param {HTMLElement} place
 * @param {Response} response
 * @param {number} began when it was asked for, by `performance.now()`
 */
export async function showAnswer(place, response, began) {
  const body = make('pre.answer-body', { tabIndex: 0, 'aria-label': 'Body of the answer' });
  const time = make('span.quiet');
  const retry = response.headers.get('Retry-After');
  place.replaceChildren(make('p.answer-head', {},
    make('b', { className: response.ok ? 'good' : 'bad', textContent: `${response.status} ${response.statusText}`.trim() }),
    make('span.quiet', { textContent: response.headers.get('Content-Type') ?? '' }),
    retry === null ? null : make('span.quiet', { textContent: `Retry-After: ${retry}` }), time), body);
  if (response.body !== null) await read(response, body);
  time.textContent = `${Math.round(performance.now() - began)} ms`;
}

/** @param {Response} response @param {HTMLElement} body */
async function read(response, body) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    body.append(done ? decoder.decode() : decoder.decode(value, { stream: true }));
    if (done) break;
  }
  if ((response.headers.get('Content-Type') ?? '').includes('json')) body.textContent = pretty(body.textContent ?? '');
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
