import { make, percent } from '../shared/dom.js';

/** @typedef {number[][]} Matrix [target][source] */

/**
 * Draws weights as a table: a row for each piece of the translation, a column for each piece of the source.
 * @param {string[]} sourcePieces
 * @param {string[]} targetPieces
 * @param {Matrix} matrix
 * @param {(target: number, source: number) => void} point told the cell that is pointed at; -1, -1 for none
 * @returns {HTMLElement}
 */
export function heatMap(sourcePieces, targetPieces, matrix, point) {
  const head = make('tr', {}, make('td.corner'), ...sourcePieces.map((piece) => make('th', { scope: 'col' }, make('span', { textContent: bare(piece) }))));
  const rows = targetPieces.map((piece, target) => make('tr', {}, make('th', { scope: 'row', textContent: bare(piece) }), ...matrix[target].map(cell)));
  const table = make('table.heat', {}, make('caption.unseen', { textContent: 'How much each piece of the translation (row) attends to each piece of the source (column)' }),
    make('thead', {}, head), make('tbody', {}, ...rows));
  table.addEventListener('pointerover', (event) => {
    const over = /** @type {HTMLElement} */ (event.target).closest('tbody td');
    if (over === null) point(-1, -1);
    else point(rows.indexOf(/** @type {HTMLElement} */ (over.parentElement)), /** @type {HTMLTableCellElement} */ (over).cellIndex - 1);
  });
  table.addEventListener('pointerleave', () => point(-1, -1));
  return table;
}

/** @param {number} weight */
function cell(weight) {
  const made = make('td', { title: percent(weight) }, make('span.unseen', { textContent: percent(weight) }));
  made.style.setProperty('--weight', weight.toFixed(3));
  return made;
}

/**
 * Draws a heat map as small as a stamp.
 * @param {Matrix} matrix
 * @returns {HTMLCanvasElement}
 */
export function stamp(matrix) {
  const canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { width: matrix[0].length, height: matrix.length, 'aria-hidden': 'true' }));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  matrix.forEach((row, target) => row.forEach((weight, source) => {
    context.fillStyle = `rgb(217 132 16 / ${weight})`;
    context.fillRect(source, target, 1, 1);
  }));
  return canvas;
}

/** @param {string} piece @returns {string} the piece without the mark of a space */
export const bare = (piece) => piece.replaceAll('\u2581', '') || '␣';
