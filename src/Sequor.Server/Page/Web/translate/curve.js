import { draw, make } from '../shared/dom.js';

/** @typedef {{update: number, value: number}} Point */

const width = 420;
const height = 200;
const margin = { left: 44, right: 14, top: 14, bottom: 30 };

/**
 * Draws how a number went over a training, with its values in a table below for those who want to read them.
 * @param {string} name what the number is
 * @param {Point[]} points in order
 * @param {string} unit of the horizontal axis
 * @returns {HTMLElement}
 */
export function curve(name, points, unit) {
  const values = points.map((point) => point.value);
  const across = scale(Math.min(0, points[0].update), points[points.length - 1].update, margin.left, width - margin.right);
  const [low, high, step] = niceRange(Math.min(...values), Math.max(...values));
  const up = scale(low, high, height - margin.bottom, margin.top);
  const last = points[points.length - 1];
  const image = draw('svg', {
    viewBox: `0 0 ${width} ${height}`, role: 'img', class: 'curve',
    'aria-label': `${name} from ${shown(values[0])} at ${unit} ${points[0].update} to ${shown(last.value)} at ${unit} ${last.update}`,
  });
  for (let tick = low; tick <= high + step / 2; tick += step) {
    image.append(draw('line', { x1: margin.left, x2: width - margin.right, y1: up(tick), y2: up(tick), class: 'curve-grid' }));
    image.append(draw('text', { x: margin.left - 8, y: up(tick) + 4, class: 'curve-label', 'text-anchor': 'end' }, shown(tick)));
  }
  for (const { update } of points.filter((_, index) => index % Math.ceil(points.length / 6) === 0 || index === points.length - 1)) {
    image.append(draw('text', { x: across(update), y: height - 10, class: 'curve-label', 'text-anchor': 'middle' }, short(update)));
  }
  image.append(draw('polyline', { class: 'curve-line', points: points.map((point) => `${across(point.update).toFixed(1)},${up(point.value).toFixed(1)}`).join(' ') }));
  image.append(...points.map((point) => draw('circle', { class: 'curve-point', cx: across(point.update), cy: up(point.value), r: points.length > 40 ? 1.5 : 3.5 },
    draw('title', {}, `${unit} ${point.update}: ${shown(point.value)}`))));
  return make('figure.curve-figure', {}, make('figcaption', { textContent: name }), image);
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} low
 * @param {number} high
 */
const scale = (from, to, low, high) => (/** @type {number} */ value) => low + ((value - from) / (to - from || 1)) * (high - low);

/**
 * Round ends and steps around the values.
 * @param {number} low
 * @param {number} high
 * @returns {[number, number, number]}
 */
function niceRange(low, high) {
  const rough = (high - low || Math.abs(high) || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step, step];
}

/** @param {number} value */
const shown = (value) => String(Number(value.toPrecision(4)));

/** @param {number} update */
const short = (update) => (update >= 1000 ? `${Number((update / 1000).toPrecision(3))}k` : String(update));
