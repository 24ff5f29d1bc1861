// Page: what is selected and which view is open, and the ways a person changes that.

const VIEWS = { network: legend, programmes: showProgrammes, figures: showFigures };
let selected = null;
let view = "network";

/** Select a thing by number, or nothing; the address keeps it. */
function choose(number, flying = false) {
  const key = number === null ? "" : things[number].key;
  const address = key ? `#${encodeURI(key)}` : view === "network" ? "#" : `#view=${view}`;
  if (location.hash !== address && !(address === "#" && !location.hash)) history.pushState(null, "", address);
  showSelection(number === null ? null : things[number], flying);
}

function showSelection(thing, flying) {
  selected = thing;
  if (thing) showThing(thing);
  else showOverview();
  emphasise(thing);
  if (thing && flying && view === "network") fly(thing);
}

/** Bring back what the address names. */
function restore() {
  let wanted = location.hash.slice(1);
  try {
    wanted = decodeURI(wanted);
  } catch (error) {
    if (!(error instanceof URIError)) throw error; // a broken address names nothing
  }
  const [, name] = /^view=(\w+)$/.exec(wanted) ?? [];
  if (name in VIEWS) showView(name);
  const number = byKey.get(wanted);
  showSelection(number === undefined ? null : things[number], true);
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
  if (!selected) history.replaceState(null, "", name === "network" ? "#" : `#view=${name}`);
  if (name === "network" && selected) fly(selected);
}

const search = document.getElementById("search");
const hits = document.getElementById("hits");
let at = 0;

function showHits() {
  const found = find(search.value);
  at = 0;
  const entries = found.map((thing, i) => {
    const also = (thing.aliases ?? []).join("、");
    const text = [sign(thing.type), quoted(thing.name), make("small", {}, quoted(also || say(`classes.${thing.type}`)))];
    const take = (event) => {
      event.preventDefault();
      pick(thing);
    };
    return make("li", { id: `hit-${i}`, role: "option", "data-number": String(thing.number), onpointerdown: take }, ...text);
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

function pick(thing) {
  closeHits();
  search.value = thing.name;
  choose(thing.number, true);
}

function onSearchKey(event) {
  if (event.isComposing) return; // an input method is still at work
  const option = hits.querySelector("[aria-selected=true]");
  if (event.key === "ArrowDown") pointAt(at + 1);
  else if (event.key === "ArrowUp") pointAt(at - 1);
  else if (event.key === "Enter" && option && !hits.hidden) pick(things[option.dataset.number]);
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
  if (selected) showThing(selected);
  else showOverview();
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
document.getElementById("zoom-all").addEventListener("click", () => network.fit());
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
