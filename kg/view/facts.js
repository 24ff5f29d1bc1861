// Facts: what is known of each thing. They come packed in columns of numbers and are unpacked when somebody asks.

const { documents, shapes, strings } = data;
const classes = Object.keys(shapes);

/** A thing; its facts are found by number and unpacked on demand. */
class Thing {
  constructor(number) {
    const { type, name, x, y, size } = data.things;
    Object.assign(this, { number, type: classes[type[number]], name: name[number], x: x[number], y: y[number], size: size[number], weight: 0 });
    this.numbers = { out: [], into: [], figures: [] };
  }
  get key() {
    return data.things.key[this.number] ?? `${this.type}/${this.name}`;
  }
  get aliases() {
    return data.things.aliases[this.number] ?? [];
  }
  get subtype() {
    return data.things.subtype[this.number];
  }
  get code() {
    return data.things.code[this.number];
  }
  get out() {
    return this.numbers.out.map(relationAt).filter(passes);
  }
  get into() {
    return this.numbers.into.map(relationAt).filter(passes);
  }
  get figures() {
    return this.numbers.figures.map(figureAt).filter(passes);
  }
}

/** The fact at each number, unpacked by `unpack` the first time it is asked for. */
function unpacker(unpack) {
  const known = [];
  return (number) => (known[number] ??= unpack(number));
}

/** What `make` returns, made the first time it is asked for. */
function once(make) {
  let made;
  return () => (made ??= make());
}

const things = data.things.name.map((_, number) => new Thing(number));

data.relations.s.forEach((s, number) => {
  const o = data.relations.o[number];
  things[s].numbers.out.push(number);
  things[s].weight += 1;
  if (o < 0) return;
  things[o].numbers.into.push(number);
  things[o].weight += 1;
});
data.figures.about.forEach((about, number) => {
  things[about].numbers.figures.push(number);
  things[about].weight += 1;
});

const tied = new Set(data.edges.filter((end, i) => end !== data.edges[i ^ 1])); // the things with a relation to another

/** Whether a thing has no relation to another, where some have: it stands apart and steps back, and so do communities of such. */
function isLone(item) {
  return item.members ? item.scattered : tied.size > 0 && !tied.has(item.number);
}

const relationAt = unpacker((number) => {
  const { s, p, o, role, evidence } = data.relations;
  const literal = o[number] < 0;
  const object = literal ? { text: strings[-o[number]] } : { o: o[number] };
  return { s: s[number], p: strings[p[number]], ...object, role: strings[role[number]], evidence: unpackEvidence(evidence[number]) };
});

const TEXTS = ["indicator", "period", "measure", "status", "value", "unit", "bound", "scope"];

const figureAt = unpacker((number) => {
  const { about, evidence } = data.figures;
  const figure = { number, about: about[number], evidence: unpackEvidence(evidence[number]) };
  for (const name of TEXTS) figure[name] = strings[data.figures[name][number]];
  return figure;
});

/** Each piece of evidence as [document, begin, end, begin, end, …]. */
function unpackEvidence(row) {
  const found = [];
  for (let at = 0; at < row.length; at += 2 + 2 * row[at + 1]) found.push([row[at], ...row.slice(at + 2, at + 2 + 2 * row[at + 1])]);
  return found;
}

const relations = once(() => data.relations.s.map((_, number) => relationAt(number)));
const figures = once(() => data.figures.about.map((_, number) => figureAt(number)));
const byKey = once(() => new Map(things.map((thing) => [thing.key, thing.number])));

/** How many relations some facts are: two posts of one person in one body are one. */
function countRelations(facts) {
  return new Set(facts.map(({ s, p, o, text }) => [s, p, o, text].join("\n"))).size;
}

/** What a text names without being a thing of its own (a product, an honour, a project's state): {key, p, text, facts}. */
const literals = once(() => {
  const found = new Map();
  for (const relation of relations().filter((r) => r.text !== undefined)) {
    const key = `${relation.p}/${relation.text}`;
    if (!found.has(key)) found.set(key, { key, p: relation.p, text: relation.text, all: [] });
    found.get(key).all.push(relation);
  }
  for (const literal of found.values()) Object.defineProperty(literal, "facts", { get: () => literal.all.filter(passes) });
  return found;
});

const standards = new Map(data.indicators.flatMap((names) => names.map((name) => [name, names])));

