// node query.js ENDPOINT: what Comunica makes of the endpoint, as JSON. It finds out by itself that it is one.
import { QueryEngine } from "@comunica/query-sparql";

const endpoint = process.argv[2];
const engine = new QueryEngine();
const pattern = "<urn:n:7> <urn:value> ?o";

const rows = async (query, ...sources) => {
  const bindings = await (await engine.queryBindings(query, { sources })).toArray();
  return bindings.map((row) => ({ value: row.get("o").value, language: row.get("o").language }));
};

console.log(
  JSON.stringify({
    select: await rows(`SELECT ?o { ${pattern} }`, endpoint),
    ask: await engine.queryBoolean(`ASK { ${pattern} }`, { sources: [endpoint] }),
    construct: (await (await engine.queryQuads(`CONSTRUCT WHERE { ${pattern} }`, { sources: [endpoint] })).toArray()).length,
    joined: await rows(`SELECT DISTINCT ?o { ${pattern} . ?other <urn:value> ?o }`, endpoint, { type: "sparql", value: `${endpoint}/` }),
  }),
);
