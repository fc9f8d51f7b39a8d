import { readKey } from './key.js';
import { eventsOf } from './sse.js';

/**
 * What kept the server from answering.
 * `offline`: this device has no network; `gone`: nobody answers; `key`: a key is wanted; `limit`: too many requests; `busy`: full or not ready;
 * `large`: too long; `wrong`: a bad request; `missing`: no such thing; `broken`: anything else.
 * @typedef {'offline'|'gone'|'key'|'limit'|'busy'|'large'|'wrong'|'missing'|'broken'} FaultKind
 */

const kinds = { 400: 'wrong', 401: 'key', 403: 'key', 404: 'missing', 408: 'busy', 413: 'large', 429: 'limit', 502: 'gone', 503: 'busy', 504: 'busy' };

/** An answer that is not the one asked for. */
export class ApiFault extends Error {
  /**
   * @param {FaultKind} kind
   * @param {string} sentence what the server said, or what happened
   * @param {number} [retryAfter] seconds to wait; 0 when nobody said
   */
  constructor(kind, sentence, retryAfter = 0) {
    super(sentence);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}

/**
 * Makes a fault of an answer.
 * @param {number} status
 * @param {string} body
 * @param {string|null} retryAfter
 * @returns {ApiFault}
 */
export function faultOf(status, body, retryAfter) {
  let sentence = '';
  try {
    sentence = String(JSON.parse(body).error ?? '');
  } catch {
    // A proxy may answer in its own words; the status says enough.
  }
  return new ApiFault(kinds[status] ?? 'broken', sentence || `The server answered with status ${status}.`, Math.max(0, Number(retryAfter) || 0));
}

/**
 * The headers of a request.
 * @param {boolean} json whether it carries JSON
 * @returns {Record<string, string>}
 */
export function headers(json) {
  const key = readKey();
  return { ...(json ? { 'Content-Type': 'application/json' } : {}), ...(key === '' ? {} : { Authorization: `Bearer ${key}` }) };
}

/**
 * Says what a failed connection means.
 * @returns {ApiFault}
 */
export function connectionFault() {
  return navigator.onLine
    ? new ApiFault('gone', 'The server does not answer.')
    : new ApiFault('offline', 'This device is offline.');
}

/**
 * @param {string} path relative, so that the page works below any address
 * @param {object} [body] JSON to post; without it the path is got
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 */
async function send(path, body, signal) {
  let response;
  try {
    response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: headers(body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw connectionFault();
  }
  if (!response.ok) throw faultOf(response.status, await response.text(), response.headers.get('Retry-After'));
  return response;
}

/**
 * Asks for JSON.
 * @param {string} path
 * @param {object} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function ask(path, body, signal) {
  return (await send(path, body, signal)).json();
}

/**
 * Asks for a stream: parts of the text as they come, then the whole answer.
 * @param {string} path
 * @param {object} body
 * @param {(part: string) => void} onPart
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function askStream(path, body, onPart, signal) {
  const response = await send(path, body, signal);
  try {
    for await (const { event, data } of eventsOf(/** @type {ReadableStream<Uint8Array>} */ (response.body))) {
      const value = JSON.parse(data);
      if (event === 'part') onPart(value.text);
      if (event === 'error') throw new ApiFault('broken', value.error);
      if (event === 'done') return value;
    }
  } catch (fault) {
    if (signal?.aborted || fault instanceof ApiFault) throw fault;
    throw connectionFault();
  }
  throw new ApiFault('gone', 'The server stopped in the middle of its answer.');
}
