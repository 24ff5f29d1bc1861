// The address after # is the question: #name?parameter=value for a named query, #?sparql=... for any other.
"use strict";

const SHOWN = 1000;
const at = (id) => document.getElementById(id);
const make = (tag, text = "", fields = {}) => Object.assign(document.createElement(tag), { textContent: text }, fields);
let queries = new Map();

// A string of JSON is one of SPARQL too.
function bound(query, values) {
  return query.text.replace(/VALUES \?(\w+) { UNDEF }/g, (place, name) =>
    values.get(name) ? `VALUES ?${name} { ${JSON.stringify(values.get(name))} }` : place);
}

function given() {
  return new Map([...at("parameters").querySelectorAll("input")].map((input) => [input.name, input.value]));
}

function choose(name, values) {
  const query = queries.get(name);
  at("name").value = name;
  at("about").textContent = query ? query.about : "";
  at("parameters").replaceChildren(...(query ? query.parameters : []).flatMap((parameter) => [
    make("label", `${parameter.name}: ${parameter.about}`, { htmlFor: `p-${parameter.name}` }),
    make("input", "", { id: `p-${parameter.name}`, name: parameter.name, required: parameter.required, value: values.get(parameter.name) || "" }),
  ]));
  if (query) at("text").value = bound(query, values);
}

function link(text, address) {
  return make("a", text, { href: `#${address}` });
}

// A name leads to its evidence, a node to all that the graph says of it.
function content(term) {
  if (!term) return "";
  if (term.type === "uri") return link(term.value, `?${new URLSearchParams({ sparql: `DESCRIBE <${term.value}>` })}`);
  if (term["xml:lang"]) return link(term.value, `evidence-of?${new URLSearchParams({ thing: term.value })}`);
  return term.value ?? "";
}

function row(tag, cells) {
  const line = make("tr");
  for (const cell of cells) line.appendChild(make(tag)).append(cell);
  return line;
}

function table(answer) {
  const rows = answer.results.bindings, names = answer.head.vars, status = at("status");
  status.textContent = `${rows.length} ${rows.length > SHOWN ? status.dataset.shown : status.dataset.rows}`;
  const shown = make("table");
  shown.append(row("th", names), ...rows.slice(0, SHOWN).map((found) => row("td", names.map((name) => content(found[name])))));
  return shown;
}

async function ask(text) {
  at("status").textContent = "…";
  at("answer").replaceChildren();
  try {
    const headers = { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle" };
    const reply = await fetch("sparql", { method: "POST", headers, body: text });
    const type = reply.headers.get("Content-Type"), body = await reply.text();
    at("status").textContent = reply.ok ? "" : body;
    if (!reply.ok) return;
    const answer = type.includes("json") ? JSON.parse(body) : null;
    if (answer && answer.results) at("answer").append(table(answer));
    else at("answer").append(make("pre", answer ? String(answer.boolean) : body));
  } catch {
    at("status").textContent = at("status").dataset.lost;
  }
}

function follow() {
  const [name, rest = ""] = location.hash.slice(1).split(/\?(.*)/s);
  const values = new URLSearchParams(rest), query = queries.get(decodeURIComponent(name));
  choose(query ? decodeURIComponent(name) : "", values);
  if (values.has("sparql")) at("text").value = values.get("sparql");
  if (query ? query.parameters.every((parameter) => !parameter.required || values.get(parameter.name)) : values.has("sparql")) ask(at("text").value);
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
  queries = new Map((await (await fetch("queries")).json()).map((query) => [query.name, query]));
  at("name").append(...[...queries.values()].map((query) => make("option", `${query.name} — ${query.about}`, { value: query.name })));
  at("name").addEventListener("change", () => choose(at("name").value, new Map()));
  at("parameters").addEventListener("input", () => { at("text").value = bound(queries.get(at("name").value), given()); });
  at("ask").addEventListener("submit", submit);
  addEventListener("hashchange", follow);
  follow();
}

begin();
