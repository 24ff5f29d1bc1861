// Overview: which nodes are drawn. In a large graph communities stand for their things until somebody opens them.

const MOST_APART = 600; // so many things need no communities, where filters let no more through
const MOST_SINGLED = 300; // so many things around the selected one leave their communities at once
const MOST_BETWEEN = 240; // edges drawn that lead to a community

/** A part of a large graph: things that hang together, or of one class those that hang together with little else. */
class Community {
  constructor(members, index) {
    const own = members.map((number) => things[number]);
    const mean = (values) => values.reduce((sum, value) => sum + value, 0) / own.length;
    this.number = things.length + index;
    this.index = index;
    this.x = mean(own.map((thing) => thing.x));
    this.y = mean(own.map((thing) => thing.y));
    this.size = 0.95 * Math.max(40, ...own.map((thing) => Math.hypot(thing.x - this.x, thing.y - this.y)));
    this.members = own.sort((a, b) => b.weight - a.weight || a.number - b.number);
    this.shown = this.members; // those that are not hidden
    this.weight = 1e6 + own.length;
  }
  /** Whether its members do not all hang together: that would take at least one tie fewer than there are members. */
  get scattered() {
    return innerTies()[this.index] < this.members.length - 1;
  }
  /** What it is called: its most important members, as many as asked for; where they do not hang together, what most of them are. */
  names(count) {
    if (!this.scattered) return this.shown.slice(0, count).map((thing) => thing.name);
    return [say("others", { kind: say(`classes.${this.class}`) })];
  }
  /** The class that most of its members are of. */
  get class() {
    const count = (name) => this.members.filter(({ type }) => type === name).length;
    return classes.reduce((best, name) => (count(name) > count(best) ? name : best));
  }
}

const communities = data.communities.map((members, index) => new Community(members, index));
const home = new Int32Array(things.length).fill(-1); // each thing's community
for (const { members, index } of communities) for (const { number } of members) home[number] = index;

/** How many ties each community has within. */
const innerTies = once(() => {
  const found = communities.map(() => new Set());
  for (let i = 0; i < data.edges.length; i += 2) {
    const [a, b] = [data.edges[i], data.edges[i + 1]].sort((x, y) => x - y);
    if (a !== b && home[a] === home[b]) found[home[a]].add(a * things.length + b);
  }
  return found.map((ties) => ties.size);
});

const nodes = new vis.DataSet([]);
const hidden = new Set(); // classes
const opened = new Set(); // communities, by index
const stand = new Int32Array(things.length).fill(-1); // the node that stands for each thing: its own, its community's or none
let lines = []; // what is drawn between nodes: {path, width}

/** The thing or community whose node has this number. */
function itemAt(number) {
  return things[number] ?? communities[number - things.length];
}

function nodeOf(number) {
  const { x, y, size } = itemAt(number);
  return { id: number, size, x, y };
}

/** Bring the nodes to what is hidden, filtered, opened and singled out by now. */
function arrange() {
  const singled = new Set(near && communities.length ? mostImportant(near) : []);
  const shown = passing().filter((thing) => !hidden.has(thing.type));
  const few = !communities.length || shown.length <= MOST_APART;
  const apart = ({ number }) => few || opened.has(home[number]) || singled.has(number);
  stand.fill(-1);
  for (const thing of shown) stand[thing.number] = apart(thing) ? thing.number : things.length + home[thing.number];
  for (const community of communities) {
    community.shown = community.members.filter(({ number }) => stand[number] >= 0);
    delete community.label;
  }
  const wanted = new Set(stand);
  wanted.delete(-1);
  const seen = byWeight.filter((item) => wanted.has(item.number));
  layers = [seen.filter((item) => !isLone(item)), seen.filter(isLone)];
  labelled = layers.flat();
  const present = new Set(nodes.getIds());
  nodes.remove([...present].filter((number) => !wanted.has(number)));
  nodes.add([...wanted].filter((number) => !present.has(number)).map(nodeOf));
  lines = linesOf(strongest(edgesBetween()));
  drawing = layers.map((items) => shapesOf(items.toReversed()));
}

function mostImportant(numbers) {
  const found = [...numbers].sort((a, b) => things[b].weight - things[a].weight).slice(0, MOST_SINGLED);
  return selected ? [selected.number, ...found] : found;
}

/** Pairs of things that are tied, one after the other in one list. */
function pairs() {
  if (!filtering()) return data.edges;
  return relations().filter((r) => r.o !== undefined && passes(r)).flatMap((r) => [r.s, r.o]);
}

/** How many ties there are between each two nodes, all or those among `numbers`: [node, node, count]. */
function edgesBetween(among = null) {
  const ends = pairs();
  const count = new Map();
  const most = things.length + communities.length;
  for (let i = 0; i < ends.length; i += 2) {
    const [a, b] = [stand[ends[i]], stand[ends[i + 1]]];
    if (a < 0 || b < 0 || a === b || (among && !(among.has(ends[i]) && among.has(ends[i + 1])))) continue;
    const key = a < b ? a * most + b : b * most + a;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return [...count].map(([key, ties]) => [Math.floor(key / most), key % most, ties]);
}

/** All edges of things, and of those between communities as many as can be told apart. */
function strongest(edges) {
  const between = edges.filter(([, b]) => b >= things.length).sort(([, , x], [, , y]) => y - x);
  return [...edges.filter(([, b]) => b < things.length), ...between.slice(0, MOST_BETWEEN)];
}

/** Edges as few paths, one for each width: thousands of strokes would make every step of a zoom wait. */
function linesOf(edges) {
  const found = new Map();
  for (const [a, b, ties] of edges) {
    const width = b < things.length ? 1 : 1 + Math.min(3, Math.round(Math.log2(ties) / 2));
    if (!found.has(width)) found.set(width, new Path2D());
    found.get(width).moveTo(itemAt(a).x, itemAt(a).y);
    found.get(width).lineTo(itemAt(b).x, itemAt(b).y);
  }
  return [...found].map(([width, path]) => ({ width, path }));
}
