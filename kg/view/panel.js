// Panel: what is known of the selected thing, each fact with its sentences.

const FEW = 8; // so many facts are shown with their sentences open
const LONG = 12; // longer lists begin shortened
const MOST_INDICATORS = 15; // and so do longer tables
const panel = document.getElementById("panel");

function thingButton(thing) {
  return button({ class: "thing", onclick: () => choose(thing.number) }, sign(thing.type), quoted(thing.name));
}

function literalButton(literal) {
  return button({ class: "thing literal", onclick: () => chooseText(literal.key) }, quoted(literalInWords(literal)));
}

function sourceLine(document) {
  const date = document.date ? dateInWords(document.date) + (document.inferred ? `（${say("inferred")}）` : "") : say("undated");
  const title = make("cite", {}, quoted(document.title ?? document.source ?? say("untitled")));
  return make("span", { class: "source" }, title, document.publisher ? " · " : null, document.publisher ? quoted(document.publisher) : null, " · ", make("span", { class: "whole" }, date));
}

function marked(parts) {
  return parts.map((part) => (part.marked ? make("mark", {}, part.text) : part.text));
}

/** One piece of evidence: its sentence, and where it stands. */
function quotation(evidence) {
  const open = button({ class: "link", onclick: () => read(evidence) }, say("readAll"));
  const sentence = make("p", {}, make("bdi", {}, ...marked(contextOf(evidence))));
  return make("blockquote", {}, sentence, make("footer", {}, sourceLine(documents[evidence[0]]), " ", open));
}

/** The whole document in a window, scrolled to the place. */
function read(evidence) {
  const reader = document.getElementById("reader");
  const close = button({ class: "close", "aria-label": say("close"), onclick: () => reader.close() }, "×");
  const text = make("div", { class: "text", tabindex: "0" }, make("bdi", {}, ...marked(markedText(evidence))));
  reader.replaceChildren(make("header", {}, sourceLine(documents[evidence[0]]), close), text);
  reader.showModal();
  (text.querySelector("mark") ?? text).scrollIntoView({ block: "center" });
}

/** The button that opens a fact's sentences, and the box they open in. */
function source(fact, open) {
  const box = make("div", { class: "evidence", hidden: !open });
  const fill = () => box.childElementCount || box.append(...fact.evidence.map(quotation));
  if (open) fill();
  return disclose(button({ class: "opener" }, say("evidenceOf", { n: fact.evidence.length })), box, fill);
}

/** A list that shows its first entries, and the rest on demand. */
function shortened(entries, { tag = "ul", kind = null, most = LONG } = {}) {
  const list = make(tag, { class: kind }, ...entries.slice(0, entries.length > most + 3 ? most : entries.length).map((entry) => entry()));
  const rest = entries.slice(list.childElementCount);
  if (!rest.length) return [list];
  const more = button({ class: "link more" }, say("more", { n: rest.length }));
  more.addEventListener("click", () => {
    list.append(...rest.map((entry) => entry()));
    more.remove();
  });
  return [list, more];
}

/** The relations of one kind in one direction. */
function relationGroup(heading, facts, end, open) {
  const entry = (relation) => () => {
    const named = end === "s" || relation.text === undefined;
    const what = named ? thingButton(things[relation[end]]) : literalButton(literals().get(`${relation.p}/${relation.text}`));
    const role = relation.role ? make("small", { class: "role" }, quoted(relation.role)) : null;
    const [opener, box] = source(relation, open);
    return make("li", {}, make("div", { class: "fact" }, what, role, opener), box);
  };
  const count = make("small", {}, String(facts.length));
  return make("section", { class: "relations" }, make("h3", {}, heading, " ", count), ...shortened(facts.map(entry)));
}

