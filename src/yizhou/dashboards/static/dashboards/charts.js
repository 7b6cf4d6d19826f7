/* Draws each table marked data-chart as a chart above it. The table stays the truth: values, names and links are read
   from it, so that nothing is drawn that is not also written. */
(() => {
  "use strict";
  const drawn = new Map();
  const SHAPES = ["circle", "rect", "triangle", "diamond"];
  const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3]];

  const read = (figure) => {
    const heads = [...figure.querySelectorAll("thead th")].slice(1);
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
      head: row.querySelector("th"),
      cells: [...row.querySelectorAll("td")],
    }));
    const columns = heads.flatMap((head, at) => (head.dataset.series === undefined ? [] : [{ name: head.textContent, at }]));
    return {
      labels: rows.map((row) => row.head.textContent.trim()),
      areas: rows.map((row) => row.head.dataset.area),
      shades: rows.map((row) => Number(row.head.dataset.shade)),
      inner: rows.map((row) => row.head.querySelector("a")?.href),
      series: columns.map(({ name, at }) => ({ name, points: rows.map((row) => point(row.cells[at])) })),
    };
  };
  const point = (cell) => ({
    value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
    text: cell.textContent.trim(),
    url: cell.querySelector("a")?.href,
  });

  /* colours of the page around the chart: the wall is dark, the desk is light */
  const inks = (node) => {
    const style = getComputedStyle(node);
    const ink = (name) => style.getPropertyValue(name).trim();
    return {
      text: ink("--ink-2"), line: ink("--line"), ground: ink("--surface"), font: style.fontFamily,
      size: Math.max(12, Math.round(parseFloat(style.fontSize) * .86)),
      series: ["--ring-smart", "--ring-care", "--ring-growth", "--axis"].map(ink),
    };
  };
  const base = (colours) => ({
    animation: false,
    aria: { enabled: false },
    color: colours.series,
    textStyle: { fontFamily: colours.font, fontSize: colours.size, color: colours.text },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colours.ground, borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: colours.size } },
  });
  const told = (table, at) => [table.labels[at], ...table.series.map((one) => `${one.name}  ${one.points[at].text}`)].join("\n");
  const axisText = (colours) => ({ color: colours.text, fontSize: colours.size, hideOverlap: true });
  const legend = (table, colours) => (table.series.length < 2 ? undefined
    : { top: 0, left: 0, type: "plain", itemWidth: 26, textStyle: { color: colours.text, fontSize: colours.size } });

  /* names that do not fit beside one another stand below each other */
  const roof = (table, width) => (table.series.length < 2 ? 18 : width < 420 ? 26 * table.series.length + 12 : 52);
  const lines = (table, unit, colours, width) => ({
    ...base(colours),
    legend: legend(table, colours),
    grid: { left: 4, right: 12, top: roof(table, width), bottom: 4, containLabel: true },
    tooltip: { ...base(colours).tooltip, trigger: "axis", formatter: (hits) => told(table, hits[0].dataIndex) },
    xAxis: { type: "category", data: table.labels.map((label) => label.replace(/（.*/, "")), boundaryGap: false,
      axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false }, axisLabel: axisText(colours) },
    yAxis: { type: "value", scale: unit === "%", max: unit === "%" ? 100 : undefined, minInterval: unit === "%" ? undefined : 1,
      splitLine: { lineStyle: { color: colours.line } }, axisLabel: { ...axisText(colours), formatter: `{value}${unit}` } },
    series: table.series.map((one, n) => ({ name: one.name, type: "line", data: one.points.map((p) => p.value),
      symbol: SHAPES[n % 4], symbolSize: 7, showSymbol: true, lineStyle: { width: 2, type: DASHES[n % 4] } })),
  });
  const bars = (table, unit, colours) => ({
    ...base(colours),
    aria: { enabled: true, label: { enabled: false }, decal: { show: table.series.length > 1 } },
    legend: legend(table, colours),
    grid: { left: 4, right: 30, top: table.series.length > 1 ? 30 : 8, bottom: 4, containLabel: true },
    tooltip: { ...base(colours).tooltip, formatter: (hit) => told(table, hit.dataIndex) },
    yAxis: { type: "category", data: table.labels, inverse: true, axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } }, axisLabel: { ...axisText(colours), hideOverlap: false, interval: 0 } },
    xAxis: { type: "value", max: unit === "%" ? 100 : undefined, splitLine: { lineStyle: { color: colours.line } },
      axisLabel: { ...axisText(colours), formatter: `{value}${unit}` } },
    series: table.series.map((one, n) => ({ name: one.name, type: "bar", data: one.points.map((p) => p.value), barMaxWidth: 14,
      itemStyle: n ? {} : { decal: { symbol: "none" } } })),
  });
  /* a map: five shades from light to dark, so that they differ in grey as well; the table says what each stands for */
  const SHADES = ["#dbe7f3", "#a9c6e3", "#6d9dcb", "#3d74ad", "#1b4a7c"];
  const map = (table, unit, colours) => {
    const points = table.series[0].points, labels = table.labels;
    const pieces = SHADES.map((color, n) => {
      const inside = points.filter((p, at) => table.shades[at] === n + 1).sort((a, b) => a.value - b.value);
      const [low, high] = [inside[0]?.text, inside.at(-1)?.text];
      return inside.length ? { value: n + 1, color, label: low === high ? low : `${low} – ${high}` } : null;
    }).filter(Boolean);
    const dark = (at) => table.shades[at] > 3;
    return {
      ...base(colours),
      tooltip: { ...base(colours).tooltip, formatter: (hit) => told(table, table.areas.indexOf(hit.name)) },
      visualMap: { type: "piecewise", pieces, orient: "horizontal", left: "center", bottom: 0, itemWidth: 20, textStyle: { color: colours.text, fontSize: colours.size } },
      series: [{
        type: "map", map: table.map, roam: false, selectedMode: false, left: 8, right: 8, top: 8, bottom: 36,
        itemStyle: { borderColor: colours.ground, borderWidth: 1.5, areaColor: colours.line },
        emphasis: { itemStyle: { areaColor: "#f0c36d" }, label: { color: "#1d2126" } },
        data: table.areas.map((area, at) => ({
          name: area, value: table.shades[at] || NaN,
          label: { show: true, color: dark(at) ? "#fff" : "#1d2126", fontSize: colours.size, formatter: `${labels[at]}\n${points[at].text}` },
        })),
      }],
    };
  };
  const KINDS = { line: lines, bar: bars, map };

  /* boundaries are fetched once for all drawings of the same area */
  const known = new Set();
  const learn = async (address) => {
    if (!known.has(address)) {
      /* without boundaries, or without a server, the table is what there is */
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (answer?.status !== 200) return "";
      window.echarts.registerMap(address, await answer.json());
      known.add(address);
    }
    return address;
  };

  const draw = async (figure) => {
    const space = figure.querySelector(".drawing"), make = KINDS[figure.dataset.chart];
    if (!space || !make || drawn.has(figure)) return;
    const table = read(figure);
    if (!table.series.some((one) => one.points.some((p) => p.value !== null))) return;
    if (figure.dataset.shapes) {
      table.map = await learn(figure.dataset.shapes);
      if (!table.map || drawn.has(figure)) return;
    }
    space.hidden = false;
    const chart = window.echarts.init(space, null, { renderer: "canvas" });
    chart.setOption(make(table, figure.dataset.unit || "", inks(space), space.clientWidth));
    chart.on("click", (hit) => {
      /* a place leads to what lies below it, everything else to its figure */
      const at = figure.dataset.chart === "map" ? table.areas.indexOf(hit.name) : hit.dataIndex;
      const url = figure.dataset.chart === "map" ? table.inner[at] : table.series[hit.seriesIndex]?.points[at]?.url;
      if (url) window.location.assign(url);
    });
    figure.querySelector("details").open = false;
    drawn.set(figure, chart);
  };
  const drawAll = () => {
    for (const [figure, chart] of drawn) {
      if (!figure.isConnected) { chart.dispose(); drawn.delete(figure); }
    }
    document.querySelectorAll("figure[data-chart]").forEach(draw);
  };
  drawAll();
  document.addEventListener("htmx:afterSwap", drawAll);

  /* the wall asks for itself every minute; an answer that is no wall (signed out overnight) is shown as what it is */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "wall" || event.detail.xhr.responseText.includes('id="wall"')) return;
    event.detail.shouldSwap = false;
    window.location.reload();
  });

  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  /* on paper the drawings keep their shape (paper.css) and every table is there */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".chart details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((one) => { one.open = false; });
  });
})();
