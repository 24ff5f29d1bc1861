// Tables: all programmes as a tree, all figures as a table.

/** Programmes with their parts below them; a programme that is part of itself, by way of others, is shown once. */
function programmeTree(thing, above = []) {
  const parts = thing.out.filter((r) => r.p === "hasPart" && !above.includes(r.o) && r.o !== thing.number).map((r) => things[r.o]);
  const by = [...new Set(thing.into.filter((r) => r.p === "implements").map((r) => things[r.s].name))];
  const label = [
    thingButton(thing),
    parts.length ? make("small", {}, say("parts", { n: parts.length })) : null,
    by.length && !above.length ? make("small", { class: "by" }, quoted(say("by", { names: inList(by) }))) : null,
  ];
  if (!parts.length) return make("li", {}, make("div", { class: "leaf" }, ...label));
  const below = parts.map((part) => programmeTree(part, [...above, thing.number]));
  const unfold = button({ class: "unfold", "aria-label": say("partsOf", { name: thing.name }) });
  const [opener, list] = disclose(unfold, make("ul", { hidden: above.length > 1 }, ...below));
  return make("li", {}, make("div", {}, opener, ...label), list);
}

function size(thing, above = []) {
  const parts = thing.out.filter((r) => r.p === "hasPart" && !above.includes(r.o));
  return parts.reduce((sum, r) => sum + size(things[r.o], [...above, thing.number]), 1);
}

const MOST_TREES = 100; // programmes shown at once

function showProgrammes() {
  const programmes = things.filter((thing) => thing.type === "Programme");
  const tops = programmes.filter((thing) => !thing.into.some((r) => r.p === "hasPart"));
  const sized = tops.map((thing) => [size(thing), thing]).sort(([a, x], [b, y]) => b - a || y.weight - x.weight);
  const whole = sized.filter(([parts]) => parts > 1).map(([, thing]) => () => programmeTree(thing));
  const alone = sized.filter(([parts]) => parts === 1).map(([, thing]) => () => make("li", {}, thingButton(thing)));
  const view = document.getElementById("view-programmes");
  view.replaceChildren(make("h2", {}, say("programmes")));
  if (!programmes.length) view.append(make("p", {}, say("noProgrammes")));
  if (whole.length) view.append(...shortened(whole, { kind: "tree", most: MOST_TREES }));
  if (alone.length) view.append(make("h3", {}, say("standalone")), ...shortened(alone, { kind: "chips", most: 2 * MOST_TREES }));
}

const PAGE = 300; // rows shown at once
const order = { by: "value", falling: true };
const wanted = { text: "", indicator: "", disputed: false };
const SORT = {
  thing: (f) => things[f.about].name,
  indicator: (f) => f.indicator,
  value: magnitude,
  period: (f) => f.period,
  measure: (f) => `${f.measure} ${f.status}`,
};

const inChinese = new Intl.Collator("zh-CN");

function compare(a, b) {
  return typeof a === "number" ? a - b : inChinese.compare(a, b);
}

/** All words that a figure may be looked for by. */
function wordsOf(figure) {
  const about = things[figure.about];
  const names = [about.name, ...about.aliases, say(`classes.${about.type}`), figure.indicator];
  return [...names, periodInWords(figure.period), say(`measures.${figure.measure}`), say(`statuses.${figure.status}`)].join(" ").toLowerCase();
}

/** The figures that the filters let through, in the order asked for. */
function chosenFigures() {
  const terms = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (f) =>
    passes(f) &&
    (!wanted.indicator || senseOf(f.indicator) === senseOf(wanted.indicator)) &&
    (!wanted.disputed || auditOf(f).discrepancies.length) &&
    terms.every((term) => wordsOf(f).includes(term));
  const value = SORT[order.by];
  const found = figures().filter(fits).sort((a, b) => compare(value(a), value(b)));
  return order.falling ? found.reverse() : found;
}

/** Let the table show a thing's figures: those of the indicator at hand, where it has any. */
function lookFor(thing) {
  const sense = senseOf(wanted.indicator);
  const known = wanted.indicator && thing.figures.some(({ indicator }) => senseOf(indicator) === sense);
  Object.assign(wanted, { text: thing.name, indicator: known ? wanted.indicator : "", disputed: false });
}

function heading(name) {
  const cell = make("th", { scope: "col", "data-sort": name });
  const sort = () => {
    order.falling = order.by === name ? !order.falling : ["value", "period"].includes(name);
    order.by = name;
    keep();
    fillFigures();
  };
  cell.append(button({ onclick: sort }, say(name)));
  return cell;
}

