// Page: the ways a person changes the state, and the beginning.

/** Select a thing by number, or nothing. */
function choose(number) {
  search.value = "";
  Object.assign(focus, CALM, { thing: number });
  keep(true);
  show(number !== null);
}

/** Select a text by its key: everything it is said of stands out. */
function chooseText(key) {
  Object.assign(focus, CALM, { literal: key });
  keep(true);
  show();
}

/** Open a community, or fold it again. */
function chooseCommunity(index, open = true) {
  Object.assign(focus, CALM, { community: open ? index : null });
  if (open) opened.add(index);
  else opened.delete(index);
  keep(true);
  show();
}

/** What a click on the drawing does. */
function press(number) {
  search.value = "";
  if (number !== null && number >= things.length) return chooseCommunity(number - things.length);
  Object.assign(focus, CALM, { thing: number });
  keep(true);
  show(false);
}

/** Show the way to another thing, or none any more. */
function goTo(thing) {
  focus.target = thing?.number ?? null;
  keep(true);
  show();
}

function widen(steps) {
  focus.depth = steps;
  focus.target = null;
  keep();
  near = outstanding();
  arrange();
  emphasise();
  if (view === "network") fly();
}

function showView() {
  for (const each of Object.keys(VIEWS)) {
    const tab = document.getElementById(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === view));
    tab.tabIndex = each === view ? 0 : -1;
    document.getElementById(`view-${each}`).hidden = each !== view;
  }
  VIEWS[view]();
}

function openView(name) {
  view = name;
  keep();
  showView();
  if (name === "network") fly(false);
}

function pick({ thing, literal, indicator }) {
  if (thing) {
    if (view === "figures") lookFor(thing);
    choose(thing.number);
  } else if (literal) chooseText(literal.key);
  else showIndicator(indicator);
}

/** The figures of one indicator, with its chart. */
function showIndicator(indicator) {
  Object.assign(wanted, { text: "", indicator: indicatorCalled(indicator).name, disputed: false });
  openView("figures");
}

function onTabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const names = Object.keys(VIEWS);
  const name = names[(names.indexOf(view) + step + names.length) % names.length];
  openView(name);
  document.getElementById(`tab-${name}`).focus();
}

function changeLanguage() {
  language = language === "zh" ? "en" : "zh";
  keep();
  speak();
  showFilters();
  show(false);
}

function toggleFilters() {
  const bar = document.getElementById("filters");
  bar.hidden = !bar.hidden;
  document.getElementById("filter").setAttribute("aria-expanded", String(!bar.hidden));
}

function zoom(factor) {
  move({ scale: network.getScale() * factor });
}

function showAll() {
  hold(nodes.getIds());
}

/** Begin, or begin again from another address. */
function begin() {
  restore();
  speak();
  showFilters();
  const bar = document.getElementById("filters");
  if (filtering() && bar.hidden) toggleFilters();
  show(false);
  if (view === "network") fly(false);
}

/** Go to the details; the address stays the state's. */
function skip(event) {
  event.preventDefault();
  panel.focus();
}

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && !typing && !document.getElementById("reader").open && near) choose(null);
}

const search = document.getElementById("search");
new Finder(search, document.getElementById("hits"), { find, put: hitInWords, take: pick });
for (const name of Object.keys(VIEWS)) document.getElementById(`tab-${name}`).addEventListener("click", () => openView(name));
document.querySelector("[role=tablist]").addEventListener("keydown", onTabKey);
document.getElementById("language").addEventListener("click", changeLanguage);
document.getElementById("filter").addEventListener("click", toggleFilters);
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.4));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
document.getElementById("zoom-all").addEventListener("click", showAll);
document.getElementById("png").addEventListener("click", savePng);
document.getElementById("svg").addEventListener("click", saveSvg);
document.querySelector(".skip").addEventListener("click", skip);
document.addEventListener("keydown", onKey);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
addEventListener("popstate", begin);

draw();
begin();
