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

/** Every month in which a figure's period begins or ends. */
const months = once(() => {
  const periods = [...new Set(data.figures.period)].map((number) => strings[number]).filter(Boolean);
  return [...new Set(periods.flatMap(monthsOf))].sort();
});

/** The things that have a fact which passes. */
function passing() {
  return things.filter((thing) => !filtering() || thing.out.length || thing.into.length || thing.figures.length);
}

/** One list to choose from; `options` are pairs of value and words. */
function selection(name, options) {
  const entries = options.map(([value, words]) => make("option", { value, selected: filter[name] === value }, words));
  const select = make("select", { "aria-label": say(`filters.${name}`), "data-filter": name }, make("option", { value: "" }, say(`every.${name}`)), ...entries);
  select.addEventListener("change", () => refilter(name, select.value));
  return select;
}

/** One end of the span of time. */
function slider(name) {
  const last = months().length - 1;
  const rest = name === "from" ? 0 : last;
  const at = filter[name] ? months().indexOf(filter[name]) : rest;
  const input = make("input", { type: "range", min: "0", max: String(last), value: String(at), "aria-label": say(`filters.${name}`), "data-filter": name });
  const told = make("output", {}, dateInWords(months()[at]));
  const tell = () => {
    told.textContent = dateInWords(months()[input.value]);
    input.setAttribute("aria-valuetext", told.textContent);
  };
  tell();
  input.addEventListener("input", tell);
  input.addEventListener("change", () => refilter(name, Number(input.value) === rest ? "" : months()[input.value]));
  return make("label", {}, make("span", {}, say(`filters.${name}`)), input, told);
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
    ...(months().length > 1 ? [slider("from"), slider("until")] : []),
    rest,
  );
  document.getElementById("filter").classList.toggle("active", filtering());
}

function refilter(name, value) {
  filter[name] = value;
  if (filter.from && filter.until && filter.from > filter.until) filter[name === "from" ? "until" : "from"] = value;
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
