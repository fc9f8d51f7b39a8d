/**
 * Makes a row of tabs work: a click, the arrows, Home and End choose one; its panel is shown and the others are hidden.
 * @param {HTMLElement} list the element with role `tablist`
 * @param {(name: string) => void} [onChange] told the name (`data-tab`) of the chosen tab
 * @returns {(name: string) => void} chooses a tab by its name
 */
export function tabs(list, onChange = () => {}) {
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role=tab]')]);

  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of all) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel !== null) panel.hidden = !on;
    }
    onChange(chosen.dataset.tab ?? '');
  };

  list.addEventListener('click', (event) => {
    const tab = /** @type {HTMLElement} */ (event.target).closest('[role=tab]');
    if (tab !== null) choose(/** @type {HTMLElement} */ (tab));
  });
  list.addEventListener('keydown', (event) => {
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = all[(to + all.length) % all.length];
    tab.focus();
    choose(tab);
  });
  return (name) => {
    const tab = all.find((one) => one.dataset.tab === name);
    if (tab !== undefined) choose(tab);
  };
}
