// State: what is selected, filtered and open, and how the address after # keeps it.

const VIEWS = { network: legend, programmes: showProgrammes, figures: showFigures };
const CALM = { thing: null, literal: null, community: null, target: null, depth: 1 };
const focus = { ...CALM }; // numbers of things and communities, the key of a literal
let selected = null; // the thing the panel shows
let near = null; // the numbers of all things that stand out
let view = "network";

/** The state as the address keeps it; what is as usual is left out. */
function address() {
  const kept = {
    thing: things[focus.thing]?.key,
    to: things[focus.target]?.key,
    text: focus.literal,
    community: focus.community,
    depth: focus.depth > 1 ? focus.depth : null,
    view: view === "network" ? null : view,
    ...filter,
    hide: [...hidden].join(),
    open: [...opened].join(),
    search: wanted.text,
    indicator: wanted.indicator,
    disputed: wanted.disputed ? 1 : null,
    sort: order.by === "value" && order.falling ? null : `${order.by}${order.falling ? "-" : ""}`,
    language: language === "zh" ? null : language,
  };
  return new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== null && value !== undefined && value !== "")).toString();
}

/** Let the address name the state; a step that one may want to take back goes into the browser's history. */
function keep(step = false) {
  const fragment = `#${address()}`;
  if ((location.hash || "#") === fragment) return;
  if (step) history.pushState(null, "", fragment);
  else history.replaceState(null, "", fragment);
}

function numberIn(list, text) {
  return text !== null && /^\d+$/.test(text) && list[text] ? Number(text) : null;
}

function numberOf(key) {
  return key === null ? null : (byKey().get(key) ?? null);
}

/** Bring back the state that the address names; what it names wrongly is as usual. */
function restore() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const oneOf = (name, known) => (known.includes(kept.get(name)) ? kept.get(name) : "");
  Object.assign(focus, CALM, {
    thing: numberOf(kept.get("thing")),
    target: numberOf(kept.get("to")),
    literal: kept.has("text") && literals().has(kept.get("text")) ? kept.get("text") : null,
    community: numberIn(communities, kept.get("community")),
    depth: Number(oneOf("depth", ["2", "3"])) || 1,
  });
  Object.assign(filter, {
    document: oneOf("document", documents.map((document) => document.id)),
    relation: oneOf("relation", Object.keys(data.words.zh.forward)),
    status: oneOf("status", Object.keys(data.words.zh.statuses)),
    measure: oneOf("measure", Object.keys(data.words.zh.measures)),
    from: oneOf("from", months()),
    until: oneOf("until", months()),
  });
  refill(hidden, (kept.get("hide") ?? "").split(",").filter((name) => classes.includes(name)));
  refill(opened, (kept.get("open") ?? "").split(",").map((text) => numberIn(communities, text)).filter((number) => number !== null));
  restoreTable(kept, oneOf);
  language = oneOf("language", Object.keys(data.words)) || "zh";
  view = oneOf("view", Object.keys(VIEWS)) || "network";
}

function restoreTable(kept, oneOf) {
  Object.assign(wanted, {
    text: kept.get("search") ?? "",
    indicator: indicatorCalled(kept.get("indicator"))?.name ?? "",
    disputed: kept.has("disputed"),
  });
  const sort = oneOf("sort", Object.keys(SORT).flatMap((name) => [name, `${name}-`])) || "value-";
  Object.assign(order, { by: sort.replace("-", ""), falling: sort.endsWith("-") });
}

function refill(set, values) {
  set.clear();
  for (const value of values) set.add(value);
}

/** What stands out now. */
function outstanding() {
  if (focus.literal) return new Set(literals().get(focus.literal).facts.map((fact) => fact.s));
  if (!selected) return null;
  const path = focus.target === null ? null : shortestPath(selected, things[focus.target]);
  return path ? new Set(path) : neighbourhood(selected, focus.depth);
}

/** Show the state as it stands. */
function show(flying = true) {
  selected = things[focus.thing] ?? null;
  if (selected && hidden.delete(selected.type)) keep();
  near = outstanding();
  arrange();
  legend();
  showPanel();
  if (selected) tell(thingTold(selected));
  showView();
  emphasise();
  if (flying && view === "network") fly();
}
