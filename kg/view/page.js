// Page: what is selected and which view is open, and the ways a person changes that.

const VIEWS = { network: legend, programmes: showProgrammes, figures: showFigures };
let selected = null; // the thing the panel shows
let near = null; // the numbers of all things that stand out
let depth = 1; // how many relations away a thing may be to stand out with the selected one
let view = "network";

/** Select a thing by number, or nothing; the address keeps it. */
function choose(number, flying = false) {
  if (number === null) keep(view === "network" ? "" : `view=${view}`);
  else keep(things[number].key);
  showSelection(number === null ? null : things[number], flying);
}

/** Select a text by its key: everything it is said of stands out. */
function chooseText(key) {
  keep(`text=${key}`);
  showText(literals.get(key));
}

function keep(address) {
  const fragment = `#${encodeURI(address)}`;
  if (location.hash !== fragment && (address || location.hash)) history.pushState(null, "", fragment);
}

function showSelection(thing, flying) {
  selected = thing;
  near = thing && neighbourhood(thing, depth);
  if (thing) showThing(thing);
  else showOverview();
  emphasise();
  if (thing && flying && view === "network") fly();
}

function widen(steps) {
  depth = steps;
  near = neighbourhood(selected, depth);
  emphasise();
  if (view === "network") fly();
}

function showText(literal) {
  selected = null;
  near = new Set(literal.facts.map((fact) => fact.s));
  showLiteral(literal);
  emphasise();
  if (view === "network") fly();
}

/** Bring back what the address names. */
function restore() {
  let wanted = location.hash.slice(1);
  try {
    wanted = decodeURI(wanted);
  } catch (error) {
    if (!(error instanceof URIError)) throw error; // a broken address names nothing
  }
  const name = /^view=(.*)/.exec(wanted)?.[1];
  if (Object.hasOwn(VIEWS, name ?? "")) showView(name);
  const literal = literals.get(/^text=(.*)/s.exec(wanted)?.[1]);
  const number = byKey.get(wanted);
  if (literal) showText(literal);
  else showSelection(number === undefined ? null : things[number], true);
}

function showView(name) {
  view = name;
  for (const each of Object.keys(VIEWS)) {
    const tab = document.getElementById(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    document.getElementById(`view-${each}`).hidden = each !== name;
  }
  VIEWS[name]();
}

function openView(name) {
  showView(name);
  if (!near) history.replaceState(null, "", name === "network" ? "#" : `#view=${name}`);
  if (name === "network" && near) fly();
}

const search = document.getElementById("search");
const hits = document.getElementById("hits");
let found = []; // the hits now listed
let at = 0; // the one of them that Enter takes

/** What a hit is called, what kind it is, and what choosing it does. */
function hitInWords({ thing, literal, indicator }) {
  if (thing) return { sign: sign(thing.type), name: thing.name, kind: (thing.aliases ?? []).join("、") || say(`classes.${thing.type}`) };
  if (literal) return { name: literalInWords(literal), kind: say("saidOfMany", { p: say(`forward.${literal.p}`), n: literal.facts.length }) };
  return { name: indicator, kind: say("figuresOf", { n: indicators.get(indicator) }) };
}

function showHits() {
  found = find(search.value);
  const entries = found.map((hit, i) => {
    const { sign, name, kind } = hitInWords(hit);
    const take = (event) => {
      event.preventDefault();
      pick(hit);
    };
    const text = [sign ?? make("span", { class: "sign" }), quoted(name), make("small", {}, quoted(kind))];
    return make("li", { id: `hit-${i}`, role: "option", onpointerdown: take }, ...text);
  });
  if (!found.length && search.value.trim()) entries.push(make("li", { class: "none" }, say("noHits")));
  hits.replaceChildren(...entries);
  hits.hidden = !entries.length;
  search.setAttribute("aria-expanded", String(!hits.hidden));
  pointAt(0);
}

function pointAt(index) {
  const options = [...hits.querySelectorAll("[role=option]")];
  if (!options.length) return search.removeAttribute("aria-activedescendant");
  at = (index + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
  options[at].scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", options[at].id);
}

function closeHits() {
  hits.hidden = true;
  search.setAttribute("aria-expanded", "false");
}

function pick({ thing, literal, indicator }) {
  closeHits();
  search.value = thing?.name ?? indicator ?? literalInWords(literal);
  if (thing) choose(thing.number, true);
  else if (literal) chooseText(literal.key);
  else {
    wanted.text = indicator;
    openView("figures");
  }
}

function onSearchKey(event) {
  if (event.isComposing) return; // an input method is still at work
  if (event.key === "ArrowDown") pointAt(at + 1);
  else if (event.key === "ArrowUp") pointAt(at - 1);
  else if (event.key === "Enter" && found.length && !hits.hidden) pick(found[at]);
  else if (event.key === "Escape") closeHits();
  else return;
  event.preventDefault();
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
  speak();
  legend();
  VIEWS[view]();
  restore();
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor });
}

search.addEventListener("input", showHits);
search.addEventListener("focus", showHits);
search.addEventListener("blur", closeHits);
search.addEventListener("keydown", onSearchKey);
for (const name of Object.keys(VIEWS)) document.getElementById(`tab-${name}`).addEventListener("click", () => openView(name));
document.querySelector("[role=tablist]").addEventListener("keydown", onTabKey);
document.getElementById("language").addEventListener("click", changeLanguage);
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.4));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
document.getElementById("zoom-all").addEventListener("click", () => network.moveTo({ ...viewOf([...byKey.values()]), animation: false }));
document.getElementById("picture").addEventListener("click", savePicture);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    search.focus();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("popstate", restore);

speak();
showView("network");
draw();
restore();
