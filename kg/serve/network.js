// Network: the things that an answer's rows speak of, drawn with what relates them in the graph.
"use strict";

const MOST = 80; // things
const CLASSES = ["District", "Enterprise", "Project", "Programme", "Industry", "Organization", "Place", "Event", "Person"];
const COLOURS = new Map(CLASSES.map((name, i) => [name, `hsl(${(210 + 80 * i) % 360} 60% 50%)`]));
const KINDS = CLASSES.map((name) => `dkg:${name}`);
const tail = (iri) => decodeURI(iri).split(/[#/]/).pop();

async function rowsFor(text) {
  const { ok, body } = await sent(text, "application/sparql-results+json");
  if (!ok) throw new Error(body);
  return JSON.parse(body).results.bindings;
}

/** The links of a graph, but for those to classes, as rows of two nodes. */
function linksIn(ntriples) {
  const links = ntriples.matchAll(/^<([^>]*)> <(?![^>]*#type>)[^>]*> <([^>]*)> \.$/gm);
  return [...links].map((ends) => ends.slice(1).map((value) => ({ type: "uri", value })));
}

/** What IRIs and names stand for, by the IRI or name: {iri, label, kind}. */
async function thingsFor(terms) {
  const nodes = terms.filter((term) => term.type === "uri").map((term) => `<${term.value}>`);
  const names = terms.filter((term) => term["xml:lang"]).map((term) => `${JSON.stringify(term.value)}@${term["xml:lang"]}`);
  const found = await rowsFor(`SELECT ?thing ?label ?kind {
    { VALUES ?label { ${names.join(" ")} } ?thing skos:prefLabel ?label ; a ?kind FILTER(?kind IN (${KINDS.join(", ")})) }
    UNION { VALUES ?thing { ${nodes.join(" ")} } ?thing skos:prefLabel|dkg:rawText|schema:name|nif:anchorOf ?label FILTER(LANG(?label) != "en")
      OPTIONAL { VALUES ?kind { ${KINDS.join(" ")} } ?thing a ?kind } }
  } ORDER BY ?thing`);
  const things = new Map(terms.filter((term) => term.type === "uri").map(({ value }) => [value, { iri: value, label: tail(value) }]));
  for (const { thing, label, kind } of found) {
    const known = { iri: thing.value, label: label.value, kind: kind && tail(kind.value) };
    things.set(thing.value, known).set(label.value, known);
  }
  return things;
}

/** What the graph says between things: one line for each two, with all that relates them. */
async function relationsAmong(iris) {
  const lines = new Map();
  const found = await rowsFor(`SELECT ?from ?relation ?to { VALUES ?from { ${[...iris].map((iri) => `<${iri}>`).join(" ")} } ?from ?relation ?to FILTER(ISIRI(?to)) } ORDER BY ?from ?relation ?to`);
  for (const { from, relation, to } of found) {
    if (!iris.has(to.value) || from.value === to.value) continue;
    const key = `${from.value} ${to.value}`, word = terms[tail(relation.value)] ?? tail(relation.value);
    lines.set(key, { from: from.value, to: to.value, label: [lines.get(key)?.label, word].filter(Boolean).join(" · "), arrows: "to" });
  }
  return lines;
}

/** Things that share a row and that nothing else relates. */
function tiesIn(rows, things, lines) {
  const ties = new Map();
  for (const row of rows) {
    const iris = [...new Set(row.map((term) => things.get(term.value)?.iri).filter(Boolean))];
    iris.slice(1).forEach((to, i) => {
      const from = iris[i], known = lines.has(`${from} ${to}`) || lines.has(`${to} ${from}`) || ties.has(`${to} ${from}`);
      if (!known) ties.set(`${from} ${to}`, { from, to, dashes: true });
    });
  }
  return ties;
}

/** Which colour stands for which class, of those that are drawn. */
function legendFor(kinds) {
  const legend = make("p", "", { className: "legend" });
  for (const [name, colour] of COLOURS) {
    if (!kinds.has(name)) continue;
    const sign = make("i");
    sign.style.background = colour;
    legend.append(sign, make("span", terms[name]));
  }
  return legend;
}

/** Draw what `rows` speak of into `frame`; each row is a list of terms. Gives the drawing, how many things it has and how many it lacks. */
async function drawNetwork(frame, rows, pressed) {
  const named = new Map(rows.flat().filter((term) => term.type === "uri" || term["xml:lang"] === "zh").map((term) => [term.value, term]));
  const things = await thingsFor([...named.values()].slice(0, MOST));
  const shown = new Map([...things.values()].map((thing) => [thing.iri, thing])), iris = new Set(shown.keys());
  const lines = iris.size ? await relationsAmong(iris) : new Map();
  const ink = getComputedStyle(document.body).color, font = { color: ink, strokeWidth: 0 };
  const nodes = [...shown.values()].map(({ iri, label, kind }) => ({ id: iri, label, color: COLOURS.get(kind) ?? ink, title: terms[kind] ?? iri }));
  const edges = [...lines.values(), ...tiesIn(rows, things, lines).values()];
  const drawing = new vis.Network(frame, { nodes, edges }, {
    layout: { randomSeed: 1 },
    physics: { barnesHut: { springLength: 140, avoidOverlap: 0.4 }, stabilization: { iterations: 200 } },
    nodes: { shape: "dot", size: 12, font },
    edges: { color: { color: ink, opacity: 0.4 }, font: { ...font, size: 11, align: "middle" }, smooth: { type: "continuous" } },
  });
  drawing.once("stabilizationIterationsDone", () => drawing.setOptions({ physics: false }));
  drawing.on("click", ({ nodes: [iri] }) => iri && pressed(shown.get(iri)));
  frame.after(legendFor(new Set([...shown.values()].map(({ kind }) => kind))));
  return { drawing, size: shown.size, lacking: Math.max(named.size - MOST, 0) };
}
