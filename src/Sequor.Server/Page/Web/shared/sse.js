/**
 * One event of a stream of server-sent events.
 * @typedef {{event: string, data: string}} ServerEvent
 */

/** Reads server-sent events from text that comes in any pieces, as the HTML standard says events are laid out. */
export class EventReader {
  #rest = '';
  #event = '';
  /** @type {string[]} */
  #data = [];

  /**
   * Takes the next piece of text.
   * @param {string} text
   * @returns {ServerEvent[]} the events that it completed
   */
  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/u);
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => this.#line(line)).filter((event) => event !== null);
  }

  /**
   * @param {string} line
   * @returns {ServerEvent|null}
   */
  #line(line) {
    if (line === '') return this.#complete();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /u, '');
    if (field === 'event') this.#event = value;
    if (field === 'data') this.#data.push(value);
    return null;
  }

  /** @returns {ServerEvent|null} */
  #complete() {
    const event = this.#data.length === 0 ? null : { event: this.#event || 'message', data: this.#data.join('\n') };
    this.#event = '';
    this.#data = [];
    return event;
  }
}

/**
 * Reads the events of an answer as they come.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* eventsOf(body) {
  const events = new EventReader();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield* events.push(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}
