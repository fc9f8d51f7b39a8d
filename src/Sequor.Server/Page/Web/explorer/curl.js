/** @typedef {{method: string, url: string, headers: Record<string, string>, json?: string, form?: [string, string|File][]}} Call */

/**
 * The line that makes a call from a shell.
 * @param {Call} call
 * @returns {string}
 */
export function curlOf({ method, url, headers, json, form }) {
  const words = ['curl', ...(method === 'GET' || json !== undefined || form !== undefined ? [] : ['-X', method]), quoted(url)];
  for (const [name, value] of Object.entries(headers)) words.push('-H', quoted(`${name}: ${name === 'Authorization' ? 'Bearer $SEQUOR_KEY' : value}`, name === 'Authorization'));
  if (json !== undefined) words.push('-d', quoted(compact(json)));
  for (const [name, value] of form ?? []) words.push('-F', quoted(value instanceof File ? `${name}=@${value.name}` : `${name}=${value}`));
  return words.join(' ');
}

/**
 * @param {string} word
 * @param {boolean} [open] whether the shell shall fill in variables
 * @returns {string}
 */
function quoted(word, open = false) {
  return open ? `"${word}"` : /^[\w./:=@-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** @param {string} json */
function compact(json) {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
