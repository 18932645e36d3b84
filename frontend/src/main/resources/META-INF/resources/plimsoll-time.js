/*
 * <plimsoll-time datetime="2026-11-24T18:46:03Z">: how long ago that is, in the words of
 * dev.plimsoll.ui.widgets.Moments, counted on while the page is open. Without this script the
 * element shows the words that the server gave it.
 */
function relative(at, now) {
  const seconds = Math.trunc((now - at) / 1000);
  const size = Math.abs(seconds);
  const past = seconds >= 0;
  if (size < 45) return past ? 'just now' : 'in a moment';
  const minutes = Math.floor(size / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  let words;
  if (minutes < 60) words = `${Math.max(1, minutes)} min`;
  else if (hours < 48) words = `${hours} h`;
  else if (days < 60) words = `${days} days`;
  else words = `${Math.floor(days / 30)} months`;
  return past ? `${words} ago` : `in ${words}`;
}

const open = new Set();

class PlimsollTime extends HTMLElement {
  static observedAttributes = ['datetime'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' });
  }

  connectedCallback() {
    open.add(this);
    this.show();
  }

  disconnectedCallback() {
    open.delete(this);
  }

  attributeChangedCallback() {
    this.show();
  }

  show() {
    const at = Date.parse(this.getAttribute('datetime'));
    this.shadowRoot.textContent = Number.isNaN(at) ? '' : relative(at, Date.now());
  }
}

if (!customElements.get('plimsoll-time')) {
  customElements.define('plimsoll-time', PlimsollTime);
  setInterval(() => open.forEach(element => element.show()), 15000);
}
