// Puts questions to a graph in Comunica: node ask.mjs GRAPH.ttl < {name: SPARQL} > {name: [{variable: value}]}
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Parser, Store } from "n3";

const store = new Store(new Parser().parse(readFileSync(process.argv[2], "utf8")));
const engine = new QueryEngine();
const answers = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const rows = await (await engine.queryBindings(text, { sources: [store] })).toArray();
  answers[name] = rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}
console.log(JSON.stringify(answers));
