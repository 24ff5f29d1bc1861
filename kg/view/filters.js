// Filters: which facts are shown, by document, relation, status, measure and time.

const NOTHING = { document: "", relation: "", status: "", measure: "", from: "", until: "" };
const filter = { ...NOTHING };

/** Whether a fact is let through. A filter of figures lets no relation through unless one of relations is set too, and the other way round. */
function passes(fact) {
  const ofFigures = filter.status || filter.measure || filter.from || filter.until;
  if (filter.document && !fact.evidence.some(([number]) => documents[number].id === filter.document)) return false;
  if (fact.p) return filter.relation ? fact.p === filter.relation : !ofFigures;
  if (!ofFigures) return !filter.relation;
  return (!filter.status || fact.status === filter.status) && (!filter.measure || fact.measure === filter.measure) && inTime(fact.period);
}

function filtering() {
  return Object.values(filter).some(Boolean);
}

/** A period's first and last month: 2024/2025-06 is 2024-01 and 2025-06. */
function monthsOf(period) {
  const [first, last = first] = period.split("/");
  return [first.length < 7 ? `${first}-01` : first.slice(0, 7), last.length < 7 ? `${last}-12` : last.slice(0, 7)];
}

/** Whether any part of the period lies in the time asked for. */
function inTime(period) {
  if (!filter.from && !filter.until) return true;
  if (!period) return false;
  const [first, last] = monthsOf(period);
  return (!filter.from || last >= filter.from) && (!filter.until || first <= filter.until);
}

/** Every month from the first that a figure's period begins in to the last that one ends in. */
const months = once(() => {
  const known = periods().flatMap(([period]) => monthsOf(period).map(numberOfMonth));
  if (!known.length) return [];
  const [first, last] = rangeOf(known);
  return Array.from({ length: last - first + 1 }, (_, i) => monthOf(first + i));
});

/** Each period that figures are of, and of how many. */
const periods = once(() => {
  const count = new Map();
  for (const number of data.figures.period) if (number) count.set(strings[number], (count.get(strings[number]) ?? 0) + 1);
  return [...count];
});

