/**
 * Puts text on the clipboard and says so on the button for a moment.
 * @param {HTMLButtonElement} button
 * @param {string} text
 * @returns {Promise<void>}
 */
export async function copy(button, text) {
  const label = button.dataset.label ?? button.textContent ?? '';
  button.dataset.label = label;
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = copyByHand(text) ? 'Copied' : 'Not allowed';
  }
  button.textContent = said;
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

/**
 * The older way, which also works where a page does not come over HTTPS.
 * @param {string} text
 * @returns {boolean}
 */
function copyByHand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return done;
}
