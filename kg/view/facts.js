// Facts: what is known of each thing, found by its number, and the sentences behind it.

const { documents, things, relations, figures, shapes } = data;
const classes = Object.keys(shapes);
const byKey = new Map(things.map((thing, number) => [thing.key, number]));

things.forEach((thing, number) => Object.assign(thing, { number, out: [], into: [], figures: [] }));
for (const relation of relations) {
  things[relation.s].out.push(relation);
  if (relation.o !== undefined) things[relation.o].into.push(relation);
}
for (const figure of figures) things[figure.about].figures.push(figure);
markDisputed();

/** Mark figures of one thing, indicator and period that the texts state with different exact values. */
function markDisputed() {
  const same = new Map();
  for (const figure of figures.filter((f) => f.bound === "=" && f.period)) {
    const key = [figure.about, figure.indicator, figure.period, figure.measure, figure.status, figure.scope, figure.unit].join("\n");
    same.set(key, [...(same.get(key) ?? []), figure]);
  }
  for (const group of same.values()) if (group.length > 1) for (const figure of group) figure.disputed = true;
}

function weight(thing) {
  return thing.out.length + thing.into.length + thing.figures.length;
}

/** The numbers of `thing` and of all things at most `depth` relations away. */
function neighbourhood(thing, depth) {
  const found = new Set([thing.number]);
  let edge = [thing];
  for (let step = 0; step < depth; step += 1) {
    const next = edge.flatMap((each) => [...each.out.map((r) => r.o), ...each.into.map((r) => r.s)]);
    edge = [...new Set(next)].filter((number) => number !== undefined && !found.has(number)).map((number) => things[number]);
    for (const each of edge) found.add(each.number);
  }
  return found;
}

/** What a text names without being a thing of its own (a product, an honour, a project's state): {p, text, facts}. */
const literals = new Map();
for (const relation of relations.filter((r) => r.text !== undefined)) {
  const key = `${relation.p}/${relation.text}`;
  if (!literals.has(key)) literals.set(key, { key, p: relation.p, text: relation.text, facts: [] });
  literals.get(key).facts.push(relation);
}
const indicators = new Map(); // how many figures there are of each
for (const { indicator } of figures) indicators.set(indicator, (indicators.get(indicator) ?? 0) + 1);

function literalInWords({ p, text }) {
  return p === "projectStatus" ? say(`states.${text}`) : text;
}

/** How well `names` answer what is looked for: 0 is one of them, 1 begins one, 2 is within one, 3 is nowhere. */
function rankOf(wanted, names) {
  const ranks = names.map((name) => name.toLowerCase()).map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3));
  return Math.min(...ranks);
}

/** A state (has begun, is planned) is asked for more often than a title or product, and always put in more words. */
function literalRank(wanted, literal) {
  const rank = rankOf(wanted, [literalInWords(literal)]);
  return literal.p === "projectStatus" && rank < 3 ? rank - 1.5 : rank + 0.5;
}

/** Things, texts and indicators that a search for `text` finds, the best first: {thing}, {literal} or {indicator}. */
function find(text, limit = 14) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const hits = [
    ...things.map((thing) => ({ thing, rank: rankOf(wanted, [thing.name, ...(thing.aliases ?? [])]), size: weight(thing) })),
    ...[...literals.values()].map((literal) => ({ literal, rank: literalRank(wanted, literal), size: literal.facts.length })),
    ...[...indicators].map(([indicator, size]) => ({ indicator, rank: rankOf(wanted, [indicator]) + 0.6, size })),
  ].filter((hit) => hit.rank < 3);
  return hits.sort((a, b) => a.rank - b.rank || b.size - a.size).slice(0, limit);
}

/** A document's characters; offsets count code points, JavaScript's strings do not. */
function characters(document) {
  document.characters ??= Array.from(document.text ?? "");
  return document.characters;
}

/** The spans of one piece of evidence as [begin, end] pairs. */
function spansOf([, ...offsets]) {
  return offsets.flatMap((begin, i) => (i % 2 ? [] : [[begin, offsets[i + 1]]]));
}

const REACH = 140; // characters of context shown at most on either side

/** Where the sentence around a span begins and ends. */
function sentenceAround(text, [begin, end]) {
  const stop = (i) => "。！？!?".includes(text[i]) || (text[i] === "\n" && text[i - 1] === "\n");
  let from = begin;
  while (from > 0 && begin - from < REACH && !stop(from - 1)) from -= 1;
  while (from < begin && "”’」』）)\n 　".includes(text[from])) from += 1;
  let to = end;
  while (to < text.length && to - end < REACH && !stop(to - 1)) to += 1;
  if ("”’」』".includes(text[to] ?? " ")) to += 1;
  return [from, to];
}

/** The sentences around the spans of evidence, as parts {text, marked}. */
function contextOf(evidence) {
  const text = characters(documents[evidence[0]]);
  const parts = [];
  let shown = -1;
  for (const span of spansOf(evidence)) {
    const [from, to] = sentenceAround(text, span);
    if (shown < 0 || from > shown) {
      if (shown >= 0) parts.push({ text: " … " });
      shown = from;
    } else if (parts.length) parts.pop();
    parts.push(
      { text: text.slice(shown, span[0]).join("") },
      { text: text.slice(...span).join(""), marked: true },
      { text: text.slice(span[1], to).join("") },
    );
    shown = span[1];
  }
  return parts;
}

/** The whole document with the spans of evidence marked. */
function markedText(evidence) {
  const text = characters(documents[evidence[0]]);
  const parts = [];
  let shown = 0;
  for (const [begin, end] of spansOf(evidence)) {
    parts.push({ text: text.slice(shown, begin).join("") }, { text: text.slice(begin, end).join(""), marked: true });
    shown = end;
  }
  return [...parts, { text: text.slice(shown).join("") }];
}

const SCALE = { 万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4, 千: 1e3, 百: 1e2 };

/** A figure's value with its scale word multiplied in, for sorting. */
function magnitude(figure) {
  const word = Object.keys(SCALE).find((scale) => (figure.unit ?? "").startsWith(scale));
  return Number(figure.value) * (SCALE[word] ?? 1);
}