function showFigures() {
  const words = make("input", { type: "search", placeholder: say("filterHelp"), "aria-label": say("filterHelp"), value: wanted.text });
  words.addEventListener("input", () => {
    wanted.text = words.value;
    keep();
    fillFigures();
  });
  const tools = [words, indicatorChoice(), disputedChoice()].filter(Boolean);
  const save = button({ class: "action", onclick: download }, say("download"));
  const count = make("span", { id: "rows", role: "status" });
  const head = make("tr", {}, ...Object.keys(SORT).map(heading), make("th", { scope: "col" }, say("source")));
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}));
  const view = document.getElementById("view-figures");
  view.replaceChildren(make("h2", {}, say("figures")), make("div", { class: "tools" }, ...tools, save, count), make("div", { id: "chart" }), make("div", { class: "wide" }, table));
  fillFigures();
}

/** A list of all indicators that have several figures, the most frequent first. */
function indicatorChoice() {
  const some = commonest().filter(({ name, count }) => count > 1 || name === wanted.indicator);
  const options = some.map(({ name, count }) => make("option", { value: name, selected: name === wanted.indicator }, `${name}（${count}）`));
  const select = make("select", { id: "indicator", "aria-label": say("indicator") }, make("option", { value: "" }, say("every.indicator")), ...options);
  select.addEventListener("change", () => {
    wanted.indicator = select.value;
    keep();
    fillFigures();
  });
  return select;
}

/** Whether only values that differ are wanted; null where none do. */
function disputedChoice() {
  if (!data.discrepancies.length) return null;
  const box = make("input", { type: "checkbox", id: "only-disputed" });
  box.checked = wanted.disputed;
  box.addEventListener("change", () => {
    wanted.disputed = box.checked;
    keep();
    fillFigures();
  });
  return make("label", {}, box, say("disputed"));
}

/** Fill the table's body; the tools above it stay as they are. */
function fillFigures(limit = PAGE) {
  const view = document.getElementById("view-figures");
  const found = chosenFigures();
  const rows = found.slice(0, limit).flatMap((figure) => {
    const [row, below] = figureRows(figure, false, thingButton(things[figure.about]), indicatorButton(figure.indicator));
    row.classList.toggle("mine", figure.about === focus.thing);
    return [row, below];
  });
  view.querySelector("tbody").replaceChildren(...rows);
  const chart = new Set(found.map((figure) => senseOf(figure.indicator))).size === 1 ? barChart(found) : null;
  document.getElementById("chart").replaceChildren(...(chart ? [chart] : []));
  for (const cell of view.querySelectorAll("th[data-sort]")) {
    const mine = cell.dataset.sort === order.by;
    cell.setAttribute("aria-sort", mine ? (order.falling ? "descending" : "ascending") : "none");
  }
  document.getElementById("rows").textContent = found.length ? say("rows", { n: found.length }) : say("noRows");
  view.querySelector(".more")?.remove();
  if (found.length > limit) {
    view.append(button({ class: "link more", onclick: () => fillFigures(limit + PAGE) }, say("more", { n: found.length - limit })));
  }
}

/** A cell as CSV; what a spreadsheet would take for a formula is kept text. */
function cell(text) {
  const inert = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const COLUMNS = {
  thing: (f) => things[f.about].name,
  indicator: (f) => f.indicator,
  bound: (f) => (f.bound === "=" ? "" : say(`bound.${f.bound}`, { v: "" }).trim()),
  value: (f) => f.value,
  unit: (f) => f.unit,
  period: (f) => periodInWords(f.period),
  measure: (f) => say(`measures.${f.measure}`),
  status: (f) => say(`statuses.${f.status}`),
  scope: (f) => f.scope,
  source: ({ evidence: [[number]] }) => documents[number].title ?? documents[number].source,
  published: ({ evidence: [[number]] }) => documents[number].date,
  quote: ({ evidence: [place] }) => contextOf(place).map((part) => part.text).join(""),
};

/** The figures now in the table, as a file in the reader's words; the mark at its beginning tells Excel that it is UTF-8. */
function download() {
  const names = Object.keys(COLUMNS).map((name) => say(`columns.${name}`));
  const rows = chosenFigures().map((figure) => Object.values(COLUMNS).map((of) => of(figure)));
  const lines = [names, ...rows].map((row) => row.map((value) => cell(value ?? "")).join(","));
  const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
  saveFile(file, "figures.csv");
}