/** Months counted from the year 0, so that one can reckon with them. */
function numberOfMonth(month) {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthOf(number) {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** The things that have a fact which passes. */
function passing() {
  return things.filter((thing) => !filtering() || thing.out.length || thing.into.length || thing.figures.length);
}

/** One list to choose from; `options` are pairs of value and words. */
function selection(name, options) {
  const entries = options.map(([value, words]) => make("option", { value, selected: filter[name] === value }, words));
  const select = make("select", { "aria-label": say(`filters.${name}`), "data-filter": name }, make("option", { value: "" }, say(`every.${name}`)), ...entries);
  select.addEventListener("change", () => refilter({ [name]: select.value }, name));
  return select;
}

/** One end of the span of time. */
function slider(name) {
  const at = filter[name] ? months().indexOf(filter[name]) : restOf(name);
  const about = { type: "range", min: "0", max: String(months().length - 1), value: String(at) };
  const input = make("input", { ...about, "aria-label": say(`filters.${name}`), "data-filter": name });
  input.addEventListener("change", () => refilter({ [name]: monthAt(name, input.value) }, name));
  return input;
}

/** Where an end of the span of time is while nothing is filtered. */
function restOf(name) {
  return name === "from" ? 0 : months().length - 1;
}

function monthAt(name, at) {
  return Number(at) === restOf(name) ? "" : months()[at];
}

/** How many figures there are of each month, as bars; a brush over them, and a handle at each end, choose a span of time. */
function timeBrush() {
  const ends = [slider("from"), slider("until")];
  const told = make("output", {});
  const span = shape("rect", { y: 0, height: 1, class: "span" });
  const bars = shape("svg", { viewBox: `0 0 ${months().length} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bars.append(span, shape("path", { d: barsOfMonths() }));
  const tell = () => {
    const [from, until] = ends.map((end) => Number(end.value)).sort((a, b) => a - b);
    for (const end of ends) end.setAttribute("aria-valuetext", dateInWords(months()[end.value]));
    told.textContent = say("periods.range", { a: dateInWords(months()[from]), b: dateInWords(months()[until]) });
    span.setAttribute("x", from);
    span.setAttribute("width", until - from + 1);
  };
  for (const end of ends) end.addEventListener("input", tell);
  tell();
  const brush = make("div", { class: "brush" }, bars, ...ends);
  listenToBrush(brush, ends, tell);
  return make("div", { class: "time", role: "group", "aria-label": say("time") }, make("span", {}, say("time")), brush, told);
}

/** Drawing over the bars sets both ends at once. */
function listenToBrush(brush, ends, tell) {
  let begin = null;
  const monthUnder = ({ clientX }) => {
    const { left, width } = brush.getBoundingClientRect();
    return Math.max(0, Math.min(months().length - 1, Math.floor(((clientX - left) / width) * months().length)));
  };
  const put = (event) => {
    [ends[0].value, ends[1].value] = [begin, monthUnder(event)].sort((a, b) => a - b);
    tell();
  };
  brush.addEventListener("pointerdown", (event) => {
    if (ends.includes(event.target)) return; // a handle is drawn by itself
    begin = monthUnder(event);
    brush.setPointerCapture(event.pointerId);
    put(event);
  });
  brush.addEventListener("pointermove", (event) => begin !== null && put(event));
  brush.addEventListener("pointerup", (event) => {
    if (begin === null) return;
    put(event);
    begin = null;
    refilter({ from: monthAt("from", ends[0].value), until: monthAt("until", ends[1].value) }, "from");
  });
}

/** A bar for each month, the highest one high. */
function barsOfMonths() {
  const count = new Array(months().length).fill(0);
  const first = numberOfMonth(months()[0]);
  for (const [period, figuresOfIt] of periods()) {
    const [begin, end] = monthsOf(period).map((month) => numberOfMonth(month) - first);
    for (let i = begin; i <= end; i += 1) count[i] += figuresOfIt;
  }
  const most = Math.max(...count);
  return count.map((n, i) => (n ? `M${i + 0.1} 1V${1 - Math.sqrt(n / most)}H${i + 0.9}V1Z` : "")).join("");
}

function inWords(name, table, used) {
  const known = Object.entries(data.words[language][table]);
  return selection(name, known.filter(([value]) => used.has(value)));
}

/** Everything to filter by, as it stands. */
function showFilters() {
  const used = (column) => new Set(column.map((number) => strings[number]));
  const texts = documents.map((document) => [document.id, document.title ?? document.source ?? say("untitled")]);
  const rest = button({ class: "link", id: "unfilter", hidden: !filtering(), onclick: () => unfilter() }, say("unfilter"));
  document.getElementById("filters").replaceChildren(
    selection("document", texts),
    inWords("relation", "forward", used(data.relations.p)),
    inWords("status", "statuses", used(data.figures.status)),
    inWords("measure", "measures", used(data.figures.measure)),
    ...(months().length > 1 ? [timeBrush()] : []),
    rest,
  );
  document.getElementById("filter").classList.toggle("active", filtering());
}

/** Filter otherwise; of two ends of time in the wrong order the one called `moved` counts. */
function refilter(changed, moved) {
  Object.assign(filter, changed);
  if (filter.from && filter.until && filter.from > filter.until) filter[moved === "from" ? "until" : "from"] = filter[moved];
  showFiltered();
}

function unfilter() {
  Object.assign(filter, NOTHING);
  showFiltered();
}

function showFiltered() {
  const focused = document.activeElement?.dataset?.filter;
  showFilters();
  if (focused) document.querySelector(`#filters [data-filter="${focused}"]`)?.focus();
  keep();
  show();
}
