// One small plot a series, drawn as SVG.

import { byId, element, number, octets } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 240;
const HEIGHT = 60;

/** What is drawn: counts as sums over the time shown, levels as what is now. */
const PLOTS = [
  { series: "submitted", title: "Messages sent, per minute", sum: true },
  { series: "incoming", title: "Messages from other servers, per minute", sum: true },
  { series: "refused", title: "Refusals, per minute", sum: true },
  { series: "queue", title: "Waiting for other servers" },
  { series: "accounts", title: "Accounts" },
  { series: "stored", title: "Stored", format: octets },
  { series: "expired", title: "Messages expired, per minute", sum: true },
  { series: "errors", title: "Warnings and errors in the log, per minute", sum: true },
];

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** Runs of minutes that are known: a gap is left where the server didn't run. */
function runs(values) {
  const found = [];
  values.forEach((value, index) => {
    if (value !== null) {
      if (index === 0 || values[index - 1] === null) {
        found.push([]);
      }
      found.at(-1).push([index, value]);
    }
  });
  return found;
}

function drawn(values, top) {
  const x = (index) => (values.length === 1 ? 0 : (index / (values.length - 1)) * WIDTH);
  const y = (value) => HEIGHT - 2 - (value / top) * (HEIGHT - 6);
  const shapes = [svg("line", { class: "axis", x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1 })];
  for (const run of runs(values)) {
    const points = run.map(([index, value]) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    // A minute on its own is a dash, else nobody would see it.
    if (points.length === 1) {
      points.push(`${(x(run[0][0]) + 1).toFixed(1)},${y(run[0][1]).toFixed(1)}`);
    }
    const [first, last] = [points[0].split(",")[0], points.at(-1).split(",")[0]];
    shapes.push(svg("polygon", { class: "area", points: `${first},${HEIGHT} ${points.join(" ")} ${last},${HEIGHT}` }));
    shapes.push(svg("polyline", { class: "line", points: points.join(" ") }));
  }
  return shapes;
}

function plot({ series, title, sum, format = number }, values) {
  const known = values.filter((value) => value !== null);
  const shown = known.length === 0 ? "" : format(sum ? known.reduce((a, b) => a + b, 0) : known.at(-1));
  const top = Math.max(1, ...known);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
  picture.setAttribute("aria-label", `${title}: ${sum ? "in all" : "now"} ${shown}, at most ${format(top)}`);
  picture.append(...drawn(values, top));
  const caption = element("figcaption", {}, element("span", {}, title), element("strong", {}, shown));
  return element("figure", { "data-series": series }, caption, picture, element("span", { class: "hint" }, `at most ${format(known.length ? Math.max(...known) : 0)}`));
}

export function draw(statistics) {
  byId("plots").replaceChildren(...PLOTS.map((each) => plot(each, statistics.series[each.series])));
}
