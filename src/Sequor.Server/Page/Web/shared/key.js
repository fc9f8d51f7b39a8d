/** The key that a server may ask for. It is forgotten with the tab. */
const place = 'sequor.key';

/** @returns {string} the key, or nothing */
export function readKey() {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} key */
export function keepKey(key) {
  try {
    if (key === '') sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, key);
  } catch {
    // Without storage there is no key to send; the server says so again.
  }
}