function relationGroups(thing, open) {
  const groups = new Map();
  const put = (heading, relation, end) => {
    if (!groups.has(heading)) groups.set(heading, []);
    groups.get(heading).push([relation, end]);
  };
  for (const relation of thing.out) put(say(`forward.${relation.p}`), relation, "o");
  for (const relation of thing.into) put(say(`inverse.${relation.p}`), relation, "s");
  return [...groups].map(([heading, facts]) => relationGroup(heading, facts.map(([fact]) => fact), facts[0][1], open));
}

function kind(figure) {
  const status = make("span", { class: `badge ${figure.status}` }, say(`statuses.${figure.status}`));
  return make("span", { class: "whole" }, status, " ", say(`measures.${figure.measure}`));
}

/** The marks of what a figure is in that does not go together, and the boxes they open: what is the matter, and all the sentences. */
function discrepancies(figure) {
  return auditOf(figure).discrepancies.map((one) => {
    const values = one.figures.map(figureAt).flatMap((each) => each.evidence.map((place) => [each, place]));
    const lines = values.map(([each, place]) => make("li", {}, make("b", {}, quoted(figureInWords(each, figure))), quotation(place)));
    const box = make("div", { class: "explained", hidden: true }, make("p", {}, quoted(one[language])), make("ul", {}, ...lines));
    return disclose(button({ class: "badge disputed" }, say(`discrepancies.${one.kind}`)), box);
  });
}

/** A figure's value, and before it as much of what it tells as another does not tell. */
function figureInWords(figure, other) {
  const differing = [
    figure.about === other.about ? "" : things[figure.about].name,
    figure.period === other.period ? "" : periodInWords(figure.period),
    figure.indicator === other.indicator ? "" : figure.indicator,
    figure.measure === other.measure ? "" : say(`measures.${figure.measure}`),
  ];
  return [...differing, valueInWords(figure)].filter(Boolean).join(" ");
}

/** Whether a target was reached, at the target and at the result. */
function outcomes(figure) {
  return auditOf(figure).outcomes.map(({ other, met }) => {
    const name = met === null ? "open" : met ? "met" : "missed";
    const { status } = figureAt(other);
    const title = `${say(`statuses.${status}`)} ${figureInWords(figureAt(other), figure)}`;
    return make("span", { class: `badge outcome ${name}`, title }, say(`outcomes.${name}`));
  });
}

/** A figure's value, period, kind and source as table cells, and the row that its sentences open in. */
function figureRows(figure, open, ...before) {
  const [opener, box] = source(figure, open);
  const found = discrepancies(figure);
  const cells = [
    ...before.map((what) => make("td", {}, what)),
    make("td", { class: "number" }, quoted(valueInWords(figure))),
    make("td", { class: "period" }, periodInWords(figure.period) || "—"),
    make("td", { class: "kind" }, kind(figure), ...outcomes(figure), ...found.map(([mark]) => mark)),
    make("td", { class: "from" }, opener),
  ];
  return [make("tr", {}, ...cells), make("tr", { class: "below" }, make("td", { colspan: String(cells.length) }, ...found.map(([, explained]) => explained), box))];
}

function indicatorButton(indicator) {
  return button({ class: "indicator-name", title: say("chartOf"), onclick: () => showIndicator(indicator) }, quoted(indicator));
}

/** Figures by their indicators, first those that are spoken of most, here and elsewhere: [indicator, figures]. */
function byIndicator(some) {
  const groups = new Map();
  for (const figure of some) {
    const indicator = indicatorCalled(figure.indicator);
    groups.set(indicator, [...(groups.get(indicator) ?? []), figure]);
  }
  return [...groups].sort(([a, mine], [b, others]) => b.count - a.count || others.length - mine.length);
}

