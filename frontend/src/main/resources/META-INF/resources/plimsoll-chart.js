/*
 * <plimsoll-chart>: a score over time with the band up to what it would be if every unknown
 * passed. Its property `points` is [{at, low, high, grade}], oldest first; null is a gap. `breaks`
 * are those of its instants from which on the score speaks of something else; set before points.
 * ECharts is loaded beside it and draws; colours come from the style sheet's custom properties.
 */
class PlimsollChart extends HTMLElement {
  #points = [];
  #breaks = [];
  #chart = null;
  #redraw = () => this.#draw();
  // The first one comes with the first layout: before it there is no room to draw in.
  #resizes = new ResizeObserver(() => (this.#chart ? this.#chart.resize() : this.#draw()));
  #systemScheme = matchMedia('(prefers-color-scheme: dark)');

  set points(value) {
    this.#points = value ?? [];
    this.#draw();
  }

  get points() {
    return this.#points;
  }

  set breaks(value) {
    this.#breaks = value ?? [];
  }

  get breaks() {
    return this.#breaks;
  }

  connectedCallback() {
    this.#resizes.observe(this);
    addEventListener('plimsoll-color-scheme', this.#redraw);
    this.#systemScheme.addEventListener('change', this.#redraw);
    // Flow may set the property before this class is known.
    for (const name of ['breaks', 'points']) {
      if (Object.hasOwn(this, name)) {
        const early = this[name];
        delete this[name];
        this[name] = early;
      }
    }
    this.#draw();
  }

  disconnectedCallback() {
    this.#resizes.disconnect();
    removeEventListener('plimsoll-color-scheme', this.#redraw);
    this.#systemScheme.removeEventListener('change', this.#redraw);
    this.#chart?.dispose();
    this.#chart = null;
  }

  #color(name) {
    // Resolves light-dark() and colour functions to what a canvas understands.
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    probe.hidden = true;
    this.parentElement.append(probe);
    const color = getComputedStyle(probe).color;
    probe.remove();
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgba(${r},${g},${b},${a / 255})`;
  }

  #draw() {
    if (!this.isConnected || this.clientWidth === 0) return;
    if (!window.echarts) {
      // A script of its own, which may come after this one.
      setTimeout(this.#redraw, 50);
      return;
    }
    this.#chart ??= window.echarts.init(this, null, { renderer: 'canvas' });
    const ink = this.#color('--plimsoll-text-secondary');
    const rule = this.#color('--plimsoll-rule');
    const line = this.#color('--plimsoll-line');
    const band = this.#color('--plimsoll-band');
    // A line needs two points; before that the day itself is marked.
    const few = this.#points.filter(point => point.low != null).length < 3;
    const days = this.#points.map(point => point.at.slice(0, 10));
    const low = this.#points.map(point => point.low);
    const gap = this.#points.map(point =>
      point.low == null || point.high == null ? null : point.high - point.low);
    this.#chart.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(this).fontFamily },
        grid: { left: 32, right: 12, top: 10, bottom: 24 },
        tooltip: {
          trigger: 'axis',
          confine: true,
          renderMode: 'richText',
          backgroundColor: this.#color('--plimsoll-surface'),
          borderColor: rule,
          textStyle: { color: this.#color('--plimsoll-text'), fontSize: 12 },
          formatter: items => {
            const point = this.#points[items[0].dataIndex];
            if (point.low == null) return `${items[0].axisValue}\nno score`;
            const grade = point.grade ? `, grade ${point.grade}` : '';
            return `${items[0].axisValue}\n${Math.floor(point.low)} of 100${grade}\n`
              + `${Math.floor(point.high)} if every unknown passed`;
          },
        },
        xAxis: {
          type: 'category',
          data: days,
          boundaryGap: false,
          axisLine: { lineStyle: { color: rule } },
          axisTick: { show: false },
          axisLabel: {
            color: ink,
            fontSize: 11,
            hideOverlap: true,
            formatter: day => day.slice(5),
          },
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: 100,
          interval: 25,
          axisLabel: { color: ink, fontSize: 11 },
          splitLine: { lineStyle: { color: rule } },
        },
        series: [
          {
            type: 'line', data: low, stack: 'band', silent: true,
            symbol: few ? 'circle' : 'none', symbolSize: 8, showSymbol: few, clip: false,
            // Else a day that has no label has no mark either
            showAllSymbol: few,
            lineStyle: { color: line, width: 2.5 }, itemStyle: { color: line }, z: 3,
            markLine: {
              silent: true, symbol: 'none', animation: false,
              lineStyle: { color: ink, type: 'dashed', width: 1 },
              label: { formatter: 'break', color: ink, fontSize: 11 },
              data: this.#breaks.map(at => ({ xAxis: at.slice(0, 10) })),
            },
          },
          {
            type: 'line', data: gap, stack: 'band', symbol: 'none', silent: true,
            lineStyle: { opacity: 0 }, areaStyle: { color: band, opacity: 1 }, z: 2,
          },
        ],
      },
      true,
    );
  }
}

if (!customElements.get('plimsoll-chart')) {
  customElements.define('plimsoll-chart', PlimsollChart);
}
