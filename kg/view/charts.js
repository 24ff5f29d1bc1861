// Charts: figures as small drawings; what was reached is filled, what is aimed at is hollow.

const SPARK = { width: 96, height: 26, room: 5 };
const MOST_BARS = 40;

/** Where on a line of time a period lies: the middle of it, in months. */
function timeOf(period) {
  const [first, last] = monthsOf(period).map(numberOfMonth);
  return (first + last) / 2;
}

/** How many months a period has; half a year's output must not be drawn beside a whole year's, while rates may. */
function spanOf({ measure, period }) {
  if (!["level", "change"].includes(measure)) return 0;
  const [first, last] = monthsOf(period).map(numberOfMonth);
  return last - first + 1;
}

/** The largest group of figures that can be drawn on one axis. */
function comparable(some, axis = axisOf) {
  const groups = new Map();
  for (const figure of some) groups.set(axis(figure), [...(groups.get(axis(figure)) ?? []), figure]);
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** A line of one thing's values over time, and what they measure; null where there are not two to compare. */
function sparkline(some) {
  const dated = some.filter((figure) => figure.period && figure.measure !== "rank");
  const known = comparable(dated, (figure) => `${axisOf(figure)}\n${spanOf(figure)}`);
  const points = known.sort((a, b) => timeOf(a.period) - timeOf(b.period));
  if (points.length < 2 || timeOf(points[0].period) === timeOf(points.at(-1).period)) return null;
  const { width, height, room } = SPARK;
  const svg = shape("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
  const values = points.map((f) => `${periodInWords(f.period)} ${valueInWords(f)}`).join("；");
  const told = say("trend", { measure: say(`measures.${points[0].measure}`), values });
  svg.setAttribute("aria-label", told);
  svg.append(shape("title", {}, told));
  const x = scaled(points.map((f) => timeOf(f.period)), room, width - room);
  const y = scaled(points.map(magnitude), height - room, room);
  const reached = points.flatMap((f, i) => (f.status === "actual" ? [`${x[i]},${y[i]}`] : []));
  svg.append(shape("polyline", { points: reached.join(" "), class: "line" }));
  points.forEach((f, i) => svg.append(shape("circle", { cx: x[i], cy: y[i], r: 3, class: f.status })));
  return make("span", { class: "trend" }, make("small", { "aria-hidden": "true" }, say(`measures.${points[0].measure}`)), svg);
}

/** Numbers brought between `begin` and `end`. */
function scaled(values, begin, end) {
  const [low, high] = rangeOf(values);
  return values.map((value) => Math.round(10 * (high === low ? (begin + end) / 2 : begin + ((value - low) / (high - low)) * (end - begin))) / 10);
}

/** One indicator's figures as bars: the thing with the largest first, those of one thing in the order of time. */
function barChart(some) {
  const group = inOrder(comparable(some.filter((figure) => figure.measure !== "rank"))).slice(0, MOST_BARS);
  if (group.length < 2) return null;
  const [low, high] = rangeOf([0, ...group.map(magnitude)]);
  const rows = group.map((figure) => bar(figure, low, high));
  const { indicator, measure } = group[0];
  const left = some.length - group.length;
  const title = make("figcaption", {}, quoted(indicator), ` · ${say(`measures.${measure}`)}`, left ? ` · ${say("unlike", { n: left })}` : null);
  return make("figure", { class: "chart" }, title, make("ul", {}, ...rows));
}

function inOrder(some) {
  const largest = new Map();
  for (const figure of some) largest.set(figure.about, Math.max(magnitude(figure), largest.get(figure.about) ?? -Infinity));
  const order = (a, b) => largest.get(b.about) - largest.get(a.about) || a.about - b.about || a.period.localeCompare(b.period);
  return some.sort(order);
}

function bar(figure, low, high) {
  const share = (value) => (100 * (value - low)) / (high - low || 1);
  const [begin, end] = [0, magnitude(figure)].map(share).sort((a, b) => a - b);
  const svg = shape("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", class: "bar", "aria-hidden": "true" });
  svg.append(shape("rect", { x: begin, y: 1, width: Math.max(end - begin, 0.4), height: 8, class: figure.status }));
  const name = make("span", { class: "name" }, quoted(things[figure.about].name), " ", make("small", {}, periodInWords(figure.period)));
  const status = make("small", { class: `badge ${figure.status}` }, say(`statuses.${figure.status}`));
  return make("li", { class: figure.about === focus.thing ? "mine" : null }, name, svg, make("span", { class: "number" }, quoted(valueInWords(figure))), status);
}
