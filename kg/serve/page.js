// The address after # is the question: #name?parameter=value for a named query, #?sparql=... for any other.
"use strict";

const SHOWN = 1000;
const at = (id) => document.getElementById(id);
const make = (tag, text = "", fields = {}) => Object.assign(document.createElement(tag), { textContent: text }, fields);
let queries = new Map();
let terms = {}; // what the ontology calls its classes and relations
let answer = null; // {names, rows} or {graph} or {truth}
let network = null;

// A string of JSON is one of SPARQL too; what is on a list of the ontology is a term of it.
function bound(query, values) {
  return query.text.replace(/VALUES \?(\w+) { UNDEF }(?: # @(\w+))?/g, (place, name, kind) => {
    const value = values.get(name), listed = Object.hasOwn(query.parameters.find((parameter) => parameter.name === name).choices, value ?? "");
    if (!value) return place;
    return `VALUES ?${name} { ${listed ? `dkg:${value}` : JSON.stringify(value) + (kind === "zh" ? "@zh" : "")} }`;
  });
}

function given() {
  return new Map([...at("parameters").querySelectorAll("input, select")].map((field) => [field.name, field.value]));
}

// A list to choose from where the ontology has one, else a line to write in.
function field({ name, required, choices }, value = "") {
  const named = { id: `p-${name}`, name, required }, listed = Object.entries(choices);
  if (!listed.length) return make("input", "", { ...named, value });
  const select = make("select", "", named);
  select.append(...[["", ""], ...listed].map(([choice, label]) => make("option", label, { value: choice, selected: choice === value })));
  return select;
}

function choose(name, values) {
  const query = queries.get(name);
  at("name").value = name;
  at("about").textContent = query ? query.about : "";
  at("parameters").replaceChildren(...(query ? query.parameters : []).flatMap((parameter) => [
    make("label", `${parameter.name}: ${parameter.about}`, { htmlFor: `p-${parameter.name}` }),
    field(parameter, values.get(parameter.name) ?? ""),
  ]));
  if (query) at("text").value = bound(query, values);
  at("words").open = !query; // a query that has a name need not be seen, and leaves room for its answer
}

const evidenceOf = (name) => `#evidence-of?${new URLSearchParams({ thing: name })}`;
const describe = (iri) => `#?${new URLSearchParams({ sparql: `DESCRIBE <${iri}>` })}`;

// A name leads to its evidence, a node to all that the graph says of it.
function content(term) {
  if (!term) return "";
  if (term.type === "uri") return make("a", term.value, { href: describe(term.value) });
  if (term["xml:lang"]) return make("a", term.value, { href: evidenceOf(term.value) });
  return headings().length ? inWords(term.value) : term.value ?? "";
}

// What the columns of a named query are called in the language of the page, where that is not what the query calls them.
const headings = () => queries.get(at("name").value)?.columns ?? [];

// Terms of the ontology in the words of the page, where they are a cell or stand in brackets at its end.
const inWords = (text) => text.replace(/^[A-Za-z]+$|(?<= \()[A-Za-z]+(?=\)$)/, (name) => (Object.hasOwn(terms, name) ? terms[name] : name));

function row(tag, cells) {
  const line = make("tr");
  for (const cell of cells) line.appendChild(make(tag)).append(cell);
  return line;
}

function table({ names, rows }) {
  const shown = make("table");
  const called = headings();
  shown.append(row("th", called.length === names.length ? called : names), ...rows.slice(0, SHOWN).map((found) => row("td", found.map(content))));
  return shown;
}

function count(number, what) {
  at("status").textContent = `${number} ${at("status").dataset[what]}`;
}

function showTable() {
  at("answer").replaceChildren(answer.names ? table(answer) : make("pre", answer.graph ?? String(answer.truth)));
  if (answer.names) count(answer.rows.length, answer.rows.length > SHOWN ? "shown" : "rows");
  if (answer.rows?.length === 0 && [...given().values()].some(Boolean)) at("status").textContent = at("status").dataset.none;
}

async function showNetwork() {
  const frame = make("div", "", { id: "network", role: "img", ariaLabel: at("as-network").textContent });
  at("answer").replaceChildren(frame);
  const rows = answer.names ? answer.rows.slice(0, SHOWN).map((found) => found.filter(Boolean)) : linksIn(answer.graph ?? "");
  const pressed = ({ iri, label, kind }) => { location.hash = kind ? evidenceOf(label) : describe(iri); };
  const { drawing, size, lacking } = await drawNetwork(frame, rows, pressed);
  network = drawing;
  count(size, lacking ? "most" : "things");
}

async function show() {
  network?.destroy();
  network = null;
  if (!answer) return;
  try {
    await (at("as-network").ariaPressed === "true" ? showNetwork() : showTable());
  } catch (error) {
    at("status").textContent = error.message;
  }
}

function turn(view) {
  for (const name of ["as-table", "as-network"]) at(name).ariaPressed = String(name === view);
  show();
}

async function sent(text, accept) {
  const reply = await fetch("sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: text });
  return { ok: reply.ok, type: reply.headers.get("Content-Type"), body: await reply.text() };
}

function read(type, body) {
  if (!type.includes("json")) return { graph: body };
  const { head, results, boolean } = JSON.parse(body);
  return results ? { names: head.vars, rows: results.bindings.map((found) => head.vars.map((name) => found[name])) } : { truth: boolean };
}

async function ask(text) {
  answer = null;
  show();
  at("status").textContent = "…";
  at("answer").replaceChildren();
  try {
    const { ok, type, body } = await sent(text, "application/sparql-results+json, application/n-triples");
    at("status").textContent = ok ? "" : body;
    answer = ok ? read(type, body) : null;
  } catch {
    at("status").textContent = at("status").dataset.lost;
  }
  await show();
}

function follow() {
  const [name, rest = ""] = location.hash.slice(1).split(/\?(.*)/s);
  const values = new URLSearchParams(rest), query = queries.get(decodeURIComponent(name));
  choose(query ? decodeURIComponent(name) : "", values);
  if (values.has("sparql")) at("text").value = values.get("sparql");
  if (query ? query.parameters.every((parameter) => !parameter.required || values.get(parameter.name)) : values.has("sparql")) ask(at("text").value);
}

function fill() {
  at("text").value = bound(queries.get(at("name").value), given());
}

function submit(event) {
  event.preventDefault();
  const query = queries.get(at("name").value), values = given(), text = at("text").value;
  const named = query && text === bound(query, values);
  const address = named ? `${at("name").value}?${new URLSearchParams([...values].filter(([, value]) => value))}` : `?${new URLSearchParams({ sparql: text })}`;
  if (location.hash === `#${address}`) ask(text);
  else location.hash = address;
}

async function begin() {
  const [found, words] = await Promise.all(["queries", "terms"].map(async (name) => (await fetch(name)).json()));
  [queries, terms] = [new Map(found.map((query) => [query.name, query])), words];
  at("name").append(...found.map((query) => make("option", `${query.name} — ${query.about}`, { value: query.name })));
  at("name").addEventListener("change", () => choose(at("name").value, new Map()));
  for (const event of ["input", "change"]) at("parameters").addEventListener(event, fill);
  at("ask").addEventListener("submit", submit);
  for (const name of ["as-table", "as-network"]) at(name).addEventListener("click", () => turn(name));
  addEventListener("hashchange", follow);
  follow();
}

begin();
