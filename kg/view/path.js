// Path: the shortest way from the selected thing to another, step by step with its sentences.

/** A search box with its list of hits: `find` what is typed, `put` each hit into words, `take` the one that is chosen. */
class Finder {
  constructor(input, list, { find, put, take }) {
    Object.assign(this, { input, list, find, put, take, found: [], at: 0 });
    input.addEventListener("input", () => this.show());
    input.addEventListener("focus", () => {
      input.select(); // what is typed next replaces what was looked for before
      this.show();
    });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.press(event));
  }

  show() {
    this.found = this.find(this.input.value);
    const entries = this.found.map((hit, i) => this.entry(hit, i));
    if (!entries.length && this.input.value.trim()) entries.push(make("li", { class: "none" }, say("noHits")));
    this.list.replaceChildren(...entries);
    this.list.hidden = !entries.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point(0);
  }

  entry(hit, i) {
    const { sign, name, kind } = this.put(hit);
    const take = (event) => {
      event.preventDefault();
      this.pick(hit);
    };
    const text = [sign ?? make("span", { class: "sign" }), quoted(name), make("small", {}, quoted(kind))];
    return make("li", { id: `${this.list.id}-${i}`, role: "option", onpointerdown: take }, ...text);
  }

  point(index) {
    const options = [...this.list.querySelectorAll("[role=option]")];
    if (!options.length) return this.input.removeAttribute("aria-activedescendant");
    this.at = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
  }

  pick(hit) {
    this.close();
    this.take(hit);
    this.input.value = this.put(hit).name;
    this.input.select();
  }

  press(event) {
    if (event.isComposing) return; // an input method is still at work
    if (event.key === "ArrowDown") this.point(this.at + 1);
    else if (event.key === "ArrowUp") this.point(this.at - 1);
    else if (event.key === "Enter" && this.found.length && !this.list.hidden) this.pick(this.found[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}

/** What a hit is called, and what kind it is. */
function hitInWords({ thing, literal, indicator }) {
  if (thing) return { sign: sign(thing.type), name: thing.name, kind: inList(thing.aliases) || say(`classes.${thing.type}`) };
  if (literal) return { name: literalInWords(literal), kind: say("saidOfMany", { p: say(`forward.${literal.p}`), n: literal.facts.length }) };
  return { name: indicator, kind: say("figuresOf", { n: indicatorCalled(indicator).count }) };
}

/** Attributes of an input that offers the hits in the list called `id`. */
function combobox(id, label) {
  const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  return { type: "search", autocomplete: "off", spellcheck: "false", ...about, "aria-label": label, placeholder: label };
}

/** Where to say to what other thing the way is wanted. */
function pathFinder() {
  const input = make("input", { id: "path", ...combobox("ends", say("pathTo")) });
  const list = make("ul", { id: "ends", class: "hits", role: "listbox", "aria-label": say("hits"), hidden: true });
  new Finder(input, list, { find: findThings, put: hitInWords, take: ({ thing }) => goTo(thing) });
  return make("div", { class: "search" }, input, list);
}

/** The way as a list of steps. */
function pathSteps() {
  const end = things[focus.target];
  const forget = button({ class: "link", onclick: () => goTo(null) }, say("pathForget"));
  const path = shortestPath(selected, end);
  const title = make("h3", {}, say("pathFrom", { n: path ? path.length - 1 : 0 }), " ", forget);
  if (!path) return make("section", { class: "way" }, title, make("p", {}, say("pathNone", { name: end.name })));
  const steps = path.slice(1).map((number, i) => make("li", {}, ...step(path[i], number)));
  return make("section", { class: "way" }, title, make("ol", {}, make("li", {}, thingButton(things[path[0]])), ...steps));
}

function step(from, to) {
  const [relation] = relationsBetween(from, to);
  const [opener, box] = source(relation, false);
  const words = say(`${relation.s === from ? "forward" : "inverse"}.${relation.p}`);
  return [make("div", { class: "fact" }, make("small", {}, words), thingButton(things[to]), opener), box];
}
