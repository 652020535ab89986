const SEED = 20_260_630;
const FLAGS = 900;
const CONTEXTS = 4;

let state = SEED;

/** mulberry32 */
function next() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const below = (n) => Math.floor(next() * n);
const one = (list) => list[below(list.length)];
const often = (probability) => next() < probability;
const times = (n, make) => Array.from({ length: n }, make);

const NAMES = ['plan', 'age', 'email', 'version', 'tags', 'user.city', 'user.score', 'beta', 'none'];
const TEXTS = ['a', 'b', 'gold', 'free', 'x@ingen.com', '1.2.3', '10', '', 'berlin'];
const VERSIONS = ['1.0.0', '1.2.3', '2.0.0-rc.1', 'v1.9', '2', 'x'];

export function random() {
  return times(FLAGS, (_, i) => ({ key: `r${i}`, flag: flag(), contexts: times(CONTEXTS, context) }));
}

function flag() {
  const variants = Object.fromEntries(['a', 'b', 'c'].slice(0, 1 + below(3)).map((name, i) => [name, i]));
  const boolean = often(0.3);
  return {
    state: often(0.97) ? 'ENABLED' : 'DISABLED',
    variants: boolean ? { true: true, false: false } : variants,
    ...(often(0.9) ? { defaultVariant: boolean ? 'false' : 'a' } : {}),
    targeting: boolean ? truth(3) : rule(Object.keys(variants)),
  };
}

function rule(variants) {
  for (;;) {
    const found = choice(3, variants);
    if (typeof found === 'object' && found !== null) {
      return found;
    }
  }
}

function context() {
  return {
    ...(often(0.9) ? { targetingKey: `u${below(10_000)}` } : {}),
    ...(often(0.8) ? { plan: one(['gold', 'free', 'a']) } : {}),
    ...(often(0.8) ? { age: one([0, 7, 18, 64.5, '30', null, -1]) } : {}),
    ...(often(0.7) ? { email: one(['x@ingen.com', 'y@example.com', '', 5]) } : {}),
    ...(often(0.7) ? { version: one(VERSIONS) } : {}),
    ...(often(0.7) ? { tags: one([[], ['a'], ['a', 'b', 'gold'], [1, 2, 3], 'a', null, [1, 'a', true]]) } : {}),
    ...(often(0.7) ? { user: { city: one(['berlin', 'a']), score: one([1, 2.5, '3', []]) } } : {}),
    ...(often(0.5) ? { beta: often(0.5) } : {}),
  };
}

function choice(depth, variants) {
  const leaf = () => (often(0.9) ? one(variants) : one([null, 'unknown', { var: 'plan' }]));
  if (depth === 0) {
    return leaf();
  }
  return one([
    () => ({ if: [truth(depth - 1), choice(depth - 1, variants), choice(depth - 1, variants)] }),
    () => ({ if: [truth(depth - 1), leaf(), truth(depth - 1), leaf(), ...(often(0.5) ? [leaf()] : [])] }),
    () => ({ fractional: [...(often(0.4) ? [text(1)] : []), ...variants.map((variant) => [variant, ...(often(0.9) ? [often(0.9) ? below(100) : number(1)] : [])])] }),
    () => ({ or: [{ and: [truth(depth - 1), leaf()] }, leaf()] }),
    depth === 3 ? () => choice(2, variants) : leaf,
  ])();
}

function truth(depth) {
  if (depth <= 0) {
    return one([() => ({ var: one(NAMES) }), () => ({ '==': [{ var: 'plan' }, one(TEXTS)] }), () => ({ var: [one(NAMES), often(0.5)] })])();
  }
  return one([
    () => ({ [one(['==', '!=', '===', '!=='])]: [anything(depth - 1), anything(depth - 1)] }),
    () => ({ [one(['<', '<=', '>', '>='])]: [number(depth - 1), number(depth - 1), ...(often(0.2) ? [number(depth - 1)] : [])] }),
    () => ({ [one(['and', 'or'])]: times(1 + below(3), () => truth(depth - 1)) }),
    () => ({ [one(['!', '!!'])]: [truth(depth - 1)] }),
    () => ({ in: [text(depth - 1), often(0.5) ? times(below(4), () => one(TEXTS)) : text(depth - 1)] }),
    () => ({ [one(['starts_with', 'ends_with'])]: [text(depth - 1), one(TEXTS)] }),
    () => ({ sem_ver: [{ var: 'version' }, one(['=', '!=', '<', '<=', '>', '>=', '^', '~']), one(VERSIONS)] }),
    () => ({ [one(['some', 'all', 'none'])]: [list(), element()] }),
    () => ({ '!': { missing: times(1 + below(2), () => one(NAMES)) } }),
    () => ({ '!': { missing_some: [1, times(2, () => one(NAMES))] } }),
  ])();
}

function element() {
  return one([() => ({ '==': [{ var: '' }, one([1, 2, 'a', 'b', '1'])] }), () => ({ in: [{ var: '' }, ['a', 'gold', 1]] }), () => ({ '===': [{ var: '' }, { var: '../../plan' }] })])();
}

function list() {
  return often(0.8) ? { var: 'tags' } : { merge: [{ var: 'tags' }, one(['a', 1]), ['b']] };
}

function number(depth) {
  if (depth <= 0 || often(0.4)) {
    return one([() => below(100), () => ({ var: 'age' }), () => ({ var: 'user.score' }), () => ({ var: ['none', below(9)] }), () => ({ '%': [{ var: '$flagd.timestamp' }, 1 + below(9)] })])();
  }
  return one([
    () => ({ [one(['+', '*', 'max', 'min'])]: times(1 + below(3), () => number(depth - 1)) }),
    () => ({ [one(['-', '/', '%'])]: times(2, () => number(depth - 1)) }),
    () => ({ reduce: [list(), { '+': [{ var: 'accumulator' }, 1] }, 0] }),
  ])();
}

function text(depth) {
  if (depth <= 0 || often(0.5)) {
    return one([() => one(TEXTS), () => ({ var: one(['plan', 'email', 'user.city', 'version']) })])();
  }
  return one([() => ({ cat: [text(depth - 1), text(depth - 1)] }), () => ({ substr: [text(depth - 1), below(4) - 1, 1 + below(3)] }), () => ({ var: ['none', one(TEXTS)] })])();
}

function anything(depth) {
  return one([truth, number, text])(depth);
}
