/*
 * <plimsoll-coverage>: how much stood in which state over time, stacked. Its property `shown` is
 * {from, to, unit: 'count' or 'bytes', states: [word, …], steps: [{at, values: [n, …]}, …]}; states
 * from the bottom up, steps oldest first, each holding until the next. Colours and patterns come
 * from the style sheet's custom properties, so that neither is the only sign. The numbers belong
 * beside it as a table, for a picture says nothing to a screen reader.
 */
const SVG = 'http://www.w3.org/2000/svg';
const LEFT = 52;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 22;
const NEWEST = 6;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

const STYLE = `
  :host { display: block; position: relative; }
  svg { display: block; }
  text { fill: var(--plimsoll-text-secondary); font-size: 11px; font-family: inherit; }
  .rule { stroke: var(--plimsoll-rule); }
  .cursor { stroke: var(--plimsoll-text-secondary); stroke-dasharray: 3 3; }
  .edge { fill: none; stroke: var(--plimsoll-surface); stroke-width: 1; }
  .tip {
    position: absolute; pointer-events: none; white-space: pre; font-size: 12px; line-height: 1.45;
    padding: 0.4rem 0.6rem; border-radius: 6px; border: 1px solid var(--plimsoll-rule);
    background: var(--plimsoll-surface); color: var(--plimsoll-text);
    font-variant-numeric: tabular-nums;
  }
`;

/* A tile for each state, the same as the swatches in the style sheet. */
const TILES = {
  protected: ['--good-fill', []],
  late: ['--medium-surface', ['M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5'], '--medium'],
  failed: ['--critical-surface', ['M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5', 'M-1,5 L1,7 M0,0 L6,6 M5,-1 L7,1'], '--critical'],
  unprotected: ['--high-surface', ['M1.5,0 V6 M4.5,0 V6'], '--high'],
  exempt: ['--quiet-surface', ['M0,3 H6'], '--quiet'],
  unknown: ['--unknown-surface', ['M2,3 h2'], '--unknown'],
};