/** A thing's figures, those of one indicator together. */
function figureTable(thing, open) {
  if (!thing.figures.length) return null;
  const names = ["value", "period", "measure", "source"];
  const head = make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, say(name)))));
  const bodies = byIndicator(thing.figures).map(([{ name }, some]) => () => {
    const title = make("th", { scope: "rowgroup", colspan: "4" }, indicatorButton(name), sparkline(some));
    return make("tbody", {}, make("tr", { class: "indicator" }, title), ...some.flatMap((figure) => figureRows(figure, open)));
  });
  const count = make("small", {}, String(thing.figures.length));
  const [table, more] = shortened(bodies, { tag: "table", most: MOST_INDICATORS });
  table.prepend(head);
  return make("section", {}, make("h3", {}, say("figures"), " ", count), table, more);
}

function openAll() {
  const opener = button({ class: "link" }, say("openAll"));
  opener.addEventListener("click", () => {
    const wanted = opener.textContent === say("openAll") ? "true" : "false";
    for (const each of panel.querySelectorAll(".opener")) if (each.getAttribute("aria-expanded") !== wanted) each.click();
    opener.textContent = say(wanted === "true" ? "closeAll" : "openAll");
  });
  return opener;
}

/** Buttons for how far around the thing the drawing shows. */
function reach() {
  const buttons = [1, 2, 3].map((steps) => {
    const each = button({ "aria-pressed": String(steps === focus.depth), "aria-label": say("steps", { n: steps }), title: say("steps", { n: steps }) }, String(steps));
    each.addEventListener("click", () => {
      widen(steps);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === each));
    });
    return each;
  });
  return make("span", { class: "reach", role: "group", "aria-label": say("reach") }, say("reach"), ...buttons);
}

/** A word that not everything is shown, or nothing. */
function filterNote() {
  if (!filtering()) return null;
  const told = say(passing().length ? "filtered" : "noneLeft");
  return make("p", { class: "note", role: "status" }, told, " ", button({ class: "link", onclick: unfilter }, say("unfilter")));
}

function showPanel() {
  const held = panel.contains(document.activeElement);
  fillPanel();
  if (held) panel.focus({ preventScroll: true }); // what had the focus is gone
}

function fillPanel() {
  if (selected) showThing(selected);
  else if (focus.literal) showLiteral(literals().get(focus.literal));
  else if (focus.community !== null) showCommunity(communities[focus.community]);
  else showOverview();
}

/** Show all that is known of `thing`. */
function showThing(thing) {
  const open = thing.weight <= FEW;
  const close = button({ class: "close", "aria-label": say("back"), onclick: () => choose(null) }, "×");
  const type = make("p", { class: "class" }, sign(thing.type), say(`classes.${thing.type}`));
  if (thing.subtype) type.append(` · ${say(`classes.${thing.subtype}`)}`);
  if (thing.code) type.append(` · ${say("code")} ${thing.code}`);
  const others = thing.aliases.flatMap((alias) => [quoted(alias), "、"]).slice(0, -1);
  const aliases = others.length ? make("p", { class: "aliases" }, `${say("aliases")} `, ...others) : null;
  const facts = [figureTable(thing, open), ...relationGroups(thing, open)].filter(Boolean);
  const tools = make("div", { class: "tools" }, open || !facts.length ? null : openAll(), reach(), pathFinder());
  const way = focus.target === null ? null : pathSteps();
  const rest = [filterNote(), ...(facts.length ? [tools, way, ...facts] : [make("p", {}, say(filtering() ? "nothingLeft" : "nothing"))])];
  panel.replaceChildren(...[close, type, make("h2", {}, quoted(thing.name)), aliases, ...rest].filter(Boolean));
  panel.classList.add("open");
  panel.scrollTop = 0;
}

/** Show of whom a text is said: who makes a product, bears a title, which projects have begun. */
function showLiteral(literal) {
  const close = button({ class: "close", "aria-label": say("back"), onclick: () => choose(null) }, "×");
  const type = make("p", { class: "class" }, say(`forward.${literal.p}`));
  const group = relationGroup(say("saidOf"), literal.facts, "s", literal.facts.length <= FEW);
  panel.replaceChildren(close, type, make("h2", {}, quoted(literalInWords(literal))), group);
  panel.classList.add("open");
  panel.scrollTop = 0;
}