/** What an indicator's name stands for: all names of the standard indicator (GDP, 地区生产总值) that it is one of, or only itself. */
function senseOf(name) {
  return standards.get(name) ?? name;
}

/** All indicators by what they mean: the name that most figures call each by, how many figures, and all names to look for it by. */
const indicators = once(() => {
  const found = new Map();
  for (const { indicator, measure } of figures()) {
    const sense = senseOf(indicator);
    if (!found.has(sense)) found.set(sense, { count: 0, called: new Map(), measures: new Set() });
    const entry = found.get(sense);
    entry.count += 1;
    entry.called.set(indicator, (entry.called.get(indicator) ?? 0) + 1);
    if (measure !== "level") entry.measures.add(data.words.zh.measures[measure]);
  }
  for (const [sense, entry] of found) {
    const names = [...new Set([...entry.called.keys(), sense].flat())];
    entry.name = [...entry.called].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
    entry.names = [...names, ...[...entry.measures].flatMap((measure) => names.map((name) => name + measure))];
  }
  return found;
});

/** All indicators, the one with the most figures first. */
function commonest() {
  return [...indicators().values()].sort((a, b) => b.count - a.count);
}

/** The indicator that a name stands for. */
function indicatorCalled(name) {
  return indicators().get(senseOf(name));
}

const SCALE = { 万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4, 千: 1e3, 百: 1e2 };

function scaleOf(unit) {
  return Object.keys(SCALE).find((scale) => unit.startsWith(scale)) ?? "";
}

/** A figure's value with its scale word multiplied in, for sorting. */
function magnitude(figure) {
  return Number(figure.value) * (SCALE[scaleOf(figure.unit)] ?? 1);
}

/** What must agree for two figures to be drawn on one axis. */
function axisOf(figure) {
  return [String(senseOf(figure.indicator)), figure.measure, figure.unit.slice(scaleOf(figure.unit).length), figure.scope].join("\n");
}

/** What the audit found of each figure, by its number: the discrepancies it is in, and the outcomes. */
const audited = once(() => {
  const found = new Map();
  const put = (number, name, what) => {
    if (!found.has(number)) found.set(number, { discrepancies: [], outcomes: [] });
    found.get(number)[name].push(what);
  };
  for (const one of data.discrepancies) for (const number of one.figures) put(number, "discrepancies", one);
  for (const [actual, target, met] of data.outcomes) {
    put(actual, "outcomes", { other: target, met });
    put(target, "outcomes", { other: actual, met });
  }
  return found;
});

function auditOf({ number }) {
  return audited().get(number) ?? { discrepancies: [], outcomes: [] };
}

/** The numbers of all things of which figures do not go together, however they are rounded. */
const disputed = once(() => {
  const grave = data.discrepancies.filter(({ kind }) => kind !== "rounding");
  return new Set(grave.flatMap((one) => one.figures.map((number) => data.figures.about[number])));
});

/** The numbers of all things one relation away. */
function neighbours(thing) {
  const numbers = [...thing.out.map((r) => r.o), ...thing.into.map((r) => r.s)];
  return [...new Set(numbers)].filter((number) => number !== undefined);
}

/** The numbers of `thing` and of all things at most `depth` relations away. */
function neighbourhood(thing, depth) {
  const found = new Set([thing.number]);
  let edge = [thing.number];
  for (let step = 0; step < depth; step += 1) {
    edge = edge.flatMap((number) => neighbours(things[number])).filter((number) => !found.has(number));
    for (const number of edge) found.add(number);
  }
  return found;
}

/** The numbers of the things on the shortest way from one to the other, both included; null where there is no way. */
function shortestPath(from, to) {
  const before = new Map([[from.number, null]]);
  let edge = [from.number];
  while (edge.length && !before.has(to.number)) {
    const next = [];
    for (const number of edge) {
      for (const other of neighbours(things[number])) {
        if (before.has(other)) continue;
        before.set(other, number);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!before.has(to.number)) return null;
  const path = [];
  for (let number = to.number; number !== null; number = before.get(number)) path.unshift(number);
  return path;
}

/** All relations between two things, in either direction. */
function relationsBetween(a, b) {
  return [...things[a].out.filter((r) => r.o === b), ...things[a].into.filter((r) => r.s === b)];
}
