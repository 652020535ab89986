// From the definition of a workflow to a picture of it: steps and the ways between them, in layers from above to below.

const KINDS = ["call", "run", "fork", "for", "try", "switch", "do", "set", "emit", "listen", "wait", "raise"];
const MOST = 300;

function kindOf(step) {
  const kind = KINDS.find(name => name in step) || "do";
  // A loop has a list too.
  if (step.for) return "for";
  return kind === "call" ? String(step.call) : kind;
}

/** Steps, named by their JSON pointers, and edges between them; edges may have a word. */
export function graphOf(definition) {
  const nodes = [];
  const edges = [];
  const node = (pointer, name, step) => {
    nodes.push({ id: pointer, name, kind: kindOf(step) });
    return pointer;
  };
  const join = (from, to) => from.forEach(one => edges.push({ from: one.id, to, word: one.word || "" }));

  /** @param from what leads into the list @return what leads out of it */
  function list(steps, base, from) {
    const pointers = (steps || []).map((entry, index) => base + "/" + index + "/" + Object.keys(entry)[0]);
    const arriving = {};
    let open = from;
    const out = [];
    (steps || []).forEach((entry, index) => {
      const name = Object.keys(entry)[0];
      const step = entry[name] || {};
      const pointer = pointers[index];
      if (nodes.length >= MOST) return;
      node(pointer, name, step);
      join(open.concat(arriving[name] || []), pointer);
      open = [];
      const to = (target, ways) => {
        if (!target || target === "continue") open = open.concat(ways);
        else if (target === "exit") out.push(...ways);
        else if (target !== "end") leads(target, ways, index);
      };
      const leads = (target, ways) => {
        const place = (steps || []).findIndex(other => Object.keys(other)[0] === target);
        if (place > index) arriving[target] = (arriving[target] || []).concat(ways);
        else if (place >= 0) join(ways, pointers[place]);
      };
      if (step.switch) {
        let otherwise = true;
        step.switch.forEach(branch => {
          const word = Object.keys(branch)[0];
          if (!(branch[word] || {}).when) otherwise = false;
          to((branch[word] || {}).then, [{ id: pointer, word }]);
        });
        if (otherwise) to(step.then, [{ id: pointer }]);
      } else {
        to(step.then, inside(step, pointer));
      }
    });
    return out.concat(open);
  }

  /** What leads out of a step, with all that is in it. */
  function inside(step, pointer) {
    const begin = [{ id: pointer }];
    if (step.fork) return fork(step.fork.branches || [], pointer + "/fork/branches", begin);
    if (step.try) {
      const good = list(step.try, pointer + "/try", begin);
      const caught = (step.catch || {}).do;
      return caught ? good.concat(list(caught, pointer + "/catch/do", [{ id: pointer, word: "catch" }])) : good;
    }
    return step.do ? list(step.do, pointer + "/do", begin) : begin;
  }

  /** Branches begin at once, or when those that they need have ended. */
  function fork(branches, base, begin) {
    const ends = {};
    const needed = new Set();
    const left = branches.map((entry, index) => ({ name: Object.keys(entry)[0], step: Object.values(entry)[0] || {}, index }));
    while (left.length) {
      const needs = one => [].concat((one.step.metadata || {}).needs || []);
      const found = left.findIndex(one => needs(one).every(name => ends[name]));
      const [one] = left.splice(Math.max(0, found), 1);
      const from = needs(one).flatMap(name => { needed.add(name); return ends[name] || []; });
      const pointer = base + "/" + one.index + "/" + one.name;
      if (nodes.length >= MOST) break;
      node(pointer, one.name, one.step);
      join(from.length ? from : begin, pointer);
      ends[one.name] = inside(one.step, pointer);
    }
    return Object.entries(ends).filter(([name]) => !needed.has(name)).flatMap(([, ways]) => ways);
  }

  list(definition.do, "/do", []);
  return { nodes, edges };
}

/** For each step its layer, the longest way to it; ways that lead back do not count. */
function layers(nodes, edges) {
  const order = new Map(nodes.map((node, index) => [node.id, index]));
  const layer = new Map(nodes.map(node => [node.id, 0]));
  const forward = edges.filter(edge => order.get(edge.from) < order.get(edge.to));
  // Steps stand after what leads to them, so one round is enough; a needed branch may stand later, hence a few.
  for (let round = 0; round < 4; round++) {
    for (const edge of forward) {
      if (layer.get(edge.to) <= layer.get(edge.from)) layer.set(edge.to, layer.get(edge.from) + 1);
    }
  }
  return layer;
}

/** Where each step stands, in columns and rows: near the middle of what leads to it. */
export function layout(graph) {
  const layer = layers(graph.nodes, graph.edges);
  const rows = [];
  graph.nodes.forEach(node => (rows[layer.get(node.id)] = rows[layer.get(node.id)] || []).push(node));
  const column = new Map();
  const widest = Math.max(1, ...rows.map(row => row.length));
  rows.forEach(row => {
    const middle = node => {
      const above = graph.edges.filter(edge => edge.to === node.id && column.has(edge.from)).map(edge => column.get(edge.from));
      return above.length ? above.reduce((sum, x) => sum + x, 0) / above.length : (widest - 1) / 2;
    };
    const wanted = row.map((node, index) => ({ node, at: middle(node), index }));
    wanted.sort((a, b) => a.at - b.at || a.index - b.index);
    const center = wanted.reduce((sum, one) => sum + one.at, 0) / row.length;
    const first = Math.max(0, Math.min(widest - row.length, center - (row.length - 1) / 2));
    wanted.forEach((one, index) => column.set(one.node.id, first + index));
  });
  return { columns: widest, rows: rows.length, at: id => ({ x: column.get(id), y: layer.get(id) }) };
}

/** How a step is: the worst of its rounds counts, and what goes on before what is over. */
export function stateOf(pointer, steps, waiting) {
  if (waiting.some(one => one.step === pointer)) return { state: "waiting", attempts: 0 };
  const own = steps.filter(one => one.step === pointer);
  if (!own.length) return { state: "none", attempts: 0 };
  const ranks = ["failed", "waiting", "retried", "started", "cancelled", "completed", "skipped"];
  const state = ranks.find(rank => own.some(one => one.state === rank)) || own[0].state;
  return {
    state: state === "retried" ? "waiting" : state,
    attempts: Math.max(...own.map(one => one.attempts || 0)),
    millis: own.reduce((sum, one) => sum + (one.duration_ms || 0), 0),
  };
}