/** A community: its most important members, and the way to fold it again. */
function showCommunity(community) {
  const close = button({ class: "close", "aria-label": say("back"), onclick: () => choose(null) }, "×");
  const fold = button({ class: "action", id: "fold", onclick: () => chooseCommunity(community.index, false) }, say("fold"));
  const count = make("p", { class: "counts" }, say("members", { n: community.shown.length }));
  const why = community.scattered ? [make("p", {}, say("othersWhy"))] : [];
  const members = shortened(community.shown.map((thing) => () => make("li", {}, thingButton(thing))));
  const heading = make("h2", {}, quoted(inList(community.names(3))));
  panel.replaceChildren(close, make("p", { class: "class" }, say("community")), heading, count, ...why, fold, ...members);
  panel.classList.add("open");
  panel.scrollTop = 0;
}

function communityButton(community) {
  const words = [quoted(inList(community.names(2))), make("small", {}, say("members", { n: community.shown.length }))];
  return () => make("li", {}, button({ class: "thing community", onclick: () => chooseCommunity(community.index) }, ...words));
}

/** A heading, and below it what to click on; null where there is nothing. */
function chips(name, entries) {
  return entries.length ? make("section", {}, make("h3", {}, say(name)), make("div", { class: "chips" }, ...entries)) : null;
}

/** What many figures are of. */
function indicatorChips() {
  const entry = ({ name, count }) => button({ class: "thing", onclick: () => showIndicator(name) }, quoted(name), make("small", {}, String(count)));
  return chips("commonIndicators", commonest().slice(0, FEW).map(entry));
}

/** The states that projects are in, in the order in which they come about. */
function stateChips() {
  const known = Object.keys(data.words.zh.states).map((state) => literals().get(`projectStatus/${state}`)).filter(Boolean);
  const entry = (literal) => button({ class: "thing", onclick: () => chooseText(literal.key) }, literalInWords(literal), make("small", {}, String(literal.all.length)));
  return chips("projectStates", known.map(entry));
}

/** The list of communities that are drawn, or opened. */
function communityList() {
  const some = communities.filter(({ number, index, shown }) => isDrawn(number) || (opened.has(index) && shown.length));
  return some.length ? make("section", {}, make("h3", {}, say("communities")), ...shortened(some.map(communityButton))) : null;
}

/** What the page holds, and where to begin. */
function showOverview() {
  const counts = { documents: documents.length, things: things.length, relations: countRelations(relations()), figures: data.figures.about.length };
  const first = classes.slice(0, 4).flatMap((name) => byWeight.filter((thing) => thing.type === name).slice(0, 2));
  const texts = documents.map((document, number) => () =>
    make("li", {}, button({ class: "link", onclick: () => read([number]) }, sourceLine(document))),
  );
  const parts = [
    make("h2", {}, say("overview")),
    make("p", { class: "counts" }, say("counts", counts)),
    make("p", {}, say("intro"), say(communities.some(({ number }) => isDrawn(number)) ? "introCommunities" : "introNetwork")),
    filterNote(),
    chips("start", first.map(thingButton)),
    indicatorChips(),
    stateChips(),
    chips("disputedFigures", disputeButton()),
    communityList(),
    make("section", { class: "documents" }, make("h3", {}, say("documents")), ...shortened(texts, { tag: "ol" })),
  ];
  panel.replaceChildren(...parts.filter(Boolean));
  panel.classList.remove("open");
}

/** The way to all figures that do not go together, where there are any. */
function disputeButton() {
  const count = data.discrepancies.length;
  if (!count) return [];
  const open = () => {
    Object.assign(wanted, { text: "", indicator: "", disputed: true });
    openView("figures");
  };
  return [button({ class: "thing", id: "disputes", onclick: open }, make("span", { class: "badge disputed" }, say("disputed")), make("small", {}, String(count)))];
}
