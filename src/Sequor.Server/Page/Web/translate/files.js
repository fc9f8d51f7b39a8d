import { ApiFault, connectionFault, faultOf, headers } from '../shared/api.js';
import { make } from '../shared/dom.js';
import { EventReader } from '../shared/sse.js';

/**
 * Sends a file and tells how much of it is on its way, and then how much of it is translated.
 * @param {File} file
 * @param {{source: string, target: string}} languages
 * @param {{onSent: (share: number) => void, onDone: (done: number, total: number) => void}} tell a share of 0 to 1; sentences
 * @param {AbortSignal} signal ends the work, here and at the server
 * @returns {Promise<string>} where the translated file lies
 */
export function sendFile(file, { source, target }, { onSent, onDone }, signal) {
  const form = new FormData();
  form.append('file', file);
  form.append('source', source);
  form.append('target', target);
  // fetch cannot tell how much of a request has gone out; this older way can.
  const request = new XMLHttpRequest();
  const events = new EventReader();
  let read = 0;
  const answer = new Promise((resolve, reject) => {
    const readEvents = () => {
      if (request.status !== 200) return;
      const text = request.responseText;
      for (const { event, data } of events.push(text.slice(read))) {
        const value = JSON.parse(data);
        if (event === 'progress') onDone(value.done, value.total);
        if (event === 'done') resolve(value.translatedFileUrl);
        if (event === 'error') reject(new ApiFault('broken', value.error));
      }
      read = text.length;
    };
    request.upload.addEventListener('progress', (event) => onSent(event.lengthComputable ? event.loaded / event.total : 0));
    request.upload.addEventListener('load', () => onSent(1));
    request.addEventListener('progress', readEvents);
    request.addEventListener('error', () => reject(connectionFault()));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('load', () => {
      readEvents();
      reject(request.status === 200
        ? new ApiFault('gone', 'The server stopped in the middle of its answer.')
        : faultOf(request.status, request.responseText, request.getResponseHeader('Retry-After')));
    });
  });
  signal.addEventListener('abort', () => request.abort());
  request.open('POST', 'translate_file');
  request.setRequestHeader('Accept', 'text/event-stream');
  for (const [name, value] of Object.entries(headers(false))) request.setRequestHeader(name, value);
  request.send(form);
  return answer;
}

/** Translates whole files: chosen or dropped, with progress, one line for each. */
export class Files {
  /**
   * @param {{drop: HTMLElement, field: HTMLInputElement, list: HTMLElement}} parts
   * @param {() => {source: string, target: string}} languages those that are chosen
   */
  constructor({ drop, field, list }, languages) {
    this.list = list;
    this.languages = languages;
    field.addEventListener('change', () => {
      this.#take([...(field.files ?? [])]);
      field.value = '';
    });
    for (const name of ['dragenter', 'dragover']) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add('over');
      });
    }
    for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      this.#take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** @param {File[]} files */
  #take(files) {
    for (const file of files) this.#translate(file);
  }

  /** @param {File} file */
  async #translate(file) {
    const stopping = new AbortController();
    const bar = /** @type {HTMLProgressElement} */ (make('progress', { max: 1, value: 0, 'aria-label': `Progress of ${file.name}` }));
    const said = make('span.file-said', { role: 'status', textContent: 'Sending…' });
    const action = make('span.file-action', {}, make('button.small', { type: 'button', textContent: 'Stop', 'aria-label': `Stop ${file.name}`, onclick: () => stopping.abort() }));
    const line = make('li.file', {}, make('span.file-name', { textContent: file.name }), make('span.quiet', { textContent: size(file.size) }), action, bar, said);
    this.list.prepend(line);
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    let waiting = 0;
    let come = '';
    const say = () => {
      said.textContent = `Translating…${come} ${seconds()} s`;
    };
    const onSent = (share) => {
      if (waiting !== 0) return;
      bar.value = share;
      if (share < 1) return;
      bar.removeAttribute('value');
      said.textContent = 'Translating…';
      // Once a second, however fast it comes: screen readers read it aloud.
      waiting = setInterval(say, 1000);
    };
    const onDone = (done, total) => {
      bar.value = total === 0 ? 1 : done / total;
      const isFirst = come === '';
      come = ` ${done} of ${total} sentences,`;
      if (isFirst) say();
    };
    try {
      const address = await sendFile(file, this.languages(), { onSent, onDone }, stopping.signal);
      said.textContent = `Done in ${Math.max(1, seconds())} s.`;
      action.replaceChildren(make('a.button.small', { href: address, download: '', textContent: 'Save', 'aria-label': `Save the translation of ${file.name}` }));
      line.dataset.state = 'done';
    } catch (fault) {
      said.textContent = stopping.signal.aborted ? 'Stopped.' : /** @type {Error} */ (fault).message;
      action.replaceChildren(make('button.small', { type: 'button', textContent: 'Try again', 'aria-label': `Try ${file.name} again`, onclick: () => {
        line.remove();
        this.#translate(file);
      } }));
      line.dataset.state = stopping.signal.aborted ? 'stopped' : 'failed';
    } finally {
      clearInterval(waiting);
      bar.remove();
    }
  }
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