function node(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function tile(state) {
  const [ground, lines, ink] = TILES[state];
  return node(
    'pattern',
    { id: state, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
    node('rect', { width: 6, height: 6, style: `fill: var(${ground})` }),
    ...lines.map(d => node('path', { d, style: `stroke: var(${ink}); stroke-width: 1.4` })),
  );
}

function inUnits(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/* The least round number that is not below it, of which the half is round too where it can be. */
function ceiling(value, unit) {
  if (value <= 0) return 1;
  let scale = 1;
  if (unit === 'bytes') {
    while (value / scale >= 1024) scale *= 1024;
  }
  const size = 10 ** Math.floor(Math.log10(value / scale));
  const step = [1, 2, 4, 6, 8, 10].find(step => step * size * scale >= value) ?? 10;
  const nice = step * size * scale;
  return unit === 'count' ? Math.max(2, Math.ceil(nice)) : nice;
}

class PlimsollCoverage extends HTMLElement {
  #shown = null;
  #resizes = new ResizeObserver(() => this.#draw());
  #tip = document.createElement('div');
  #cursor = null;

  constructor() {
    super();
    const style = document.createElement('style');
    style.textContent = STYLE;
    this.#tip.className = 'tip';
    this.#tip.hidden = true;
    this.attachShadow({ mode: 'open' }).append(style, this.#tip);
    this.addEventListener('pointermove', event => this.#point(event));
    this.addEventListener('pointerleave', () => this.#leave());
  }

  set shown(value) {
    this.#shown = value;
    this.#draw();
  }

  get shown() {
    return this.#shown;
  }

  connectedCallback() {
    this.#resizes.observe(this);
    // Flow may set the property before this class is known.
    if (Object.hasOwn(this, 'shown')) {
      const early = this.shown;
      delete this.shown;
      this.shown = early;
    }
    this.#draw();
  }

  disconnectedCallback() {
    this.#resizes.disconnect();
  }

  #words(value) {
    return this.#shown.unit === 'bytes' ? inUnits(value) : value.toLocaleString('en');
  }

  #x(at) {
    const { from, to } = this.#shown;
    const share = (Date.parse(at) - Date.parse(from)) / Math.max(1, Date.parse(to) - Date.parse(from));
    return LEFT + Math.min(1, Math.max(0, share)) * (this.clientWidth - LEFT - RIGHT);
  }

  #draw() {
    this.shadowRoot.querySelector('svg')?.remove();
    this.#leave();
    const shown = this.#shown;
    if (!this.isConnected || this.clientWidth === 0 || !shown?.steps.length) return;
    const width = this.clientWidth;
    const height = this.clientHeight;
    const sum = values => values.reduce((a, b) => a + b, 0);
    const top = ceiling(Math.max(...shown.steps.map(step => sum(step.values))), shown.unit);
    const y = value => height - BOTTOM - (value / top) * (height - TOP - BOTTOM);
    const svg = node('svg', { width, height, 'aria-hidden': 'true' });
    svg.append(node('defs', {}, ...shown.states.map(tile)));
    for (const value of [0, top / 2, top]) {
      svg.append(
        node('line', { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value), class: 'rule' }),
        node('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, this.#words(value)),
      );
    }
    this.#areas(svg, y);
    this.#days(svg, width, height);
    this.#cursor = node('line', { y1: TOP, y2: height - BOTTOM, class: 'cursor', visibility: 'hidden' });
    svg.append(this.#cursor);
    this.shadowRoot.prepend(svg);
  }

  #areas(svg, y) {
    const { steps, states, to } = this.#shown;
    // What began just now is seen all the same: on the first day there is nothing else to see.
    const last = Math.min(this.#x(steps.at(-1).at), this.#x(to) - NEWEST);
    const begins = steps.map(step => Math.min(this.#x(step.at), last));
    const ends = steps.map((step, i) => begins[i + 1] ?? this.#x(to));
    const below = steps.map(() => 0);
    states.forEach((state, s) => {
      const upper = [];
      const lower = [];
      steps.forEach((step, i) => {
        const x = begins[i];
        const base = below[i];
        below[i] += step.values[s];
        upper.push(`${x},${y(below[i])}`, `${ends[i]},${y(below[i])}`);
        lower.unshift(`${ends[i]},${y(base)}`, `${x},${y(base)}`);
      });
      if (!steps.some(step => step.values[s] > 0)) return;
      svg.append(
        node('polygon', { points: [...upper, ...lower].join(' '), fill: `url(#${state})` }),
        node('polyline', { points: upper.join(' '), class: 'edge' }),
      );
    });
  }

  #days(svg, width, height) {
    const from = Date.parse(this.#shown.from);
    const to = Date.parse(this.#shown.to);
    const count = Math.max(2, Math.min(6, Math.floor((width - LEFT) / 90)));
    for (let i = 0; i < count; i++) {
      const at = new Date(from + ((to - from) * i) / (count - 1)).toISOString();
      const anchor = i === 0 ? 'start' : i === count - 1 ? 'end' : 'middle';
      svg.append(
        node('text', { x: this.#x(at), y: height - 6, 'text-anchor': anchor }, at.slice(5, 10)),
      );
    }
  }

  #point(event) {
    const shown = this.#shown;
    if (!this.#cursor || !shown?.steps.length) return;
    const x = event.clientX - this.getBoundingClientRect().left;
    const step = shown.steps.findLast(step => this.#x(step.at) <= x);
    if (!step) {
      this.#leave();
      return;
    }
    this.#cursor.setAttribute('x1', x);
    this.#cursor.setAttribute('x2', x);
    this.#cursor.setAttribute('visibility', 'visible');
    const lines = shown.states
      .map((state, s) => [state, step.values[s]])
      .filter(([, value]) => value > 0)
      .reverse()
      .map(([state, value]) => `${this.#words(value)} ${state}`);
    this.#tip.textContent = [`from ${step.at.slice(0, 16).replace('T', ' ')} UTC`, ...lines].join('\n');
    this.#tip.hidden = false;
    const room = this.clientWidth - this.#tip.offsetWidth;
    this.#tip.style.left = `${Math.max(0, Math.min(room, x + 12))}px`;
    this.#tip.style.top = `${TOP}px`;
  }

  #leave() {
    this.#tip.hidden = true;
    this.#cursor?.setAttribute('visibility', 'hidden');
  }
}

if (!customElements.get('plimsoll-coverage')) {
  customElements.define('plimsoll-coverage', PlimsollCoverage);
}
