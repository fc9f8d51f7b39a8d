/** Dark or light: as the system says, until the reader chooses. Loaded before the page is drawn, so that nothing flashes. */
const place = 'sequor.theme';
const order = ['auto', 'light', 'dark'];
const names = { auto: 'as the system', light: 'light', dark: 'dark' };

/** @returns {string} what was chosen */
function chosen() {
  try {
    const kept = localStorage.getItem(place);
    return order.includes(kept ?? '') ? /** @type {string} */ (kept) : 'auto';
  } catch {
    return 'auto';
  }
}

/** @param {string} theme */
function show(theme) {
  document.documentElement.dataset.theme = theme;
  const button = document.getElementById('theme');
  if (button === null) return;
  button.dataset.theme = theme;
  button.setAttribute('aria-label', `Colours: ${names[theme]}. Change`);
  button.title = `Colours: ${names[theme]}`;
}

show(chosen());
document.addEventListener('DOMContentLoaded', () => {
  show(chosen());
  document.getElementById('theme')?.addEventListener('click', () => {
    const next = order[(order.indexOf(document.documentElement.dataset.theme ?? 'auto') + 1) % order.length];
    try {
      localStorage.setItem(place, next);
    } catch {
      // Storage can be forbidden; the choice then holds until the page is left.
    }
    show(next);
  });
});
